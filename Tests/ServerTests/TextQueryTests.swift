import Metadata
import Server
import Testing
import Values

@Suite("Queries as texts")
struct TextQueryTests {
    @Test func `in the address, and in a body with values`() async throws {
        try await Office.run { office in
            let answer = try await office.client.get(
                "/api/query?q=SELECT+Name+FROM+User+WHERE+Name+!%3D+NULL")
            #expect(answer.status == 200)
            let body: JSON = [
                "soql": "SELECT Name FROM User WHERE Name IN :names", "binds": ["names": ["Administrator"]],
            ]
            let posted = try await office.client.post("/api/query", body)
            #expect(posted.json["records"] == [["Name": "Administrator"]])
            let same = try await office.client.post(
                "/api/query", ["object": "User", "fields": ["Name"], "filters": ["Name": "Administrator"]])
            #expect(same.json == posted.json)
        }
    }

    @Test func `a mistake is told with its place`() async throws {
        try await Office.run { office in
            let reply = try await office.client.get("/api/query?q=SELECT+Name+FORM+User")
            #expect(reply.status == 400)
            #expect(
                reply.json["detail"] == "FROM was expected, not FORM\nSELECT Name FORM User\n            ^")
            #expect(reply.json["errors"]?.array?.first?["field"] == "line 1, column 13")
            #expect(reply.hint == "Did you mean FROM?")
            let unbound = try await office.client.post(
                "/api/query", ["soql": "SELECT Name FROM User WHERE Name = :name"])
            #expect(unbound.code == "missing_bind")
            #expect(try await office.client.get("/api/query").status == 400)
            #expect(try await office.client.post("/api/query", ["soql": 5]).status == 400)
            #expect(
                try await office.client.post("/api/query", ["soql": "SELECT Id FROM User", "limit": 5])
                    .status == 400)
            let misspelled = try await office.client.post("/api/query", ["soql": "SELECT Id FROM User", "bnds": [:]])
            #expect(misspelled.code == "unknown_key")
            #expect(misspelled.hint == "Did you mean binds?")
        }
    }

    @Test func `saved queries are listed, and asked by their names`() async throws {
        let saved = SourceFile(
            "metadata/Named.query.yml",
            "name: Named\nquery: SELECT Name FROM User WHERE Name = :name AND IsActive = :active\nbinds: { active: true }\n")
        try await Office.run(Business.files + [saved]) { office in
            let list = try await office.client.get("/api/queries")
            let entry = list.json["queries"]?.array?.first
            #expect(entry?["name"] == "Named")
            #expect(
                entry?["binds"] == [
                    ["name": "name", "required": true, "default": .null], ["name": "active", "required": false, "default": true],
                ])
            let answer = try await office.client.get("/api/queries/Named?binds=%7B%22name%22:%22Administrator%22%7D")
            #expect(answer.json["records"] == [["Name": "Administrator"]])
            #expect(try await office.client.get("/api/queries/Named").code == "missing_bind")
            #expect(try await office.client.get("/api/queries/Nameed").status == 404)
            #expect(try await office.client.get("/api/queries/Named?binds=5").status == 400)
            #expect(try await office.client.get("/api/queries/Named?limit=x").status == 400)
        }
    }
}
