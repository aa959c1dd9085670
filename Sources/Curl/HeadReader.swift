/// Reads the head of an answer line by line. Heads may follow each other; each begins with a status line.
struct HeadReader {
    /// The bytes of all heads so far.
    private(set) var count = 0
    private var status = 0
    private var headers: [(name: String, value: String)] = []

    /// Takes a line; gives the head when the line is the empty one that ends it.
    mutating func read(_ line: UnsafeRawBufferPointer) -> Transfer.Head? {
        count += line.count
        let text = Self.trimmed(line)
        if text.isEmpty { return Transfer.Head(status: status, headers: headers) }
        if text.starts(with: Array("HTTP/".utf8)) {
            (status, headers) = (Self.status(text), [])
        } else if line.first == UInt8(ascii: " ") || line.first == UInt8(ascii: "\t"), !headers.isEmpty {
            // A line that goes on from the one before (RFC 9112, 5.2).
            headers[headers.count - 1].value += " " + String(decoding: text, as: UTF8.self)
        } else if let colon = text.firstIndex(of: UInt8(ascii: ":")) {
            let value = Self.trimmed(UnsafeRawBufferPointer(rebasing: text[(colon + 1)...]))
            headers.append((String(decoding: text[..<colon], as: UTF8.self), String(decoding: value, as: UTF8.self)))
        }
        return nil
    }

    /// `HTTP/1.1 200 OK`
    private static func status(_ line: Slice<UnsafeRawBufferPointer>) -> Int {
        let parts = line.split(separator: UInt8(ascii: " "), maxSplits: 2)
        return parts.count > 1 ? Int(String(decoding: parts[1], as: UTF8.self)) ?? 0 : 0
    }

    private static func trimmed(_ line: UnsafeRawBufferPointer) -> Slice<UnsafeRawBufferPointer> {
        func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D || byte == 0x0A }
        guard let first = line.firstIndex(where: { !isSpace($0) }), let last = line.lastIndex(where: { !isSpace($0) })
        else { return line[line.endIndex...] }
        return line[first...last]
    }
}
