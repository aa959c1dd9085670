import SQL
import Values

/// How large a number can be at most: digits in all, and after the point. Where it is known, SQL can compute natively and
/// still be exact.
struct Bounds: Sendable, Hashable {
    var digits: Int
    var scale: Int

    /// Digits before the point.
    var whole: Int { digits - scale }

    init(digits: Int, scale: Int) { (self.digits, self.scale) = (digits, scale) }

    init(_ number: Number) {
        scale = number.scale
        digits = max(1, number.text(scale: scale).utf8.count { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
    }

    static func integer(_ digits: Int) -> Bounds { Bounds(digits: digits, scale: 0) }

    /// Bounds that hold for either of two numbers.
    static func either(_ a: Bounds?, _ b: Bounds?) -> Bounds? {
        guard let a, let b else { return nil }
        let scale = max(a.scale, b.scale)
        return Bounds(digits: max(a.whole, b.whole) + scale, scale: scale)
    }

    static func sum(_ a: Bounds?, _ b: Bounds?) -> Bounds? {
        either(a, b).map { Bounds(digits: $0.digits + 1, scale: $0.scale) }
    }

    static func product(_ a: Bounds?, _ b: Bounds?) -> Bounds? {
        guard let a, let b else { return nil }
        return Bounds(digits: a.digits + b.digits, scale: a.scale + b.scale)
    }
}

extension TypedNode {
    /// The bounds of a number; nil where they are not known.
    func bounds(_ fields: [FormulaField]) -> Bounds? {
        guard base == .number || base == .null else { return nil }
        switch form {
        case .literal(.number(let number)): return Bounds(number)
        case .literal: return Bounds.integer(1)
        case .field(let position): return fields[position].bounds
        case .choose(let branches, let otherwise), .match(_, let branches, let otherwise):
            return branches.map { $0.value.bounds(fields) }.reduce(otherwise.bounds(fields), Bounds.either)
        case .coalesce(let a, let b), .rescue(let a, let b): return Bounds.either(a.bounds(fields), b.bounds(fields))
        case .call(let overload, let arguments): return overload.bounds?(arguments.map { $0.bounds(fields) })
        case .all, .any: return nil
        }
    }
}

extension FormulaField {
    var bounds: Bounds? {
        switch column {
        case .decimal(let precision, let scale):
            type == .percent ? Bounds(digits: precision + 2, scale: scale + 2) : Bounds(digits: precision, scale: scale)
        case .integer: type == .percent ? Bounds(digits: 21, scale: 2) : .integer(19)
        default: nil
        }
    }
}
