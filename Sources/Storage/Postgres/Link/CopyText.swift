import SQL

/// Rows in the text form of COPY: cells between tabs, a line for each row, `\N` for null.
struct CopyText {
    private(set) var bytes: [UInt8] = []

    mutating func append(_ row: [Bind]) throws(Misfit) {
        for (index, bind) in row.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: "\t")) }
            if let text = try bind.postgresText {
                append(text)
            } else {
                bytes.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "N")])
            }
        }
        bytes.append(UInt8(ascii: "\n"))
    }

    mutating func clear() { bytes.removeAll(keepingCapacity: true) }

    private mutating func append(_ text: String) {
        var text = text
        text.withUTF8 { text in
            var start = 0
            for (index, byte) in text.enumerated() {
                guard let letter = CopyText.escape(of: byte) else { continue }
                bytes.append(contentsOf: text[start..<index])
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(letter)
                start = index + 1
            }
            bytes.append(contentsOf: text[start...])
        }
    }

    /// The letter after the backslash that stands for a byte with a meaning of its own.
    @inline(__always)
    private static func escape(of byte: UInt8) -> UInt8? {
        if byte > UInt8(ascii: "\\") || (byte > UInt8(ascii: "\r") && byte < UInt8(ascii: "\\")) { return nil }
        return switch byte {
        case UInt8(ascii: "\\"): byte
        case UInt8(ascii: "\t"): UInt8(ascii: "t")
        case UInt8(ascii: "\n"): UInt8(ascii: "n")
        case UInt8(ascii: "\r"): UInt8(ascii: "r")
        default: nil
        }
    }
}
