import Values

extension Evaluation {
    static func text(_ body: @escaping @Sendable (String) throws(FormulaError) -> Value) -> Evaluation {
        .one { value throws(FormulaError) in
            guard case .text(let text) = value else { return .null }
            return try body(text)
        }
    }
}

/// A count or position: cut to a whole number, and to what a text can have.
func clamped(_ value: Value) -> Int? {
    guard case .number(let number) = value else { return nil }
    return min(max(number, -2_000_000_000), 2_000_000_000).truncated(to: 0).integer
}

/// The number that a text spells: an optional sign, digits with at most one point, an optional exponent.
func spelledNumber(_ text: String) -> Number? { Number(rounding: text) }

extension String.UTF8View {
    func contains(_ part: String.UTF8View) -> Bool { offset(of: part, from: 0) != nil }

    /// Where the part begins, in bytes, at or after `start`.
    func offset(of part: String.UTF8View, from start: Int) -> Int? {
        let (text, part) = (Array(self), Array(part))
        guard !part.isEmpty else { return start }
        guard text.count >= part.count, start <= text.count - part.count else { return nil }
        return (start...text.count - part.count).first { text[$0] == part[0] && text[$0..<$0 + part.count] == part[...] }
    }
}

/// Where the part stands at or after `start`, in characters counted from 1; 0 where it does not.
func position(of part: String, in text: String, from start: Int) -> Int {
    let scalars = text.unicodeScalars
    guard let first = scalars.index(scalars.startIndex, offsetBy: start - 1, limitedBy: scalars.endIndex) else { return 0 }
    let skipped = text.utf8.distance(from: text.startIndex, to: first)
    guard let offset = text.utf8.offset(of: part.utf8, from: skipped) else { return 0 }
    return scalars.distance(from: scalars.startIndex, to: text.utf8.index(text.startIndex, offsetBy: offset)) + 1
}

func replacing(_ old: String, with new: String, in text: String) -> String {
    let (bytes, part, replacement) = (Array(text.utf8), Array(old.utf8), Array(new.utf8))
    guard !part.isEmpty, bytes.count >= part.count else { return text }
    var (result, position) = ([UInt8](), 0)
    // Four bytes a character at most: beyond that the result is too long anyway.
    while position < bytes.count, result.count <= maximumTextLength * 4 {
        if bytes[position] == part[0], position + part.count <= bytes.count, bytes[position..<position + part.count] == part[...]
        {
            result += replacement
            position += part.count
        } else {
            result.append(bytes[position])
            position += 1
        }
    }
    return String(decoding: result, as: UTF8.self)
}
