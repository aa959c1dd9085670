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

/// A text to look for, in time proportional to what is searched (Knuth, Morris, Pratt 1977).
struct Needle {
    private let bytes: [UInt8]
    /// For each count of bytes matched, how many are still matched when the next one differs.
    private let borders: [Int]

    init(_ text: String) {
        let bytes = Array(text.utf8)
        var borders = [0, 0]
        var border = 0
        for index in bytes.indices.dropFirst() {
            while border > 0, bytes[index] != bytes[border] { border = borders[border] }
            if bytes[index] == bytes[border] { border += 1 }
            borders.append(border)
        }
        (self.bytes, self.borders) = (bytes, borders)
    }

    /// Where the text ends in the bytes for the first time, at or after `start`; nil where it does not stand there.
    func end(in text: [UInt8], from start: Int) -> Int? {
        guard !bytes.isEmpty else { return start }
        var matched = 0
        for index in text.indices.dropFirst(start) {
            while matched > 0, text[index] != bytes[matched] { matched = borders[matched] }
            if text[index] == bytes[matched] { matched += 1 }
            if matched == bytes.count { return index + 1 }
        }
        return nil
    }
}

extension String.UTF8View {
    func contains(_ part: String.UTF8View) -> Bool { offset(of: part, from: 0) != nil }

    /// Where the part begins, in bytes, at or after `start`.
    func offset(of part: String.UTF8View, from start: Int) -> Int? {
        Needle(String(part)).end(in: Array(self), from: start).map { $0 - part.count }
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
    guard !old.isEmpty else { return text }
    let (bytes, needle, replacement) = (Array(text.utf8), Needle(old), Array(new.utf8))
    var (result, position) = ([UInt8](), 0)
    // Four bytes a character at most: beyond that the result is too long anyway.
    while result.count <= maximumTextLength * 4, let end = needle.end(in: bytes, from: position) {
        result += bytes[position..<end - old.utf8.count]
        result += replacement
        position = end
    }
    return String(decoding: result + bytes[position...], as: UTF8.self)
}
