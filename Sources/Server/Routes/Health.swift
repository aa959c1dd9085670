import Engine
import HTTPTypes
import Hummingbird
import Metadata
import Values

extension Route {
    static let health = Route(.get, "/health", "health", "Says that the server is alive", gives: .ok(.named("Health"))) { _ in
        .json(["status": "alive"])
    }

    static let ready = Route(
        .get, "/ready", "ready", "Says whether the database answers and its schema is current", gives: .ok(.named("Readiness")),
        problems: [503]
    ) { call in
        if var problem = await call.engine.readiness() {
            problem.kind = .unavailable
            throw problem
        }
        return .json(["status": "ready", "metadata": .string(call.engine.registry.version)])
    }
}
