import Engine
import Hummingbird
import ObjectQL
import Values

extension Route {
    static let query = Route(
        .post, "/api/query", "query", "Asks a question in ObjectQL", takes: .named("Query"), gives: .ok(.named("Page"))
    ) { call in
        let query = try Query(json: try await call.body().json)
        return .json(try await call.engine.read(query, as: call.session).body)
    }
}
