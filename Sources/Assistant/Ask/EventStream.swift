/// Reads a stream of server-sent events (WHATWG HTML, 9.2.6) as its bytes arrive.
package struct EventStream {
    package struct Event: Hashable {
        /// `message` where the stream does not say.
        package var name: String
        package var data: String

        package init(name: String, data: String) { (self.name, self.data) = (name, data) }
    }

    /// A line longer than this is no event of ours.
    package static let longestLine = 1 << 20

    private var line: [UInt8] = []
    private var name = ""
    private var data: [String] = []
    private var sawReturn = false
    private var isFirstLine = true

    package init() {}

    /// - Throws: `ProviderFailure`, where a line does not end.
    package mutating func read(_ bytes: [UInt8]) throws(ProviderFailure) -> [Event] {
        var events: [Event] = []
        for byte in bytes {
            let wasReturn = sawReturn
            sawReturn = byte == UInt8(ascii: "\r")
            switch byte {
            case UInt8(ascii: "\n") where wasReturn: continue
            case UInt8(ascii: "\n"), UInt8(ascii: "\r"): if let event = endLine() { events.append(event) }
            default:
                line.append(byte)
                if line.count > Self.longestLine { throw ProviderFailure(.malformed, "its stream has a line without end") }
            }
        }
        return events
    }

    private mutating func endLine() -> Event? {
        defer { line.removeAll(keepingCapacity: true) }
        if isFirstLine, line.starts(with: [0xEF, 0xBB, 0xBF]) { line.removeFirst(3) }
        isFirstLine = false
        if line.isEmpty { return dispatch() }
        let colon = line.firstIndex(of: UInt8(ascii: ":"))
        if colon == 0 { return nil }
        let field = String(decoding: line[..<(colon ?? line.endIndex)], as: UTF8.self)
        var value = colon.map { line[($0 + 1)...] } ?? []
        if value.first == UInt8(ascii: " ") { value.removeFirst() }
        switch field {
        case "event": name = String(decoding: value, as: UTF8.self)
        case "data": data.append(String(decoding: value, as: UTF8.self))
        default: break
        }
        return nil
    }

    private mutating func dispatch() -> Event? {
        defer { (name, data) = ("", []) }
        return data.isEmpty ? nil : Event(name: name.isEmpty ? "message" : name, data: data.joined(separator: "\n"))
    }
}
