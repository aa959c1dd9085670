import Engine
import Formula
import Metadata
import NIOHTTP1
import Testing
import Values

@Suite("What the server says of itself")
struct DescriptionTests {
    @Test func `the objects are listed`() async throws {
        try await Office.run { office in
            let objects = try await office.client.get("/api/metadata/objects").json["objects"]?.array ?? []
            #expect(objects.contains { $0["name"] == "Opportunity" })
            let account = try #require(objects.first { $0["name"] == "Account" })
            #expect(
                account == [
                    "name": "Account", "label": "Account", "labelPlural": "Accounts", "icon": "building",
                    "description": "A company",
                    "nameField": "Name", "features": ["searchable", "trackFieldHistory"],
                ])
        }
    }

    @Test func `an object is described with everything that metadata says of it`() async throws {
        try await Office.run { office in
            let object = try await office.client.get("/api/metadata/objects/account").json
            let fields = try #require(object["fields"]?.array)
            func field(_ name: String) -> JSON? { fields.first { $0["name"]?.string == name } }
            #expect(field("Name")?["length"] == 80)
            #expect(field("Name")?["required"] == true)
            #expect(field("Id")?["system"] == true)
            #expect(field("OwnerId")?["referenceTo"] == ["User"])
            #expect(field("OwnerId")?["defaultValue"] == "$currentUser")
            #expect(field("Credit")?["visibleWhen"] == [["field": "Status", "operator": "notEquals", "value": "Churned"]])
            #expect(
                field("Status")?["options"]?.array?.first == [
                    "value": "Prospect", "label": "Prospect", "active": true, "default": true,
                ])
            #expect(field("Deals")?["summary"]?["function"] == "count")
            #expect(object["relationships"]?.array?.first?["foreignKey"] == "AccountId")
            #expect(
                object["listViews"]?.array?.first?["filters"] == [
                    ["field": "OwnerId", "operator": "equals", "value": "$currentUser"]
                ])
            #expect(object["validationRules"]?.array?.first?["formula"] == "AND(ISBLANK(Phone), ISBLANK(Email))")
            #expect(object["pageLayout"]?["sections"]?.array?.first?["fields"] == ["Name", "Status", "Phone"])
        }
    }

    @Test func `the functions of formulas are listed from the table that reads them`() async throws {
        try await Office.run { office in
            let functions = try await office.client.get("/api/metadata/functions").json["functions"]?.array ?? []
            #expect(functions.count == Functions.all.count)
            let round = try #require(functions.first { $0["name"] == "ROUND" })
            #expect(round["family"] == "Math" && round["signature"] == "ROUND(number, digits)")
            #expect(round["example"] == "ROUND(-2.345, 2)" && round["result"] == "-2.35")
            #expect(round["description"]?.string?.isEmpty == false)
            #expect(functions.first { $0["signature"] == "-a" }?["name"] == "-")
            #expect(functions.first { $0["name"] == "NOW" }?["result"] == .null)
        }
    }

    @Test func `descriptions are sent again only after the metadata changed`() async throws {
        try await Office.run { office in
            for path in ["/api/metadata/objects", "/api/metadata/objects/Account", "/api/openapi.json"] {
                let tag = try #require(try await office.client.get(path)[header: "ETag"])
                let again = try await office.client.get(path, ["If-None-Match": tag])
                #expect(again.status == 304)
                #expect(try await office.client.get(path, ["If-None-Match": "\"other\""]).status == 200)
            }
        }
    }

    @Test func `new metadata is in force at once`() async throws {
        try await Office.run { office in
            #expect(try await office.client.get("/api/objects/Invoice").status == 404)
            let file = SourceFile(
                "metadata/Invoice.object.yml",
                "name: Invoice\nlabel: Invoice\nlabelPlural: Invoices\nfields: [{ name: Name, type: text }, { name: Total, type: currency }]"
            )
            try await office.engine.install(Office.registry(Business.files + [file]))
            let id = try await office.create("Invoice", ["Name": "I-1", "Total": 5])
            #expect(try await office.client.get("/api/objects/Invoice/\(id)?fields=Total").text == #"{"Total":5.00}"#)
            #expect(try await office.client.get("/api/openapi.json").json["paths"]?["/api/objects/Invoice"] != nil)
        }
    }

    @Test func `the way in lists the routes, as a page for a browser`() async throws {
        try await Office.run { office in
            let json = try await office.client.get("/")
            #expect(json.json["routes"]?.array?.contains { $0["path"] == "/api/query" } ?? false)
            let page = try await office.client.get("/", ["Accept": "text/html,*/*"])
            #expect(page[header: "Content-Type"] == "text/html; charset=utf-8")
            #expect(page.text.contains("<a href=\"/api/openapi.json\">"))
        }
    }

    @Test func `a write explains what ran`() async throws {
        try await Office.run { office in
            let created = try await office.client.post(
                "/api/objects/Account?explain=true", ["Name": "Acme", "Email": "a@b.example"])
            #expect(created.status == 201)
            #expect(created.json["record"]?["Name"] == "Acme")
            let steps = created.json["explain"]?["steps"]?.array ?? []
            #expect(steps.contains { $0["kind"] == "rule" && $0["name"] == "Reachable" })
            let id = try #require(created.json["record"]?["Id"]?.string)
            let deleted = try await office.client.delete("/api/objects/Account/\(id)?explain=true")
            #expect(deleted.status == 200)
            #expect(deleted.json["explain"]?["steps"] != nil)
        }
    }
}
