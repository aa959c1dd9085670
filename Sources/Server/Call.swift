import Engine
import HTTPTypes
import Hummingbird
import Metadata
import ObjectQL
import Values

/// One request on its way to its answer.
package struct Call: Sendable {
    let request: Request
    let scope: RequestScope
    let shared: Shared
    /// What follows the `?`, each name once and known to the route.
    let parameters: [(name: String, value: String)]
    let session: Session

    init(_ request: Request, _ scope: RequestScope, _ route: Route, _ shared: Shared) throws {
        (self.request, self.scope, self.shared) = (request, scope, shared)
        parameters = try request.uri.query.map { try QueryString.read($0, for: route) } ?? []
        session = try Call.session(for: request)
    }

    /// For whom the request is carried out. Until there is access control, everyone is an administrator.
    private static func session(for request: Request) throws(Problem) -> Session {
        var session = Session.administrator()
        session.freshness = try request.freshness
        return session
    }
}

extension Call {
    var engine: Engine { shared.engine }

    func parameter(_ name: String) -> String? { parameters.first { $0.name == name }?.value }

    /// A variable part of the path.
    func part(_ name: String) -> String {
        let text = scope.parameters.get(name) ?? ""
        return PercentEncoding.decode(text[...], plusIsSpace: false) ?? text
    }

    var id: String { part("id") }

    /// The object that the path names.
    var object: ObjectDefinition {
        get throws(Problem) {
            let name = part("object")
            if let object = engine.registry.object(name), session.access.mayRead(object) { return object }
            let names = engine.registry.objects.filter { session.access.mayRead($0) }.map(\.name)
            throw Problem(
                .notFound, "unknown_object", "There is no object \(name)",
                hint: suggestion(for: name, among: names).map { "Did you mean \($0)?" }
                    ?? "GET /api/metadata/objects lists the objects")
        }
    }

    /// `?name=true`
    func flag(_ name: String) throws(Problem) -> Bool {
        switch parameter(name) {
        case nil, "false": return false
        case "true", "": return true
        case let other?: throw .badParameter(name, "\(other) is neither true nor false")
        }
    }

    /// `?name=20`
    func count(_ name: String, standard: Int, most: Int) throws(Problem) -> Int {
        guard let text = parameter(name) else { return standard }
        guard let count = Int(text), (1...most).contains(count) else {
            throw .badParameter(name, "\(text) is no number from 1 to \(most)")
        }
        return count
    }
}

extension Problem {
    static func badParameter(_ name: String, _ why: String) -> Problem {
        let message = "The parameter \(name) is wrong: \(why)"
        return Problem(
            .malformed, "bad_parameter", message, errors: [FieldError(field: name, code: "bad_parameter", message: message)])
    }
}
