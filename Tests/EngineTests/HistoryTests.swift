import Engine
import Testing
import Values

extension World {
    func history(_ object: String, _ id: String) async throws -> JSON { try await engine.history(object, id: id, as: session) }
}

@Suite struct `The change log` {
    @Test func `it tells who changed what, when, from what to what, the newest first`() async throws {
        try await World.run { world in
            let id = try await world.account("Before")
            try await world.update("Account", id, ["Name": "After"])
            let entries = try #require(try await world.history("Account", id).array)
            #expect(entries.map { $0["kind"] } == ["update", "create"])
            #expect(entries[0]["before"] == ["Name": "Before"])
            #expect(entries[0]["after"] == ["Name": "After"])
            #expect(entries[0]["user"]?["Name"] == "Administrator")
            #expect(entries[0]["at"] == "2026-03-31T00:00:00Z")
            #expect(entries[0]["version"] == 2)
        }
    }

    @Test func `a refused write leaves no entry`() async throws {
        try await World.run { world in
            let id = try await world.account()
            _ = await world.problem { try await world.update("Account", id, ["Email": "nobody"]) }
            #expect(try await world.history("Account", id).array?.count == 1)
        }
    }
}
