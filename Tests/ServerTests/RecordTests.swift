import NIOHTTP1
import Testing
import Values

@Suite("Records over HTTP")
struct RecordTests {
    @Test func `a created record is answered whole, with its address and version`() async throws {
        try await Office.run { office in
            let reply = try await office.client.post(
                "/api/objects/Account", ["Name": "Acme", "Phone": "+1 555 0100", "Credit": 12])
            #expect(reply.status == 201)
            let id = try #require(reply.json["Id"]?.string)
            #expect(reply[header: "Location"] == "/api/objects/Account/\(id)")
            #expect(reply[header: "ETag"] == "\"1\"")
            #expect(reply[header: "Content-Type"] == "application/json")
            #expect(reply.json["Name"] == "Acme")
            #expect(reply.json["Status"] == "Prospect")
            #expect(reply.text.contains("\"Credit\":12.00"))
            let read = try await office.client.get("/api/objects/account/\(id.uppercased())")
            #expect(read.status == 200)
            #expect(read.json == reply.json)
        }
    }

    @Test func `a change touches the named fields and raises the version`() async throws {
        try await Office.run { office in
            let id = try await office.account()
            for (index, method) in ["PATCH", "PUT"].enumerated() {
                let reply = try await office.client.send(method, "/api/objects/Account/\(id)", ["Status": "Churned"])
                #expect(reply.status == 200)
                #expect(reply[header: "ETag"] == "\"\(index + 2)\"")
                #expect(reply.json["Name"] == "Acme")
                #expect(reply.json["Status"] == "Churned")
            }
        }
    }

    @Test func `who does without the record is answered without one`() async throws {
        try await Office.run { office in
            let wish: HTTPHeaders = ["Prefer": "respond-async, return=minimal; foo=1"]
            let created = try await office.client.post("/api/objects/Account", ["Name": "Acme", "Phone": "+1 555 0100"], wish)
            #expect((created.status, created.text, created[header: "Preference-Applied"]) == (201, "", "return=minimal"))
            let path = try #require(created[header: "Location"])
            let changed = try await office.client.patch(path, ["Name": "Bolt"], wish)
            #expect((changed.status, changed.text, changed[header: "ETag"]) == (204, "", "\"2\""))
            #expect(try await office.client.get(path).json["Name"] == "Bolt")
            let explained = try await office.client.patch(path + "?explain=true", ["Name": "Cog"], wish)
            #expect(explained.json["record"]?["Name"] == "Cog")
            for other in ["return=representation, return=minimal", "minimal", ""] {
                let whole = try await office.client.patch(path, ["Name": "Whole"], ["Prefer": other])
                #expect(whole.json["Name"] == "Whole" && whole[header: "Preference-Applied"] == nil, "\(other)")
            }
            #expect(try await office.client.patch(path, ["Nam": "Cog"], wish).status == 400)
        }
    }

    @Test func `a record that was read can be sent back whole, changed`() async throws {
        try await Office.run { office in
            let path = "/api/objects/Account/\(try await office.account())"
            var record = try #require(try await office.client.get(path).json.object)
            record["Status"] = "Active Customer"
            let reply = try await office.client.send("PUT", path, .object(record))
            #expect(reply.status == 200, "\(reply.text)")
            #expect(reply.json["Status"] == "Active Customer")
            #expect(reply.json["IsCustomer"] == true)
            #expect(reply.json["Version"] == 2)
            // Its version is the one that was read: meanwhile somebody else has changed it.
            let late = try await office.client.send("PUT", path, .object(record))
            #expect(late.status == 412, "\(late.text)")
            #expect(late.code == "version_mismatch")
        }
    }

    @Test func `no change touches what only the server writes, nor another record`() async throws {
        try await Office.run { office in
            let path = "/api/objects/Account/\(try await office.account())"
            for (name, value) in [("IsCustomer", true), ("Deals", 7), ("Version", 7), ("IsDeleted", true)] as [(String, JSON)] {
                let reply = try await office.client.patch(path, .object([name: value]))
                #expect(reply.status == 422, "\(reply.text)")
                #expect(reply.errors == ["\(name): \(name) cannot be written"])
            }
            for method in ["PATCH", "PUT"] {
                let other = try await office.client.send(method, path, ["Id": .string(try await office.account()), "Name": "A"])
                #expect(other.status == 422, "\(other.text)")
                #expect(try await office.client.send(method, path, ["Nmae": "A"]).code == "unknown_field")
            }
            #expect(try await office.client.get(path).json["Version"] == 1)
        }
    }

