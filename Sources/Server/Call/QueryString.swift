import Engine
import HTTPTypes
import Values

/// What follows the `?` of an address: `fields=Name,Amount&limit=20`, percent-encoded, with `+` for a space.
enum QueryString {
    /// - Throws: `Problem` for a name that the route does not know, a name given twice, and what cannot be decoded.
    static func read(_ text: String, for route: Route) throws(Problem) -> [(name: String, value: String)] {
        var found: [(name: String, value: String)] = []
        for pair in text.utf8.split(separator: UInt8(ascii: "&")) {
            let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            let name = try decode(Substring(parts[0]), in: "The query string")
            let value = parts.count > 1 ? try decode(Substring(parts[1]), in: "The parameter \(name)") : ""
            try check(name, route, isNew: !found.contains { $0.name == name })
            found.append((name, value))
        }
        return found
    }

    private static func check(_ name: String, _ route: Route, isNew: Bool) throws(Problem) {
        guard route.parameters.contains(where: { $0.name == name }) else {
            let known = route.parameters.map(\.name)
            let message = "\(route.method.rawValue) \(route.path) has no parameter \(name)"
            throw Problem(
                .malformed, "unknown_parameter", message,
                errors: [.init(field: name, code: "unknown_parameter", message: message)],
                hint: suggestion(for: name, among: known).map { "Did you mean \($0)?" }
                    ?? (known.isEmpty ? nil : "It has: \(known.joined(separator: ", "))"))
        }
        if !isNew { throw .badParameter(name, "it is given twice") }
    }

    private static func decode(_ text: Substring, in place: String) throws(Problem) -> String {
        if let text = PercentEncoding.decode(text, plusIsSpace: true) { return text }
        throw Problem(.malformed, "bad_encoding", "\(place) is not percent-encoded UTF-8", hint: "Write %25 for % and %26 for &")
    }
}
