import Server
import Testing
import Values

@Suite("Batches")
struct BatchTests {
    @Test func `many records of one object are created, changed and deleted in order`() async throws {
        try await Office.run { office in
            let (kept, gone) = (try await office.account("Kept"), try await office.account("Gone"))
            let reply = try await office.client.post(
                "/api/objects/Account/batch",
                [
                    "operations": [
                        ["create": ["Name": "New", "Email": "a@b.example"]],
                        ["update": ["Id": .string(kept), "Name": "Changed"], "version": 1],
                        ["upsert": ["Code": "X1", "Name": "Upserted", "Email": "a@b.example"], "externalId": "Code"],
                        ["upsert": ["Code": "X1", "Name": "Upserted again"], "externalId": "Code"],
                        ["delete": ["Id": .string(gone)]],
                    ]
                ])
            #expect(reply.status == 200, "\(reply.text)")
            let results = try #require(reply.json["results"]?.array)
            #expect(results.map { $0["status"] } == [201, 200, 201, 200, 204])
            #expect(results.map { $0["version"] } == [1, 2, 1, 2, 2])
            #expect(results[1]["id"] == .string(kept))
            let names = try await office.client.get("/api/objects/Account?fields=Name&sort=Name").json["records"]
            #expect(names == [["Name": "Changed"], ["Name": "New"], ["Name": "Upserted again"]])
        }
    }

    @Test func `one refused operation undoes all, and each result says so`() async throws {
        try await Office.run { office in
            let reply = try await office.client.post(
                "/api/objects/Account/batch",
                [
                    "operations": [
                        ["create": ["Name": "Good", "Email": "a@b.example"]], ["create": ["Name": "Unreachable"]],
                        ["create": ["Email": "a@b.example"]],
                    ]
                ])
            #expect(reply.status == 422)
            #expect(reply[header: "Content-Type"] == "application/problem+json")
            let results = try #require(reply.json["results"]?.array)
            #expect(results.map { $0["status"] } == [424, 422, 422] || results.map { $0["status"] } == [424, 424, 422])
            #expect(results[0]["error"]?["code"] == "not_done")
            #expect(try await office.count("Account") == 0)
        }
    }

