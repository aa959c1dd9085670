import Metadata
import Values

extension OpenAPI {
    /// The schemas that do not depend on the objects, but for their names.
    static func fixedSchemas(_ registry: Registry) -> JSON.Members {
        let objects: JSON = ["type": "string", "enum": .texts(registry.objects.map(\.name))]
        var schemas: JSON.Members = [
            "Problem": problem, "Query": query(objects), "RelatedQuery": relatedQuery, "Filters": filters, "Ordering": ordering,
            "Page": page(of: ["type": "object"]), "History": history, "Explanation": explanation,
        ]
        for (name, schema) in batchSchemas(objects) { schemas[name] = schema }
        for (name, schema) in descriptionSchemas { schemas[name] = schema }
        for (name, schema) in figureSchemas { schemas[name] = schema }
        for (name, schema) in briefingSchemas { schemas[name] = schema }
        for (name, schema) in jobSchemas { schemas[name] = schema }
        return schemas
    }

    static func page(of record: JSON) -> JSON {
        object(
            [
                "records": list(record), "totalCount": integer, "hasMore": boolean,
                "nextCursor": ["type": ["string", "null"], "description": "To be sent as cursor for the next page"],
            ],
            required: ["records", "hasMore", "nextCursor"])
    }

    private static let problem = object(
        [
            "type": text, "title": text, "status": integer, "detail": text,
            "code": ["type": "string", "description": "What programs should look at"],
            "errors": list(
                object(["field": nullableText, "code": text, "message": text], required: ["field", "code", "message"])),
            "hint": ["type": "string", "description": "What to do about it"], "requestId": text,
            "results": list(reference("BatchResult")),
        ],
        required: ["type", "title", "status", "detail", "code"])

    private static let history = object(
        [
            "changes": list(
                object([
                    "at": ["type": "string", "format": "date-time"], "user": object(["Id": text, "Name": nullableText]),
                    "kind": ["type": "string", "enum": ["create", "update", "delete", "undelete", "rollUp"]], "version": integer,
                    "before": ["type": ["object", "null"]], "after": ["type": ["object", "null"]],
                ]))
        ],
        required: ["changes"])

    private static let explanation = object([
        "statements": integer, "microseconds": integer,
        "steps": list(
            object(["kind": text, "name": text, "object": text, "records": integer, "depth": integer, "microseconds": integer])),
    ])
}

// The words that schemas are made of.
extension OpenAPI {
    static let text: JSON = ["type": "string"]
    static let nullableText: JSON = ["type": ["string", "null"]]
    static let integer: JSON = ["type": "integer"]
    static let number: JSON = ["type": "number"]
    static let boolean: JSON = ["type": "boolean"]

    static func list(_ items: JSON) -> JSON { ["type": "array", "items": items] }

    static func object(_ properties: JSON.Members, required: [String] = [], isClosed: Bool = false) -> JSON {
        var schema: JSON.Members = ["type": "object", "properties": .object(properties)]
        if !required.isEmpty { schema["required"] = .texts(required) }
        if isClosed { schema["additionalProperties"] = false }
        return .object(schema)
    }
}
