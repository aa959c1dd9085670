import Engine
import HTTPTypes
import Hummingbird
import Metadata
import NIOCore
import Synchronization
import Values

extension Route {
    static let openAPI = Route(
        .get, "/api/openapi.json", "openapi", "Describes this API, with the objects of this server, as OpenAPI 3.1",
        headers: [.ifNoneMatch], gives: .ok(.object)
    ) { call in
        let registry = call.engine.registry
        let headers: HTTPFields = [.eTag: "\"\(registry.version)\"", .cacheControl: "no-cache"]
        if call.alreadyHas(registry.version) { return Response(status: .notModified, headers: headers) }
        return .json(call.shared.documents.openAPI(of: registry), headers: headers)
    }
}

/// The OpenAPI document of the registry in force: it is large, and changes only with the registry.
final class DocumentCache: Sendable {
    private let latest = Mutex<(version: String, document: ByteBuffer)?>(nil)

    func openAPI(of registry: Registry) -> ByteBuffer {
        if let known = latest.withLock({ $0 }), known.version == registry.version { return known.document }
        let document = ByteBuffer(OpenAPI.document(registry, Route.all))
        latest.withLock { $0 = (registry.version, document) }
        return document
    }
}
