import Engine
import ObjectQL
import Testing
import Values

@Suite struct `Creating records` {
    @Test func `a new record has its values, defaults and system fields`() async throws {
        try await World.run { world in
            let id = try await world.account("Acme", ["Credit": 12])
            let record = try await world.record("Account", id)
            #expect(record["Name"] == "Acme")
            #expect(record["Status"] == "Prospect")
            #expect(record["OwnerId"]?.string == world.session.user.id)
            #expect(record["Credit"]?.description == "12")
            #expect(record["CreatedDate"] == "2026-03-31T00:00:00Z")
            #expect(record["Version"] == 1)
            #expect(record["AccountNumber"] == "AC-0001")
            #expect(record["OpenAmount"] == 0)
            #expect(record["IsBig"] == false)
        }
    }

    @Test func `a formula default sees what the caller gave`() async throws {
        try await World.run { world in
            let account = try await world.account()
            let id = try await world.create("Contact", ["Name": "Ann", "AccountId": .string(account)])
            #expect(try await world.record("Contact", id)["Greeting"] == "Dear Ann")
        }
    }

    struct Refusal: Sendable {
        let values: JSON.Members
        let kind: Problem.Kind
        let code: String
    }

    static let refusals = [
        Refusal(values: ["Name": "A", "Phone": "+1 555 0100", "Nmae": "B"], kind: .malformed, code: "unknown_field"),
        Refusal(values: ["Name": "A"], kind: .unprocessable, code: "rule_violation"),
        Refusal(values: ["Phone": "+1 555 0100"], kind: .unprocessable, code: "validation_failed"),
        Refusal(values: ["Name": "A", "Phone": "+1 555 0100", "Status": "X"], kind: .unprocessable, code: "validation_failed"),
        Refusal(values: ["Name": "A", "Phone": "+1 555 0100", "Credit": -1], kind: .unprocessable, code: "validation_failed"),
        Refusal(values: ["Name": "A", "Phone": "+1 555 0100", "IsBig": true], kind: .unprocessable, code: "validation_failed"),
        Refusal(
            values: ["Name": "A", "Phone": "+1 555 0100", "ParentId": "00000000-0000-7000-8000-00000000abcd"],
            kind: .unprocessable, code: "validation_failed"),
    ]

    @Test(arguments: refusals)
    func `what does not hold is refused with its reason`(refusal: Refusal) async throws {
        try await World.run { world in
            let problem = await world.problem { try await world.create("Account", refusal.values) }
            #expect(problem?.kind == refusal.kind)
            #expect(problem?.code == refusal.code)
            try await world.expect(0, of: "Account")
        }
    }

    @Test func `a rule's message comes with its field`() async throws {
        try await World.run { world in
            let problem = await world.problem { try await world.create("Account", ["Name": "Silent"]) }
            #expect(
                problem?.errors == [
                    .init(field: "Phone", code: "rule", message: "An account needs a phone number or an e-mail address")
                ])
        }
    }

    @Test func `an unknown field is met with a suggestion`() async throws {
        try await World.run { world in
            let problem = await world.problem { try await world.create("Account", ["Nmae": "A"]) }
            #expect(problem?.hint == "Did you mean Name?")
        }
    }

    @Test func `all mistakes of a record are told at once`() async throws {
        try await World.run { world in
            let problem = await world.problem {
                try await world.create("Account", ["Name": "A", "Credit": "much", "Status": "X", "Email": "nobody"])
            }
            #expect(Set(problem?.errors.map(\.field) ?? []) == ["Credit", "Status", "Email"])
        }
    }

    @Test func `autonumbers have no gaps, whatever was refused in between`() async throws {
        try await World.run { world in
            _ = try await world.account("One")
            _ = await world.problem { try await world.create("Account", ["Name": "Refused"]) }
            let id = try await world.account("Two")
            #expect(try await world.record("Account", id)["AccountNumber"] == "AC-0002")
        }
    }

    @Test func `what was refused of a batch leaves its numbers to the others`() async throws {
        try await World.run { world in
            var requests = ["One", "Two", "Three", "Four"].map { name in
                WriteRequest.create(object: "Account", values: ["Name": .string(name), "Phone": "+1 555 0100"])
            }
            requests.insert(.create(object: "Account", values: ["Name": "Refused"]), at: 1)
            let results = try await world.engine.write(
                requests, as: world.session, options: WriteOptions(allOrNone: false)
            ).results
            #expect(results.map { (try? $0.get()) != nil } == [true, false, true, true, true])
            _ = try await world.account("Five")
            let query: JSON = ["object": "Account", "fields": ["AccountNumber"], "orderBy": [["field": "AccountNumber"]]]
            let accounts = try await world.engine.read(try Query(json: query), as: world.session).records
            #expect(accounts.map { $0["AccountNumber"]?.string } == (1...5).map { "AC-000\($0)" })
        }
    }

    @Test func `an autonumber with a date begins anew each period`() async throws {
        try await World.run { world in
            var world = world
            let account = try await world.account()
            let first = try await world.create("Contract", ["AccountId": .string(account)])
            world.session = Session.administrator(now: Instant(Day(year: 2026, month: 4, day: 1) ?? .earliest))
            let second = try await world.create("Contract", ["AccountId": .string(account)])
            #expect(try await world.record("Contract", first)["ContractNumber"] == "CT-202603-001")
            #expect(try await world.record("Contract", second)["ContractNumber"] == "CT-202604-001")
        }
    }

    @Test func `a unique value is refused a second time, and free again after a deletion`() async throws {
        try await World.run { world in
            let account = try await world.account()
            let values: JSON.Members = ["Name": "Ann", "AccountId": .string(account), "Email": "ann@acme.example"]
            let id = try await world.create("Contact", values)
            let problem = await world.problem { try await world.create("Contact", values) }
            #expect(problem?.errors.first?.code == "duplicate")
            #expect(problem?.errors.first?.message.contains(id) == true)
            try await world.delete("Contact", id)
            try await world.create("Contact", values)
        }
    }

    @Test func `an option that depends on another field needs its value`() async throws {
        try await World.run { world in
            let account = try await world.account()
            var values: JSON.Members = ["Name": "D", "AccountId": .string(account), "Channel": "Direct", "Program": "Gold"]
            let problem = await world.problem { try await world.create("Opportunity", values) }
            #expect(problem?.errors.map(\.field) == ["Program"])
            values["Channel"] = "Partner"
            let id = try await world.create("Opportunity", values)
            let second = await world.problem { try await world.update("Opportunity", id, ["Channel": "Direct"]) }
            #expect(second?.errors.map(\.field) == ["Program"])
        }
    }

    @Test func `a polymorphic lookup knows which object it points at`() async throws {
        try await World.run { world in
            let account = try await world.account()
            let contact = try await world.create("Contact", ["Name": "Ann", "AccountId": .string(account)])
            let id = try await world.create(
                "Opportunity", ["Name": "Deal", "AccountId": .string(account), "WhatId": .string(contact)])
            let found = try await world.query([
                "object": "Opportunity", "fields": ["What.Name", "What.Type"], "filters": ["Id": .string(id)],
            ])
            #expect(found.first?["What"]?["Name"] == "Ann")
            #expect(found.first?["What"]?["Type"] == "Contact")
        }
    }
}
