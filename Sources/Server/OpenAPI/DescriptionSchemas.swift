import Values

extension OpenAPI {
    /// What the routes about the server itself and its metadata give.
    static let descriptionSchemas: JSON.Members = [
        "Index": object(
            ["name": text, "routes": list(object(["method": text, "path": text, "summary": text]))], required: ["name", "routes"]),
        "Health": object(["status": ["const": "alive"]], required: ["status"]),
        "Readiness": object(
            [
                "status": ["const": "ready"],
                "metadata": ["type": "string", "description": "The version of the metadata in force"],
            ],
            required: ["status", "metadata"]),
        "Objects": object(["objects": list(object(heading, required: ["name", "label", "labelPlural"]))], required: ["objects"]),
        "Object": object(described, required: ["name", "label", "labelPlural", "fields", "relationships", "listViews"]),
        "Field": object(
            [
                "name": text, "label": text, "type": text, "required": boolean, "unique": boolean, "searchable": boolean,
                "readonly": boolean, "hidden": boolean, "system": boolean, "operators": list(text),
                "resultType": ["type": "string", "description": "The type of what a formula or a roll-up gives"],
            ],
            required: ["name", "label", "type"]),
        "Functions": object(
            [
                "functions": list(
                    object(
                        [
                            "name": text, "family": text, "signature": text, "description": text, "example": text,
                            "result": nullableText,
                        ],
                        required: ["name", "family", "signature", "description", "example", "result"]))
            ],
            required: ["functions"]),
        "SavedQueries": object(
            [
                "queries": list(
                    object(
                        [
                            "name": text, "label": text, "description": nullableText, "soql": text,
                            "binds": list(
                                object(
                                    ["name": text, "required": boolean, "default": [:]],
                                    required: ["name", "required", "default"])),
                        ],
                        required: ["name", "label", "soql", "binds"]))
            ],
            required: ["queries"]),
        "Dashboard": object(
            [
                "name": text, "label": text, "description": nullableText, "icon": nullableText,
                "components": list(reference("DashboardComponent")),
            ],
            required: ["name", "label", "components"]),
        "DashboardComponent": object(
            [
                "name": text, "label": text, "type": text, "query": ["type": "object"], "data": reference("Page"),
                "error": reference("Problem"),
            ],
            required: ["name", "label", "type", "query"]),
    ]

    private static let heading: JSON.Members = [
        "name": text, "label": text, "labelPlural": text, "icon": nullableText, "description": nullableText, "nameField": text,
        "features": list(text),
    ]

    private static var described: JSON.Members {
        var members = heading
        members["fields"] = list(reference("Field"))
        members["relationships"] = list(object(["name": text, "label": text, "object": text, "foreignKey": text]))
        for name in ["listViews", "validationRules", "triggers"] { members[name] = list(["type": "object"]) }
        members["pageLayout"] = ["type": ["object", "null"]]
        return members
    }
}
