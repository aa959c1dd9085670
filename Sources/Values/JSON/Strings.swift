extension JSONReader {
    /// The text whose opening quote is at the position.
    mutating func string() throws(JSONError) -> String {
        let start = position + 1
        var end = start
        while end < bytes.count, bytes[end] != UInt8(ascii: "\""), bytes[end] != UInt8(ascii: "\\"), bytes[end] >= 0x20 {
            end += 1
        }
        guard end < bytes.count else { throw failure("The text has no closing quote") }
        if bytes[end] == UInt8(ascii: "\"") {
            position = end + 1
            return try text(UnsafeBufferPointer(rebasing: bytes[start..<end]), at: start)
        }
        return try escapedString(start)
    }

    private mutating func escapedString(_ start: Int) throws(JSONError) -> String {
        var buffer: [UInt8] = []
        position = start
        while position < bytes.count {
            let byte = bytes[position]
            switch byte {
            case UInt8(ascii: "\""):
                position += 1
                var outcome: Result<String, JSONError> = .success("")
                buffer.withUnsafeBufferPointer { content in
                    do throws(JSONError) { outcome = .success(try text(content, at: start)) } catch { outcome = .failure(error) }
                }
                return try outcome.get()
            case UInt8(ascii: "\\"): try escape(into: &buffer)
            case 0..<0x20: throw failure("A control character in a text must be written as an escape, such as \\n")
            default:
                buffer.append(byte)
                position += 1
            }
        }
        throw failure("The text has no closing quote")
    }

    private func text(_ content: UnsafeBufferPointer<UInt8>, at start: Int) throws(JSONError) -> String {
        guard let text = String(validating: content, as: UTF8.self) else {
            throw failure("The text is not valid UTF-8", at: start)
        }
        return text
    }

    private mutating func escape(into buffer: inout [UInt8]) throws(JSONError) {
        guard position + 1 < bytes.count else { throw failure("The text has no closing quote") }
        position += 2
        switch bytes[position - 1] {
        case UInt8(ascii: "\""): buffer.append(0x22)
        case UInt8(ascii: "\\"): buffer.append(0x5C)
        case UInt8(ascii: "/"): buffer.append(0x2F)
        case UInt8(ascii: "b"): buffer.append(0x08)
        case UInt8(ascii: "f"): buffer.append(0x0C)
        case UInt8(ascii: "n"): buffer.append(0x0A)
        case UInt8(ascii: "r"): buffer.append(0x0D)
        case UInt8(ascii: "t"): buffer.append(0x09)
        case UInt8(ascii: "u"): buffer.append(contentsOf: String(try scalar()).utf8)
        default: throw failure("\\ is followed by a character that is no escape", at: position - 1)
        }
    }

    private mutating func scalar() throws(JSONError) -> Character {
        let start = position - 2
        var code = try hexadecimal()
        if (0xD800..<0xDC00).contains(code) {
            guard take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else { throw failure("Half of a surrogate pair", at: start) }
            let low = try hexadecimal()
            guard (0xDC00..<0xE000).contains(low) else { throw failure("Half of a surrogate pair", at: start) }
            code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
        }
        guard let scalar = Unicode.Scalar(code) else { throw failure("Half of a surrogate pair", at: start) }
        return Character(scalar)
    }

    private mutating func hexadecimal() throws(JSONError) -> UInt32 {
        guard position + 4 <= bytes.count else { throw failure("The text has no closing quote") }
        var code: UInt32 = 0
        for byte in bytes[position..<position + 4] {
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue, byte < 0x80
            else { throw failure("\\u needs four hexadecimal digits") }
            code = code << 4 | UInt32(digit)
        }
        position += 4
        return code
    }
}
