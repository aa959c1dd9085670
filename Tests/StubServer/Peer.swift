import Foundation

/// The server's end of one connection. Its calls block: it belongs to a thread.
package struct Peer: Sendable {
    let descriptor: Int32

    /// A request as it came.
    package struct Received: Sendable {
        package let method: String
        package let target: String
        package let headers: [String: String]
        package let body: [UInt8]

        package var text: String { String(decoding: body, as: UTF8.self) }
    }

    /// The next request; nil when the other end has closed.
    package func request() -> Received? {
        var bytes: [UInt8] = []
        while !bytes.ends(with: "\r\n\r\n") {
            guard let byte = read(1)?.first else { return nil }
            bytes.append(byte)
        }
        let lines = String(decoding: bytes, as: UTF8.self).components(separatedBy: "\r\n")
        let words = (lines.first ?? "").split(separator: " ")
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { continue }
            headers[line[..<colon].lowercased()] = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
        }
        var body: [UInt8] = []
        let length = headers["content-length"].flatMap { Int($0) } ?? 0
        while body.count < length {
            guard let more = read(length - body.count) else { return nil }
            body += more
        }
        return Received(
            method: words.first.map(String.init) ?? "", target: words.dropFirst().first.map(String.init) ?? "", headers: headers,
            body: body)
    }

    /// Sends everything; false when the other end does not take it.
    @discardableResult
    package func send(_ text: String) -> Bool { send(Array(text.utf8)) }

    @discardableResult
    package func send(_ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                Foundation.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            if count <= 0 { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    /// A whole answer.
    @discardableResult
    package func answer(_ body: String, status: Int = 200, headers: [String] = []) -> Bool {
        let lines = ["HTTP/1.1 \(status) Stub"] + headers + ["Content-Length: \(body.utf8.count)", "", body]
        return send(lines.joined(separator: "\r\n"))
    }

    /// Sends as long as the other end takes something within that many milliseconds, and gives the number of bytes it took.
    package func sendUntilHeldBack(_ bytes: [UInt8], patience: Int32) -> Int {
        var sent = 0
        while sent < bytes.count {
            var room = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
            guard poll(&room, 1, patience) == 1 else { break }
            let count = bytes[sent...].withUnsafeBytes {
                Foundation.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
            }
            if count <= 0 { break }
            sent += count
        }
        return sent
    }

    /// Waits until the other end closes.
    package func waitForEnd() { while read(4096) != nil {} }

    /// Ends the connection with a reset.
    package func reset() {
        var linger = Foundation.linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout.size(ofValue: linger)))
    }

    private func read(_ most: Int) -> [UInt8]? {
        let bytes = [UInt8](unsafeUninitializedCapacity: min(most, 64 << 10)) { buffer, count in
            repeat { count = Foundation.read(descriptor, buffer.baseAddress, buffer.count) } while count < 0 && errno == EINTR
            count = max(0, count)
        }
        return bytes.isEmpty ? nil : bytes
    }
}

extension [UInt8] {
    fileprivate func ends(with text: String) -> Bool { suffix(text.utf8.count).elementsEqual(text.utf8) }
}
