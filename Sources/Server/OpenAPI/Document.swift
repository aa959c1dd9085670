import Metadata
import Values

/// The API as an OpenAPI 3.1 document: the routes, spelled out for every object of the registry.
enum OpenAPI {
    static func document(_ registry: Registry, _ routes: [Route]) -> JSON {
        [
            "openapi": "3.1.0",
            "info": [
                "title": "Martlet", "version": .string(registry.version),
                "description":
                    "The records, metadata and figures of this server. Problems are application/problem+json (RFC 9457).",
                "license": ["name": "Apache-2.0", "identifier": "Apache-2.0"],
            ],
            "servers": [["url": "/"]],
            "tags": .array(tags(registry)),
            "paths": .object(paths(registry, routes)),
            "components": [
                "schemas": .object(schemas(registry)), "responses": .object(problemResponses),
            ],
        ]
    }

    private static func tags(_ registry: Registry) -> [JSON] {
        let objects = registry.objects.map { object -> JSON in
            ["name": .string(object.name), "description": .string(object.description ?? object.labelPlural)]
        }
        return [["name": "Martlet", "description": "What is not about one object"]] + objects
    }

    private static func schemas(_ registry: Registry) -> JSON.Members {
        var schemas = fixedSchemas(registry)
        for (name, schema) in comparisonSchemas { schemas[name] = schema }
        for object in registry.objects {
            schemas[object.name] = object.recordSchema
            schemas["New\(object.name)"] = object.newSchema
            schemas["\(object.name)Change"] = object.changeSchema
            schemas["\(object.name)Filters"] = object.filterSchema
        }
        return schemas
    }

    static func reference(_ schema: String) -> JSON { ["$ref": .string("#/components/schemas/\(schema)")] }
}
