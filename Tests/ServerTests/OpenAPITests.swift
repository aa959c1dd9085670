import Engine
import Foundation
import HTTPTypes
import Metadata
import Server
import Testing
import Values

@Suite("The API's descriptions")
struct OpenAPITests {
    private static let root = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")

    /// The document of a server with the shipped metadata.
    private static func document(_ body: @Sendable (JSON) throws -> Void) async throws {
        let (registry, _) = Registry.load(directory: root + "/metadata", triggers: root + "/triggers")
        try await Office.run { office in
            try await office.engine.install(#require(registry))
            let reply = try await office.client.get("/api/openapi.json")
            #expect(reply.status == 200)
            try body(reply.json)
        }
    }

    @Test func `every route has a section in the reference`() throws {
        let page = try String(contentsOfFile: OpenAPITests.root + "/docs/api.md", encoding: .utf8)
        for route in Route.all {
            #expect(page.contains("\n### \(route.method.rawValue) \(route.path)\n"), "\(route.method.rawValue) \(route.path)")
        }
    }

    @Test func `the reference has no section about a route that there is not`() throws {
        let page = try String(contentsOfFile: OpenAPITests.root + "/docs/api.md", encoding: .utf8)
        let routes = Route.all.map { "\($0.method.rawValue) \($0.path)" }
        for heading in page.matches(of: /\n### (.*)\n/).map({ String($0.1) }) { #expect(routes.contains(heading), "\(heading)") }
    }

    @Test func `every route is in the OpenAPI document, those about records for each object`() async throws {
        try await OpenAPITests.document { document in
            for route in Route.all {
                let path = route.path.replacing("/api/objects/{object}", with: "/api/objects/Account")
                #expect(document["paths"]?[path]?[route.method.rawValue.lowercased()] != nil, "\(route.method.rawValue) \(path)")
            }
        }
    }

    @Test func `every reference leads somewhere, and every operation has a name of its own`() async throws {
        try await OpenAPITests.document { document in
            var names: Set<String> = []
            document.walk { json in
                if let reference = json["$ref"]?.string {
                    let target = reference.split(separator: "/").dropFirst().reduce(Optional(document)) { $0?[String($1)] }
                    #expect(target != nil, "\(reference)")
                }
                if let name = json["operationId"]?.string { #expect(names.insert(name).inserted, "\(name)") }
            }
            #expect(names.contains("createAccount"))
        }
    }

    @Test func `a field's schema has its type and limits`() async throws {
        try await Office.run { office in
            let schemas = try await office.client.get("/api/openapi.json").json["components"]?["schemas"]
            let new = schemas?["NewAccount"]
            #expect(new?["required"] == ["Name"])
            #expect(new?["additionalProperties"] == false)
            #expect(new?["properties"]?["Name"] == ["type": "string", "maxLength": 80, "title": "Name"])
            #expect(new?["properties"]?["Status"]?["enum"] == ["Prospect", "Active Customer", "Churned", .null])
            #expect(new?["properties"]?["Credit"]?["minimum"] == 0)
            #expect(new?["properties"]?["OwnerId"]?["x-referenceTo"] == ["User"])
            #expect(new?["properties"]?["Deals"] == nil)
            let read = schemas?["Account"]?["properties"]
            #expect(read?["Id"]?["format"] == "uuid")
            #expect(read?["Deals"] == ["type": ["number", "null"], "title": "Deals", "readOnly": true])
            #expect(schemas?["AccountFilters"]?["properties"]?["Credit"] == ["$ref": "#/components/schemas/NumberComparison"])
        }
    }

    @Test func `the examples work`() async throws {
        try await Office.run { office in
            let document = try await office.client.get("/api/openapi.json").json
            let example = document["paths"]?["/api/objects/Account"]?["post"]?["requestBody"]?["content"]?["application/json"]?[
                "example"]
            var values = try #require(example?.object)
            values["Email"] = "ada@example.com"
            let created = try await office.client.post("/api/objects/Account", .object(values))
            #expect(created.status == 201, "\(created.text)")
            for name in ["Query", "Batch"] {
                #expect(document["components"]?["schemas"]?[name]?["example"] != nil, "\(name)")
            }
            let query = try #require(document["components"]?["schemas"]?["Query"]?["example"])
            let asked = try await office.client.post("/api/query", query)
            #expect(asked.status == 200, "\(asked.text)")
        }
    }
}

extension JSON {
    /// Calls `body` for the document and everything in it.
    fileprivate func walk(_ body: (JSON) -> Void) {
        body(self)
        for child in array ?? object?.map(\.value) ?? [] { child.walk(body) }
    }
}
