import Engine
import Hummingbird
import Metadata
import ObjectQL
import Values

extension Route {
    static let listQueries = Route(
        .get, "/api/queries", "listQueries", "Lists the saved queries that the caller may use", gives: .ok(.named("SavedQueries"))
    ) { call in
        .json(["queries": .array(call.engine.savedQueries(for: call.session).map(\.json))])
    }

    static let askSavedQuery = Route(
        .get, "/api/queries/{query}", "askSavedQuery", "Answers a saved query",
        parameters: [
            Parameter(
                "binds", "Values for the query's names, as JSON", ["type": "string"], example: "{\"period\":\"THIS_QUARTER\"}"),
            Parameter("limit", "How many records at most", ["type": "integer", "minimum": 0, "maximum": 2000]),
            Parameter("cursor", "The nextCursor of the page before", ["type": "string"]),
        ],
        gives: .ok(.named("Page")), problems: [404]
    ) { call in
        let answer = try await call.engine.ask(
            saved: call.part("query"), binds: call.binds, limit: call.limit, cursor: call.parameter("cursor"), as: call.session)
        return .json(answer.body)
    }
}

extension Call {
    fileprivate var binds: JSON.Members {
        get throws(Problem) {
            guard let text = parameter("binds") else { return [:] }
            guard let members = (try? JSON(parsing: text))?.object else {
                throw Problem.badParameter("binds", "it must be a JSON object of values by name: {\"period\":\"THIS_QUARTER\"}")
            }
            return members
        }
    }

    fileprivate var limit: Int? {
        get throws(Problem) {
            guard let text = parameter("limit") else { return nil }
            guard let limit = Int(text), limit >= 0 else {
                throw Problem.badParameter("limit", "it must be a whole number from 0")
            }
            return limit
        }
    }
}

extension SavedQuery {
    fileprivate var json: JSON {
        let binds = variables.map { variable -> JSON in
            ["name": .string(variable.name), "required": .bool(variable.standard == nil), "default": variable.standard ?? .null]
        }
        return [
            "name": .string(name), "label": .string(label), "description": description.map(JSON.string) ?? .null,
            "soql": .string(text), "binds": .array(binds),
        ]
    }
}
