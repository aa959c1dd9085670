import Engine
import Testing
import Values

@Suite struct `A won opportunity` {
    private let win: JSON.Members = ["Stage": "Closed Won", "Amount": 48_000]

    private func business() async throws -> (ShippedBusiness, account: String) {
        let business = try await ShippedBusiness()
        return (business, try await business.create("Account", ["Name": "Acme", "Phone": "+1 212 555-0100"]))
    }

    private func deal(_ account: String, _ name: String = "Rollout") -> JSON.Members {
        [
            "Name": .string(name), "AccountId": .string(account), "Stage": "Negotiation", "Amount": 48_000,
            "CloseDate": "2026-06-30",
        ]
    }

    @Test func `drafts the contract, makes the account an active customer and tells the owner`() async throws {
        let (business, account) = try await business()
        let id = try await business.create("Opportunity", deal(account))
        #expect(try await business.records(["object": "Contract"]).isEmpty)
        _ = try await business.engine.write([.update(object: "Opportunity", id: id, values: win)], as: .administrator())

        let contracts = try await business.records([
            "object": "Contract", "fields": ["AccountId", "OpportunityId", "Status", "ContractValue", "ContractTerm"],
        ])
        #expect(
            contracts == [
                [
                    "AccountId": .string(account), "OpportunityId": .string(id), "Status": "Draft", "ContractValue": 48_000,
                    "ContractTerm": 12,
                ]
            ])
        #expect(
            try await business.records(["object": "Account", "fields": ["CustomerStatus"]]) == [
                ["CustomerStatus": "Active Customer"]
            ])
        let messages = try await business.records([
            "object": "Notification", "fields": ["Subject"], "filters": ["Subject": ["$startsWith": "Rollout is won"]],
        ])
        #expect(messages.count == 1)
        await business.close()
    }

    @Test func `works for many at once as for one`() async throws {
        let (business, account) = try await business()
        let made = try await business.engine.write(
            (1...20).map { .create(object: "Opportunity", values: deal(account, "Deal \($0)")) }, as: .administrator())
        let ids = try made.results.map { try $0.get().id }
        _ = try await business.engine.write(
            ids.map { .update(object: "Opportunity", id: $0, values: win) }, as: .administrator())
        #expect(try await business.records(["object": "Contract"]).count == 20)
        await business.close()
    }

    @Test func `leaves nothing behind where the contract is refused`() async throws {
        let (business, account) = try await business()
        let id = try await business.create("Opportunity", deal(account))
        // A won deal without an amount breaks a rule: the stage, the contract and the account stay as they were.
        await #expect(throws: Problem.self) {
            try await business.engine.write(
                [.update(object: "Opportunity", id: id, values: ["Stage": "Closed Won", "Amount": nil])], as: .administrator())
        }
        #expect(try await business.records(["object": "Contract"]).isEmpty)
        #expect(
            try await business.records(["object": "Account", "fields": ["CustomerStatus"]]) == [["CustomerStatus": "Prospect"]])
        #expect(try await business.records(["object": "Opportunity", "fields": ["Stage"]]) == [["Stage": "Negotiation"]])
        await business.close()
    }

    @Test func `that stays won drafts no second contract`() async throws {
        let (business, account) = try await business()
        let id = try await business.create("Opportunity", deal(account))
        for name in ["One", "Two"] {
            var values = win
            values["Name"] = .string(name)
            _ = try await business.engine.write([.update(object: "Opportunity", id: id, values: values)], as: .administrator())
        }
        #expect(try await business.records(["object": "Contract"]).count == 1)
        await business.close()
    }
}
