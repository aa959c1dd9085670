import Values

extension OpenAPI {
    static func batchSchemas(_ objects: JSON) -> JSON.Members {
        [
            "ObjectBatch": batch(of: operation(nil), example: objectExample),
            "Batch": batch(of: operation(objects), example: example),
            "BatchResult": object(
                ["status": integer, "id": text, "version": integer, "error": reference("Problem")], required: ["status"]),
            "BatchResults": object(
                ["results": list(reference("BatchResult")), "explain": reference("Explanation")], required: ["results"]),
        ]
    }

    private static func batch(of operation: JSON, example: JSON) -> JSON {
        [
            "type": "object",
            "properties": [
                "operations": list(operation),
                "allOrNone": ["type": "boolean", "default": true, "description": "Whether one refused operation undoes all"],
            ],
            "required": ["operations"], "additionalProperties": false, "example": example,
        ]
    }

    private static func operation(_ objects: JSON?) -> JSON {
        let values: JSON = ["type": "object"]
        let named: JSON = ["type": "object", "required": ["Id"], "properties": ["Id": text]]
        let label: JSON = ["type": "string", "description": "A name for the new id: later operations may write @name for it"]
        let version: JSON = ["type": "integer", "description": "The version the change was made for"]
        let verbs: [(String, JSON.Members)] = [
            ("create", ["create": values, "as": label]), ("update", ["update": named, "version": version]),
            ("upsert", ["upsert": values, "externalId": text, "as": label]), ("delete", ["delete": named, "version": version]),
        ]
        return [
            "oneOf": .array(
                verbs.map { verb, members in
                    var members = members
                    if let objects { members["object"] = objects }
                    let required = (objects == nil ? [] : ["object"]) + [verb] + (verb == "upsert" ? ["externalId"] : [])
                    return object(members, required: required, isClosed: true)
                })
        ]
    }

    private static let objectExample: JSON = [
        "operations": [["create": ["Name": "Hooli"]], ["delete": ["Id": "01960000-0000-7000-8000-000000000001"]]],
        "allOrNone": false,
    ]
    private static let example: JSON = [
        "operations": [
            ["object": "Account", "create": ["Name": "Hooli", "Phone": "+1 650 555 0100"], "as": "hooli"],
            ["object": "Contact", "create": ["LastName": "Belson", "Email": "gavin@hooli.example", "AccountId": "@hooli"]],
        ]
    ]
}