    @Test func `without all or none each operation stands for itself`() async throws {
        try await Office.run { office in
            let reply = try await office.client.post(
                "/api/objects/Account/batch",
                [
                    "operations": [
                        ["create": ["Name": "Good", "Email": "a@b.example"]], ["create": ["Name": "Unreachable"]],
                        ["create": ["Nmae": "Typo"]],
                        ["delete": ["Id": "01960000-0000-7000-8000-000000000001"]],
                        ["create": ["Name": "Refused", "Email": "a@b.example"]],
                    ], "allOrNone": false,
                ])
            #expect(reply.status == 200)
            let results = try #require(reply.json["results"]?.array)
            #expect(results.map { $0["status"] } == [201, 422, 400, 404, 422])
            #expect(
                results[1]["error"]?["errors"]
                    == [["field": "Phone", "code": "rule", "message": "An account needs a phone number or an e-mail address"]])
            #expect(results[2]["error"]?["hint"] == "Did you mean Name?")
            #expect(results[4]["error"]?["detail"] == "Not this one")
            #expect(try await office.count("Account") == 1)
        }
    }

    @Test func `records of several objects refer to each other by name`() async throws {
        try await Office.run { office in
            let reply = try await office.client.post(
                "/api/batch?explain=true",
                [
                    "operations": [
                        ["object": "Account", "create": ["Name": "Hooli", "Email": "a@b.example"], "as": "hooli"],
                        ["object": "Contact", "create": ["Name": "Gavin", "AccountId": "@hooli"]],
                        ["object": "Opportunity", "create": ["Name": "Deal", "AccountId": "@hooli", "Amount": 5]],
                        ["object": "Account", "update": ["Id": "@hooli", "Status": "Active Customer"]],
                    ]
                ])
            #expect(reply.status == 200, "\(reply.text)")
            #expect(reply.json["explain"]?["steps"]?.array?.isEmpty == false)
            let account = try #require(reply.json["results"]?.array?.first?["id"]?.string)
            let read = try await office.client.get("/api/objects/Account/\(account)?fields=Status,Deals")
            #expect(read.json == ["Status": "Active Customer", "Deals": 1])
            let contacts = try await office.client.get("/api/objects/Contact?fields=Account.Name")
            #expect(contacts.json["records"] == [["Account": ["Name": "Hooli"]]])
        }
    }

    @Test func `a reference to nothing is the mistake of the operation that has it`() async throws {
        try await Office.run { office in
            let reply = try await office.client.post(
                "/api/batch", ["operations": [["object": "Contact", "create": ["Name": "Gavin", "AccountId": "@nobody"]]]])
            #expect(reply.status == 422)
            #expect(try await office.count("Contact") == 0)
        }
    }

    @Test(arguments: [
        (#"[]"#, "", nil), (#"{}"#, "operations", nil), (#"{"operations":{}}"#, "operations", nil),
        (#"{"operation":[]}"#, "operation", "Did you mean operations?"),
        (#"{"operations":[],"allOrNone":"no"}"#, "allOrNone", nil), (#"{"operations":[7]}"#, "operations[0]", nil),
        (#"{"operations":[{}]}"#, "operations[0]", nil),
        (#"{"operations":[{"craete":{}}]}"#, "operations[0].craete", "Did you mean create?"),
        (#"{"operations":[{"create":{},"delete":{}}]}"#, "operations[0]", nil),
        (#"{"operations":[{"create":{}},{"create":[]}]}"#, "operations[1].create", nil),
        (#"{"operations":[{"update":{"Name":"A"}}]}"#, "operations[0].update.Id", nil),
        (#"{"operations":[{"upsert":{"Name":"A"}}]}"#, "operations[0].externalId", nil),
        (#"{"operations":[{"create":{},"version":1}]}"#, "operations[0].version", nil),
        (#"{"operations":[{"update":{"Id":"x"},"version":"1"}]}"#, "operations[0].version", nil),
        (#"{"operations":[{"delete":{"Id":"x","Name":"A"}}]}"#, "operations[0].delete.Name", nil),
        (#"{"operations":[{"create":{},"as":7}]}"#, "operations[0].as", nil),
    ])
    func `a batch of the wrong form is told where it is wrong`(body: String, place: String, hint: String?) async throws {
        try await Office.run { office in
            let reply = try await office.client.send("POST", "/api/objects/Account/batch", JSON(parsing: body))
            #expect(reply.status == 400, "\(reply.text)")
            #expect(reply.json["errors"]?.array?.first?["field"]?.string ?? "" == place)
            if let hint { #expect(reply.hint == hint) }
        }
    }

    @Test func `an operation of a mixed batch names its object`() async throws {
        try await Office.run { office in
            let nameless = try await office.client.post("/api/batch", ["operations": [["create": ["Name": "A"]]]])
            #expect(nameless.status == 400)
            let unknown = try await office.client.post(
                "/api/batch", ["operations": [["object": "Acount", "create": ["Name": "A"]]]])
            #expect(unknown.status == 404)
            #expect(unknown.hint == "Did you mean Account?")
        }
    }

    @Test func `a batch of too many operations is refused whole`() async throws {
        var settings = ServerSettings()
        settings.maxOperations = 2
        try await Office.run(settings: settings) { office in
            let create: JSON = ["create": ["Name": "A", "Email": "a@b.example"]]
            let reply = try await office.client.post("/api/objects/Account/batch", ["operations": [create, create, create]])
            #expect(reply.status == 413)
            #expect(reply.code == "too_many_operations")
            #expect(try await office.client.post("/api/objects/Account/batch", ["operations": [create, create]]).status == 200)
        }
    }

    @Test func `an empty batch does nothing`() async throws {
        try await Office.run { office in
            let reply = try await office.client.post("/api/objects/Account/batch", ["operations": []])
            #expect(reply.json == ["results": []])
        }
    }
}
