import CLibPQ
import Foundation
import Values

/// Where a PostgreSQL server is and how to log in, as libpq takes it, and whether a pooler stands before it.
///
///     postgres://martlet@db.example:5432/crm?sslmode=verify-full&pgbouncer=true
///
/// Every parameter of libpq is allowed; what is missing comes from its environment variables and password file.
package struct PostgresAddress: Sendable, Hashable {
    /// Without what is ours alone.
    private let url: String
    /// Whether PgBouncer, in transaction mode, stands before the server: nothing may outlive a transaction.
    package let isPooled: Bool
    /// `options` of the address, which ours are put before.
    private let serverOptions: String?
    /// Whoever reads it learns no password.
    package let description: String

    /// - Throws: `StorageError.unavailable`, where libpq cannot read it.
    package init(_ text: String) throws {
        if PostgresAddress.isAmbiguous(text) {
            throw StorageError.unavailable("its address has an @, a / or a ? too many: in a password, write %40, %2F and %3F")
        }
        var components = URLComponents(string: text)
        let pooled = components?.queryItems?.last { $0.name == "pgbouncer" }?.value
        if let pooled, !["true", "false"].contains(pooled) {
            throw StorageError.unavailable("pgbouncer=\(pooled) in its address is neither true nor false")
        }
        isPooled = pooled == "true"
        if pooled != nil {
            components?.queryItems?.removeAll { $0.name == "pgbouncer" }
            if components?.queryItems?.isEmpty == true { components?.queryItems = nil }
        }
        url = pooled == nil ? text : components?.string ?? text
        let known = try PostgresAddress.read(url)
        serverOptions = known["options"]
        description = PostgresAddress.words(known)
    }

    /// What libpq finds in the address.
    private static func read(_ url: String) throws -> [String: String] {
        var message: UnsafeMutablePointer<CChar>?
        guard let options = PQconninfoParse(url, &message) else {
            defer { PQfreemem(message) }
            // libpq quotes what it cannot read.
            let reason =
                mayHoldPassword(url)
                ? "it cannot be read (and is not shown, since a password may be in it)"
                : message.map { ConnectionLost(String(cString: $0)).message } ?? "it cannot be read"
            throw StorageError.unavailable("its address is not right: \(reason)")
        }
        defer { PQconninfoFree(options) }
        var found: [String: String] = [:]
        var option = options
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val { found[String(cString: keyword)] = String(cString: value) }
            option += 1
        }
        return found
    }

    /// Whether libpq would take a part of the password for something else.
    private static func isAmbiguous(_ text: String) -> Bool {
        guard let scheme = text.range(of: "://"), let last = text.lastIndex(of: "@") else { return false }
        let userinfo = text[scheme.upperBound..<last]
        return userinfo.contains(":") && userinfo.contains { "@/?".contains($0) }
    }

    /// Whether showing the address, right or wrong, might show a password.
    package static func mayHoldPassword(_ text: String) -> Bool {
        let rest = text.range(of: "://").map { text[$0.upperBound...] } ?? text[...]
        let userinfo = rest.lastIndex(of: "@").map { rest[..<$0] } ?? ""
        return userinfo.contains(":") || text.lowercased().contains("pass")
    }

    private static func words(_ known: [String: String]) -> String {
        let user = known["user"].map { $0 + "@" } ?? ""
        let host = known["host"] ?? known["hostaddr"] ?? "localhost"
        let port = known["port"].map { ":" + $0 } ?? ""
        return "postgres://\(user)\(host)\(port)" + (known["dbname"].map { "/" + $0 } ?? "")
    }

    /// What to hand to libpq; a later parameter goes before an earlier one.
    func parameters(_ options: PostgresDatabase.Options) -> [(name: String, value: String)] {
        var parameters = [
            (name: "fallback_application_name", value: "martlet"),
            // A peer that is gone without a word is noticed before most deadlines.
            ("keepalives_idle", "5"), ("keepalives_interval", "1"), ("keepalives_count", "3"),
            ("tcp_user_timeout", "5000"), ("dbname", url), ("client_encoding", "UTF8"),
        ]
        if !isPooled {
            let settings = options.serverSettings.map { "-c \($0)=\($1)" }.joined(separator: " ")
            parameters.append(("options", settings + (serverOptions.map { " " + $0 } ?? "")))
        }
        return parameters
    }
}

extension PostgresAddress: CustomStringConvertible {}
