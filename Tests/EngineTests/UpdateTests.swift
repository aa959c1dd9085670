import Engine
import Testing
import Values

@Suite struct `Updating records` {
    @Test func `fields that are not named stay`() async throws {
        try await World.run { world in
            let id = try await world.account("Acme", ["Credit": 5])
            try await world.update("Account", id, ["Name": "Acme Corp"])
            let record = try await world.record("Account", id)
            #expect(record["Name"] == "Acme Corp")
            #expect(record["Credit"] == 5)
            #expect(record["Version"] == 2)
        }
    }

    @Test func `a change made for an old version is refused`() async throws {
        try await World.run { world in
            let id = try await world.account()
            try await world.update("Account", id, ["Name": "Mine"], version: 1)
            let problem = await world.problem { try await world.update("Account", id, ["Name": "Yours"], version: 1) }
            #expect(problem?.kind == .versionMismatch)
            #expect(try await world.record("Account", id)["Name"] == "Mine")
        }
    }

    @Test func `rules see the value before`() async throws {
        try await World.run { world in
            let id = try await world.account("Acme", ["Status": "Churned"])
            let problem = await world.problem { try await world.update("Account", id, ["Status": "Prospect"]) }
            #expect(problem?.detail == "A churned account stays churned")
            try await world.update("Account", id, ["Name": "Still churned"])
        }
    }

    @Test func `rules read parents, also those changed in the same request`() async throws {
        try await World.run { world in
            let id = try await world.account()
            let problem = await #expect(throws: BatchProblem.self) {
                _ = try await world.write([
                    .update(object: "Account", id: id, values: ["Status": "Churned"]),
                    .create(object: "Opportunity", values: ["Name": "Late", "AccountId": .string(id)]),
                ])
            }
            #expect(problem?.problems.map { $0?.detail } == [nil, "No deals with churned accounts"])
            #expect(try await world.record("Account", id)["Status"] == "Prospect")
        }
    }

    @Test func `a record cannot be its own ancestor`() async throws {
        try await World.run { world in
            let top = try await world.account("Top")
            let middle = try await world.account("Middle", ["ParentId": .string(top)])
            let problem = await world.problem { try await world.update("Account", top, ["ParentId": .string(middle)]) }
            #expect(problem?.errors.first?.code == "circular")
        }
    }

    @Test func `an upsert makes a record once and then changes it`() async throws {
        try await World.run { world in
            let first = WriteRequest.upsert(
                object: "Account", values: ["ExternalKey": "K1", "Name": "One", "Phone": "+1 555 0100"], externalID: "ExternalKey"
            )
            let second = WriteRequest.upsert(
                object: "Account", values: ["ExternalKey": "K1", "Name": "Two"], externalID: "externalkey")
            let outcome = try await world.engine.write([first, second], as: world.session)
            let done = try outcome.results.map { try $0.get() }
            #expect(done.map(\.kind) == [.create, .update])
            #expect(done[0].id == done[1].id)
            #expect(try await world.record("Account", done[0].id)["Name"] == "Two")
            try await world.expect(1, of: "Account")
        }
    }

    @Test func `one record changed twice in a request is changed in two steps`() async throws {
        try await World.run { world in
            let id = try await world.account()
            _ = try await world.write([
                .update(object: "Account", id: id, values: ["Name": "First"]),
                .update(object: "Account", id: id, values: ["Name": "Second"]),
            ])
            let record = try await world.record("Account", id)
            #expect(record["Name"] == "Second")
            #expect(record["Version"] == 3)
        }
    }
}
