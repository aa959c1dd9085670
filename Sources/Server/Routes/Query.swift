import Engine
import Hummingbird
import ObjectQL
import Values

extension Route {
    static let query = Route(
        .post, "/api/query", "query", "Asks a question in ObjectQL, in JSON or as a text", takes: .named("Query"),
        gives: .ok(.named("Page"))
    ) { call in
        let json = try await call.body().json
        if let text = try TextBody(json) {
            return .json(try await call.engine.ask(text.soql, binds: text.binds, as: call.session).body)
        }
        return .json(try await call.engine.read(try Query(json: json), as: call.session).body)
    }

    static let queryByAddress = Route(
        .get, "/api/query", "queryByText", "Asks a question in ObjectQL's text form",
        parameters: [
            Parameter("q", "select Name from Account limit 5", ["type": "string"], example: "select Name from Account limit 5")
        ],
        gives: .ok(.named("Page"))
    ) { call in
        guard let text = call.parameter("q") else {
            throw Problem.badParameter("q", "it is missing; write /api/query?q=SELECT+Name+FROM+Account")
        }
        return .json(try await call.engine.ask(text, as: call.session).body)
    }
}

/// `{"soql": "SELECT ...", "binds": {"name": ...}}`
private struct TextBody {
    let soql: String
    let binds: JSON.Members

    /// Nil for a query in JSON.
    init?(_ json: JSON) throws(QueryProblem) {
        guard let members = json.object, members["soql"] != nil else { return nil }
        for (name, _) in members where name != "soql" && name != "binds" {
            throw QueryProblem(
                "unknown_key", "Beside soql there may only be binds, not \(name)", path: name,
                hint: suggestion(for: name, among: ["soql", "binds"]).map { "Did you mean \($0)?" })
        }
        guard let soql = members["soql"]?.string else { throw QueryProblem("malformed", "soql must be a text", path: "soql") }
        let binds = members["binds"] ?? .object([:])
        guard let values = binds.object else { throw QueryProblem("malformed", "binds must be an object", path: "binds") }
        (self.soql, self.binds) = (soql, values)
    }
}
