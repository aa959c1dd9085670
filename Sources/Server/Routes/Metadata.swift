import Engine
import Formula
import HTTPTypes
import Hummingbird
import Metadata
import ObjectQL
import Values

extension Route {
    static let listObjects = Route(
        .get, "/api/metadata/objects", "listObjects", "Lists the objects", headers: [.ifNoneMatch], gives: .ok(.named("Objects"))
    ) { call in
        call.ofRegistry { registry in
            ["objects": .array(registry.objects.filter { call.session.access.mayRead($0) }.map(\.summary))]
        }
    }

    static let readObject = Route(
        .get, "/api/metadata/objects/{object}", "readObject", "Describes an object: fields, relationships, views, layout, rules",
        headers: [.ifNoneMatch], gives: .ok(.named("Object")), problems: [404]
    ) { call in
        let object = try call.object
        return call.ofRegistry { registry in
            object.description(in: registry) { call.session.access.mayRead($0, of: object) }
        }
    }

    static let listFunctions = Route(
        .get, "/api/metadata/functions", "listFunctions", "Lists the functions and operators of formulas",
        gives: .ok(.named("Functions"))
    ) { _ in
        .json(["functions": .array(Functions.all.map(\.json))])
    }
}

extension Call {
    /// An answer that changes only with the metadata.
    fileprivate func ofRegistry(_ body: (Registry) -> JSON) -> Response {
        let registry = engine.registry
        let headers: HTTPFields = [.eTag: "\"\(registry.version)\"", .cacheControl: "no-cache"]
        if alreadyHas(registry.version) { return Response(status: .notModified, headers: headers) }
        return .json(body(registry), headers: headers)
    }
}
