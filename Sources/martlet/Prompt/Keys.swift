extension LineEditor.Key {
    /// The next byte of a terminal; nil at the end, and where one that need not come (`isPart`: of a key that was begun) does
    /// not come soon.
    typealias Source = (_ isPart: Bool) throws -> UInt8?

    private static let escape: UInt8 = 0x1B

    /// The next key that a terminal sends; nil at the end.
    static func next(_ byte: Source) throws -> LineEditor.Key? {
        guard let first = try byte(false) else { return nil }
        if first == escape { return try sequence(byte) }
        if first >= 0x80 { return try character(first, byte) }
        return LineEditor.Key(control: first) ?? .character(Character(Unicode.Scalar(first)))
    }

    /// What follows an escape: `[ A`, `[ 1 ; 5 C`, `O H`, `b`.
    private static func sequence(_ byte: Source) throws -> LineEditor.Key {
        switch try byte(true) {
        case UInt8(ascii: "["): return try controlSequence(byte)
        case UInt8(ascii: "O"): return try byte(true).map { LineEditor.Key(final: $0, [""]) } ?? .unknown
        case UInt8(ascii: "b"): return .wordLeft
        case UInt8(ascii: "f"): return .wordRight
        case 0x7F: return .eraseWord
        default: return .unknown
        }
    }

    private static func controlSequence(_ byte: Source) throws -> LineEditor.Key {
        var parameters = ""
        while let next = try byte(true) {
            if (0x20..<0x40).contains(next) {
                parameters.unicodeScalars.append(Unicode.Scalar(next))
                continue
            }
            let numbers = parameters.split(separator: ";", omittingEmptySubsequences: false).map(String.init)
            let isPaste = next == UInt8(ascii: "~") && numbers == ["200"]
            return isPaste ? .paste(try pasted(byte)) : LineEditor.Key(final: next, numbers)
        }
        return .unknown
    }

    /// What was pasted, on one line.
    private static func pasted(_ byte: Source) throws -> String {
        let end = Array("\u{1B}[201~".utf8)
        var bytes: [UInt8] = []
        while bytes.suffix(end.count) != end[...], let next = try byte(false) { bytes.append(next) }
        if bytes.suffix(end.count) == end[...] { bytes.removeLast(end.count) }
        let lines = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
        return lines.joined(separator: " ").filter { ($0.asciiValue ?? 0x20) >= 0x20 }
    }

    /// A character of several bytes.
    private static func character(_ first: UInt8, _ byte: Source) throws -> LineEditor.Key {
        var bytes = [first]
        for _ in 1..<(first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2) { if let next = try byte(true) { bytes.append(next) } }
        return String(decoding: bytes, as: UTF8.self).first.map { .character($0) } ?? .unknown
    }
}

extension LineEditor.Key {
    /// - Parameters:
    ///   - final: the letter that ends a control sequence.
    ///   - numbers: what stands before it; the second tells of keys held down.
    fileprivate init(final: UInt8, _ numbers: [String]) {
        let isHeld = numbers.count > 1
        switch (final, numbers[0]) {
        case (UInt8(ascii: "A"), _): self = .up
        case (UInt8(ascii: "B"), _): self = .down
        case (UInt8(ascii: "C"), _): self = isHeld ? .wordRight : .right
        case (UInt8(ascii: "D"), _): self = isHeld ? .wordLeft : .left
        case (UInt8(ascii: "H"), _), (UInt8(ascii: "~"), "1"), (UInt8(ascii: "~"), "7"): self = .home
        case (UInt8(ascii: "F"), _), (UInt8(ascii: "~"), "4"), (UInt8(ascii: "~"), "8"): self = .end
        case (UInt8(ascii: "~"), "3"): self = .delete
        default: self = .unknown
        }
    }

    /// A control character; nil for any other.
    fileprivate init?(control byte: UInt8) {
        switch byte {
        case 1: self = .home
        case 2: self = .left
        case 3: self = .interrupt
        case 4: self = .endOfInput
        case 5: self = .end
        case 6: self = .right
        case 8, 127: self = .backspace
        case 9: self = .tab
        case 10, 13: self = .enter
        case 11: self = .eraseRest
        case 12: self = .clear
        case 14: self = .down
        case 16: self = .up
        case 21: self = .eraseLine
        case 23: self = .eraseWord
        case 0..<32: self = .unknown
        default: return nil
        }
    }
}
