import Engine
import Values

/// The members that a JSON object of a request may have.
struct Form: Sendable {
    let subject: String
    let known: [String]

    init(_ subject: String, knows known: [String]) { (self.subject, self.known) = (subject, known) }

    /// - Parameter place: where in the request: `operations[3]`; empty for the body itself.
    func check(_ json: JSON, at place: String) throws(Problem) -> JSON.Members {
        guard let members = json.object else { throw .malformed(place, "\(subject) is an object, not \(json.kind)") }
        for name in members.names where !known.contains(name) {
            let path = place.isEmpty ? name : "\(place).\(name)"
            throw Problem(
                .malformed, "unknown_key", "\(subject) has no member \(name)",
                errors: [.init(field: path, code: "unknown_key", message: "\(subject) has no member \(name)")],
                hint: suggestion(for: name, among: known).map { "Did you mean \($0)?" }
                    ?? "It has: \(known.joined(separator: ", "))")
        }
        return members
    }
}

extension Problem {
    /// A request of the wrong form; `place` says where: `operations[3].create`.
    static func malformed(_ place: String, _ message: String) -> Problem {
        let errors = place.isEmpty ? [] : [FieldError(field: place, code: "malformed", message: message)]
        return Problem(.malformed, "malformed", message, errors: errors)
    }
}
