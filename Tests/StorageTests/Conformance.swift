import SQL
import Storage
import Testing

/// The promises of `Database`, stated once and held by every driver. The folder beside has them by topic.
@Suite struct StorageConformance {
    @Test(arguments: Driver.all)
    func `what is written is there when the database is opened again`(_ driver: Driver) async throws {
        let scratch = try await driver.make()
        let first = try await scratch.open()
        try await first.migrate(to: .sales)
        try await first.run(.account(1, name: "Acme"))
        await first.close()

        let second = try await scratch.open()
        #expect(try await second.names() == ["Acme"])
        await second.close()
    }

    @Test(arguments: Driver.all)
    func `a closed database has finished what ran and refuses the rest`(_ driver: Driver) async throws {
        try await driver.withDatabase { database async throws in
            let (gate, started) = (Gate(), Tally())
            async let running: Void = database.transaction(deadline: .ample) { connection in
                started.add()
                await gate.pass()
                try await connection.run(.account(1))
            }
            await started.reach(1)
            async let closed: Void = database.close()
            gate.open()
            try await running
            await closed
            await #expect(throws: StorageError.unavailable("it is closed")) { try await database.run(.account(2)) }
            await #expect(throws: StorageError.unavailable("it is closed")) { try await database.names() }
        }
    }
}
