import Values

/// A result within the range of formulas: magnitudes below 10^64, at most 64 digits after the point.
func bounded(_ number: Number) throws(FormulaError) -> Value {
    if (-37...27).contains(number.exponent) { return .number(number) }
    let rounded = number.rounded(to: 64)
    guard rounded.magnitude < largest
    else { throw .failure(.outOfRange, "The number is too large: formulas compute below 10^64") }
    return .number(rounded)
}

private let largest = Number(coefficient: 1, exponent: 64)

/// A whole power, by squaring. Powers that leave the range on the way leave it at the end, too.
func power(_ base: Number, _ exponent: Int) throws(FormulaError) -> Number {
    if exponent < 0 {
        guard let inverse = Number.one / base else { throw .failure(.divisionByZero, "Zero has no negative power") }
        return try power(inverse, exponent == .min ? .max : -exponent)
    }
    var (result, square, rest) = (Number.one, base, exponent)
    while rest > 0 {
        if rest & 1 == 1 { result = try inRange(result * square) }
        rest >>= 1
        if rest > 0 { square = try inRange(square * square) }
    }
    return result
}

private func inRange(_ number: Number) throws(FormulaError) -> Number { try bounded(number).number ?? number }

extension Evaluation {
    static func number(_ body: @escaping @Sendable (Number) throws(FormulaError) -> Value) -> Evaluation {
        .one { value throws(FormulaError) in
            guard case .number(let x) = value else { return .null }
            return try body(x)
        }
    }

    static func numbers(_ body: @escaping @Sendable (Number, Number) throws(FormulaError) -> Value) -> Evaluation {
        .two { a, b throws(FormulaError) in
            guard case .number(let x) = a, case .number(let y) = b else { return .null }
            return try body(x, y)
        }
    }
}

extension Value {
    init(_ integer: Int) { self = .number(Number(integer)) }

    /// A text, blank where it is empty.
    init(text: String) { self = text.isEmpty ? .null : .text(text) }
}

/// SplitMix64 (Steele, Lea, Flood 2014) of the FNV-1a hash of the seed's text: the high 53 bits as a fraction, to 16 digits.
func random(_ seed: Number) -> Number {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in seed.description.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    hash = hash &+ 0x9E37_79B9_7F4A_7C15
    hash = (hash ^ hash >> 30) &* 0xBF58_476D_1CE4_E5B9
    hash = (hash ^ hash >> 27) &* 0x94D0_49BB_1331_11EB
    hash ^= hash >> 31
    let fraction = Number(Int(hash >> 11)) / Number(1 << 53)
    return (fraction ?? .zero).truncated(to: 16)
}
