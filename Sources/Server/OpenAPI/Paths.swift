import HTTPTypes
import Metadata
import Values

extension OpenAPI {
    /// A route about `{object}` becomes one path for each object, so that bodies and parameters are those of the object.
    static func paths(_ registry: Registry, _ routes: [Route]) -> JSON.Members {
        var paths = JSON.Members()
        for route in routes {
            let objects = route.isAboutRecords ? registry.objects.map(Optional.some) : [nil]
            for object in objects {
                let path = object.map { route.path.replacing("{object}", with: $0.name) } ?? route.path
                var operations = paths[path]?.object ?? [:]
                operations[route.method.rawValue.lowercased()] = route.operation(of: object, registry)
                paths[path] = .object(operations)
            }
        }
        return paths
    }
}

extension Route {
    /// Whether the path is about the records of one object.
    var isAboutRecords: Bool { path.hasPrefix("/api/objects/{object}") }

    fileprivate func operation(of object: ObjectDefinition?, _ registry: Registry) -> JSON {
        var members: JSON.Members = [
            "operationId": .string(name + (object?.name ?? "")), "summary": .string(summary),
            "tags": [.string(object?.name ?? "Martlet")],
        ]
        let all =
            pathParameters(registry) + parameters.map { $0.json(in: "query", object) }
            + headers.map { $0.json(in: "header", object) }
        if !all.isEmpty { members["parameters"] = .array(all) }
        if let takes {
            members["requestBody"] = [
                "required": true, "content": ["application/json": takes.media(of: object, isNew: method == .post)],
            ]
        }
        members["responses"] = .object(responses(of: object))
        return .object(members)
    }

    private func pathParameters(_ registry: Registry) -> [JSON] {
        Route.parts(path).filter { $0.hasPrefix("{") }.map { $0.dropFirst().dropLast() }.compactMap { name in
            switch name {
            case "object" where isAboutRecords: nil
            case "object": pathParameter("object", ["type": "string", "enum": .texts(registry.objects.map(\.name))])
            case "name": pathParameter("name", ["type": "string", "enum": .texts(registry.dashboards.map(\.name))])
            case "query": pathParameter("query", ["type": "string", "enum": .texts(registry.queries.map(\.name))])
            case "queue", "kind": pathParameter(String(name), ["type": "string"])
            default: pathParameter(String(name), ["type": "string", "format": "uuid"])
            }
        }
    }

    private func pathParameter(_ name: String, _ schema: JSON) -> JSON {
        ["name": .string(name), "in": "path", "required": true, "schema": schema]
    }

    private func responses(of object: ObjectDefinition?) -> JSON.Members {
        var success: JSON.Members = ["description": .string(gives.payload == nil ? "Done" : summary)]
        if let payload = gives.payload { success["content"] = ["application/json": payload.media(of: object, isNew: false)] }
        if let headers = answerHeaders { success["headers"] = headers }
        var responses: JSON.Members = ["\(gives.status.code)": .object(success)]
        if headers.contains(where: { $0.name == "If-None-Match" }) { responses["304"] = ["description": "Not changed since"] }
        if headers.contains(where: { $0.name == "Prefer" }), gives.status == .ok {
            responses["204"] = ["description": "Done, and no record was wanted"]
        }
        if method == .delete { responses["200"] = OpenAPI.explained }
        let bodyProblems = takes == nil ? [] : [413, 415]
        let writeProblems = problems.contains(422) ? [503, 507] : []
        for status in Set(problems + [400] + bodyProblems + writeProblems).sorted() {
            responses["\(status)"] = OpenAPI.problemResponse(status)
        }
        responses["default"] = OpenAPI.problemResponse(nil)
        return responses
    }

    private var answerHeaders: JSON? {
        let tag: JSON = ["description": "The record's version, in quotes", "schema": ["type": "string"]]
        return switch gives.payload {
        case .record? where gives.status == .created:
            ["ETag": tag, "Location": ["description": "The record's address", "schema": ["type": "string"]]]
        case .record?: ["ETag": tag]
        default: nil
        }
    }
}

extension Route.Parameter {
    fileprivate func json(in place: String, _ object: ObjectDefinition?) -> JSON {
        var members: JSON.Members = ["name": .string(name), "in": .string(place), "description": .string(summary)]
        if name == "filters", let object {
            members["content"] = ["application/json": ["schema": OpenAPI.reference("\(object.name)Filters")]]
        } else {
            members["schema"] = schema
            if let example { members["example"] = example }
            if mayBeEmpty { members["allowEmptyValue"] = true }
        }
        return .object(members)
    }
}

extension Route.Payload {
    /// - Parameter isNew: whether a record is to be created of it.
    fileprivate func media(of object: ObjectDefinition?, isNew: Bool) -> JSON {
        let name = object?.name ?? ""
        switch self {
        case .record: return ["schema": OpenAPI.reference(name)]
        case .recordValues:
            guard isNew, let object else { return ["schema": OpenAPI.reference("\(name)Change")] }
            return ["schema": OpenAPI.reference("New\(name)"), "example": object.example]
        case .page: return ["schema": OpenAPI.page(of: OpenAPI.reference(name))]
        case .named(let schema): return ["schema": OpenAPI.reference(schema)]
        case .object: return ["schema": ["type": "object"]]
        }
    }
}
