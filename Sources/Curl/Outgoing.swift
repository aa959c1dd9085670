/// A request to the outside world.
///
///     var outgoing = Outgoing("POST", "https://api.example.com/v1/things", headers: [("Authorization", "Bearer \(key)")])
///     outgoing.body = bytes
///     let incoming = try await client.send(outgoing)
package struct Outgoing: Sendable {
    package var method: String
    /// `http://` or `https://`, percent-encoded, without user and password: those belong into a header.
    package var url: String
    package var headers: [(name: String, value: String)]
    /// Sent with its length; nil for none. Its type is for the headers to say.
    package var body: [UInt8]?
    package var deadlines = Deadlines()
    package var bounds = Bounds()
    /// How many redirects are followed. Headers go along, but for `Authorization` and `Cookie` when the host changes.
    package var redirects = 0

    package init(_ method: String = "GET", _ url: String, headers: [(name: String, value: String)] = [], body: [UInt8]? = nil) {
        (self.method, self.url, self.headers, self.body) = (method, url, headers, body)
    }

    /// How long things may take before the request is given up.
    package struct Deadlines: Sendable, Hashable {
        /// Until the connection stands: name look-up, TCP and TLS.
        package var connecting: Duration
        /// Between two pieces of the answer, and before the first. Does not run while whoever reads the body is behind.
        package var silence: Duration
        /// From sending to the last byte.
        package var total: Duration

        package init(connecting: Duration = .seconds(10), silence: Duration = .seconds(30), total: Duration = .seconds(120)) {
            (self.connecting, self.silence, self.total) = (connecting, silence, total)
        }
    }

    /// How much of an answer is taken, in bytes.
    package struct Bounds: Sendable, Hashable {
        /// Status line and headers together.
        package var head: Int
        package var body: Int

        package init(head: Int = 64 << 10, body: Int = 16 << 20) { (self.head, self.body) = (head, body) }
    }
}

extension Outgoing {
    /// `https://api.example.com:8443`: what errors may tell of the address. Paths and query strings may hold secrets.
    package var origin: String {
        let parts = url.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
        guard parts.count >= 3, parts[0].hasSuffix(":"), parts[1].isEmpty else { return "the address" }
        let authority = parts[2].prefix { $0 != "?" && $0 != "#" }
        return "\(parts[0])//\(authority.split(separator: "@").last ?? "")"
    }

    /// Throws where the request cannot be written down as HTTP: a line break in a header would be another header.
    func check() throws(TransferError) {
        let scheme = url.prefix { $0 != ":" }.lowercased()
        guard scheme == "http" || scheme == "https", url.dropFirst(scheme.count).hasPrefix("://") else {
            throw TransferError(.badRequest, "the address", "must begin with http:// or https://")
        }
        let authority = url.dropFirst(scheme.count + 3).prefix { !"/?#".contains($0) }
        guard !authority.isEmpty else { throw TransferError(.badRequest, "the address", "names no host") }
        guard !authority.contains("@") else {
            throw TransferError(.badRequest, origin, "the address must not hold a user and a password: send them in a header")
        }
        guard url.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw TransferError(.badRequest, origin, "the address has characters that must be percent-encoded")
        }
        guard !method.isEmpty, method.utf8.allSatisfy(\.isTokenByte) else {
            throw TransferError(.badRequest, origin, "the method is no word")
        }
        for (name, value) in headers {
            guard !name.isEmpty, name.utf8.allSatisfy(\.isTokenByte) else {
                throw TransferError(.badRequest, origin, "a header's name has characters that no name may have")
            }
            guard value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }) else {
                throw TransferError(.badRequest, origin, "the header \(name) has a line break or a control character")
            }
        }
    }
}

extension UInt8 {
    /// RFC 9110, 5.6.2.
    fileprivate var isTokenByte: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "!#$%&'*+-.^_`|~".utf8.contains(self)
        }
    }
}
