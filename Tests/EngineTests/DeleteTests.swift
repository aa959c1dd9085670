import Engine
import Testing
import Values

@Suite struct `Deleting records` {
    @Test func `details go with their master, lookups are cleared, and both come back`() async throws {
        try await World.run { world in
            let account = try await world.account()
            let contact = try await world.create("Contact", ["Name": "Ann", "AccountId": .string(account)])
            let other = try await world.account("Other")
            let deal = try await world.create(
                "Opportunity", ["Name": "D", "AccountId": .string(other), "ContactId": .string(contact)])
            try await world.delete("Account", account)
            try await world.expect(0, of: "Contact")
            #expect(try await world.record("Opportunity", deal)["ContactId"] == .null)
            _ = try await world.write([.undelete(object: "Account", id: account)])
            #expect(try await world.record("Contact", contact)["Name"] == "Ann")
        }
    }

    @Test func `what is deleted and brought back in one write is there with its details`() async throws {
        try await World.run { world in
            let account = try await world.account()
            let contact = try await world.create("Contact", ["Name": "Ann", "AccountId": .string(account)])
            let both: [WriteRequest] = [.delete(object: "Account", id: account), .undelete(object: "Account", id: account)]
            for allOrNone in [true, false] {
                _ = try await world.write(both, WriteOptions(allOrNone: allOrNone))
                #expect(try await world.record("Contact", contact)["Name"] == "Ann")
            }
        }
    }

    @Test func `a restricting child keeps its parent, and the problem says which`() async throws {
        try await World.run { world in
            let account = try await world.account()
            let contract = try await world.create("Contract", ["AccountId": .string(account)])
            let problem = await world.problem { try await world.delete("Account", account) }
            #expect(problem?.code == "delete_restricted")
            #expect(problem?.detail.contains(contract) == true)
            try await world.expect(1, of: "Account")
        }
    }

    @Test func `a deleted record is not found, neither to read nor to change`() async throws {
        try await World.run { world in
            let id = try await world.account()
            try await world.delete("Account", id)
            let problems = [
                await world.problem { _ = try await world.record("Account", id) },
                await world.problem { try await world.update("Account", id, ["Name": "X"]) },
                await world.problem { try await world.delete("Account", id) },
            ]
            #expect(problems.map { $0?.kind } == [.notFound, .notFound, .notFound])
        }
    }
}
