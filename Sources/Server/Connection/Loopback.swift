/// The names and addresses by which a machine speaks to itself.
enum Loopback {
    /// - Parameter host: a name or an address, an IPv6 address with or without brackets.
    static func contains(host: some StringProtocol) -> Bool {
        if host == "127.0.0.1" || host == "localhost" || host == "::1" || host == "[::1]" { return true }
        let name = host.lowercased()
        if name == "localhost" || name.hasSuffix(".localhost") { return true }
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }

    /// - Parameter authority: a `Host` header: a host, perhaps with a port.
    static func contains(authority: String) -> Bool {
        let bytes = authority.utf8
        guard let colon = bytes.lastIndex(of: UInt8(ascii: ":")),
            bytes[bytes.index(after: colon)...].allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 })
        else { return contains(host: authority) }
        return contains(host: authority[..<colon])
    }

    /// - Parameter origin: an `Origin` header: `http://localhost:8080`, or `null` for a page without one.
    static func contains(origin: String) -> Bool {
        guard let scheme = origin.firstRange(of: "://") else { return false }
        return contains(authority: String(origin[scheme.upperBound...]))
    }
}