    @Test func `a deleted record is gone, and comes back from the recycle bin with its children`() async throws {
        try await Office.run { office in
            let id = try await office.account()
            let contact = try await office.create("Contact", ["Name": "Ada", "AccountId": .string(id)])
            let deleted = try await office.client.delete("/api/objects/Account/\(id)")
            #expect(deleted.status == 204)
            #expect(deleted.bytes.isEmpty)
            #expect(deleted[header: "Content-Length"] == nil)
            for path in ["Account/\(id)", "Contact/\(contact)"] {
                #expect(try await office.client.get("/api/objects/\(path)").status == 404)
            }
            let back = try await office.client.send("POST", "/api/objects/Account/\(id)/undelete")
            #expect(back.status == 200)
            #expect(back.json["Name"] == "Acme")
            #expect(try await office.client.get("/api/objects/Contact/\(contact)").status == 200)
        }
    }

    @Test func `a record with children that restrict it stays`() async throws {
        try await Office.run { office in
            let id = try await office.account()
            _ = try await office.create("Opportunity", ["Name": "Deal", "AccountId": .string(id)])
            let reply = try await office.client.delete("/api/objects/Account/\(id)")
            #expect(reply.status == 409)
            #expect(reply.code == "delete_restricted")
            #expect(reply.hint != nil)
        }
    }

    @Test func `the fields of a read can be chosen, parents by path`() async throws {
        try await Office.run { office in
            let id = try await office.account()
            let reply = try await office.client.get("/api/objects/Account/\(id)?fields=Name,Owner.Name")
            #expect(reply.json == ["Name": "Acme", "Owner": ["Name": "Administrator"]])
            #expect(reply[header: "ETag"] == nil)
        }
    }

    @Test func `the history tells each change with its old and new values`() async throws {
        try await Office.run { office in
            let id = try await office.account()
            _ = try await office.client.patch("/api/objects/Account/\(id)", ["Name": "Initech"])
            let reply = try await office.client.get("/api/objects/Account/\(id)/history")
            let changes = try #require(reply.json["changes"]?.array)
            #expect(changes.map { $0["kind"] } == ["update", "create"])
            #expect(changes.first?["before"] == ["Name": "Acme"])
            #expect(changes.first?["after"] == ["Name": "Initech"])
            #expect(changes.first?["user"]?["Name"] == "Administrator")
            #expect(try await office.client.get("/api/objects/Account/\(id)/history?limit=1").json["changes"]?.array?.count == 1)
        }
    }

    @Test func `a list takes fields, filters, sort, limit, view, search and count from its address`() async throws {
        try await Office.run { office in
            for name in ["Acme", "Bolt & Nut", "Cog"] { _ = try await office.account(name) }
            func list(_ query: String) async throws -> JSON { try await office.client.get("/api/objects/Account?\(query)").json }
            func names(_ query: String) async throws -> [String] {
                try await list(query)["records"]?.array?.compactMap { $0["Name"]?.string } ?? []
            }
            #expect(try await names("sort=-Name") == ["Cog", "Bolt & Nut", "Acme"])
            #expect(try await names("fields=Name&sort=Name&limit=2") == ["Acme", "Bolt & Nut"])
            #expect(try await names("filters=%7B%22Name%22%3A%22Bolt+%26+Nut%22%7D") == ["Bolt & Nut"])
            #expect(try await names("search=cog") == ["Cog"])
            #expect(try await names("view=Mine") == ["Acme", "Bolt & Nut", "Cog"])
            let first = try await list("fields=Name&sort=Name&limit=2&count=true")
            #expect(first["totalCount"] == 3)
            #expect(first["hasMore"] == true)
            let cursor = try #require(first["nextCursor"]?.string)
            #expect(try await names("fields=Name&sort=Name&limit=2&cursor=\(cursor)") == ["Cog"])
        }
    }

    @Test func `a question asks for parents, children and figures`() async throws {
        try await Office.run { office in
            let id = try await office.account()
            for amount in [100, 50] {
                _ = try await office.create(
                    "Opportunity", ["Name": "Deal", "AccountId": .string(id), "Amount": .number(Number(amount))])
            }
            let reply = try await office.client.post(
                "/api/query",
                [
                    "object": "Account", "fields": ["Name", "Owner.Name"],
                    "related": ["Opportunities": ["fields": ["Amount"], "orderBy": ["-Amount"]]],
                ])
            #expect(
                reply.text
                    == #"{"records":[{"Name":"Acme","Owner":{"Name":"Administrator"},"Opportunities":[{"Amount":100.00},{"Amount":50.00}]}],"#
                    + #""hasMore":false,"nextCursor":null}"#)
            let figures = try await office.client.post(
                "/api/query", ["object": "Opportunity", "groupBy": ["Stage"], "aggregate": ["total": ["$sum": "Amount"]]])
            #expect(figures.json["records"] == [["Stage": "Prospecting", "total": 150]])
        }
    }
}
