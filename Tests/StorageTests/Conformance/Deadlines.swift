import SQL
import Storage
import Testing

extension StorageConformance {
    @Test(arguments: Driver.all, Lane.allCases)
    func `a read is interrupted at its deadline`(_ driver: Driver, _ lane: Lane) async throws {
        try await driver.withDatabase { database async throws in
            await #expect(throws: StorageError.deadline) {
                try await database.texts(.endless, lane: lane, deadline: .after(.milliseconds(30)))
            }
            #expect(try await database.texts("SELECT 1", lane: lane) == ["1"])
        }
    }

    @Test(arguments: Driver.all)
    func `a write interrupted at its deadline is undone, and its neighbours are not`(_ driver: Driver) async throws {
        try await driver.withDatabase { database async throws in
            let tally = Tally()
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await database.transaction(deadline: .ample) { _ in await tally.reach(21) } }
                for number in 0..<20 {
                    group.addTask {
                        tally.add()
                        try await database.run(.account(number, name: "Neighbour"))
                    }
                }
                group.addTask {
                    tally.add()
                    await #expect(throws: StorageError.deadline) {
                        try await database.transaction(deadline: .after(.milliseconds(100))) { connection in
                            try await connection.run(.account(100, name: "Slow"))
                            try await connection.run("UPDATE \(name: "Account") SET \(name: "Note") = (\(.endless))")
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await database.names() == Array(repeating: "Neighbour", count: 20))
        }
    }

    @Test(arguments: Driver.all)
    func `a body that carries on after its transaction was given up changes nothing`(_ driver: Driver) async throws {
        try await driver.withDatabase { database async throws in
            await #expect(throws: StorageError.deadline) {
                try await database.transaction(deadline: .after(.milliseconds(30))) { connection in
                    try await connection.run(.account(1))
                    _ = try? await connection.run("UPDATE \(name: "Account") SET \(name: "Note") = (\(.endless))")
                    _ = try? await connection.run(.account(2))
                }
            }
            #expect(try await database.names() == [])
        }
    }

    @Test(arguments: Driver.all)
    func `waiting for the writer counts against the deadline`(_ driver: Driver) async throws {
        try await driver.withDatabase { database async throws in
            try await driver.holdingWriters(of: database) {
                await #expect(throws: StorageError.deadline) {
                    try await database.run(.account(1), deadline: .after(.milliseconds(20)))
                }
            }
            #expect(try await database.names() == [])
        }
    }

    @Test(arguments: Driver.all)
    func `many short statements meet the deadline too`(_ driver: Driver) async throws {
        try await driver.withDatabase { database async throws in
            await #expect(throws: StorageError.deadline) {
                try await database.transaction(deadline: .after(.milliseconds(20))) { connection in
                    for number in 0... { try await connection.run(.account(number)) }
                }
            }
            #expect(try await database.names() == [])
        }
    }

    @Test(arguments: Driver.all)
    func `a deadline that is past lets nothing run`(_ driver: Driver) async throws {
        try await driver.withDatabase { database async throws in
            await #expect(throws: StorageError.deadline) { try await database.run(.account(1), deadline: .after(.zero)) }
            await #expect(throws: StorageError.deadline) {
                try await database.texts("SELECT 1", lane: .long, deadline: .after(.zero))
            }
            await #expect(throws: StorageError.deadline) { try await database.texts("SELECT 1", deadline: .after(.zero)) }
        }
    }

    @Test(arguments: Driver.all)
    func `who is cancelled while waiting gives up the place`(_ driver: Driver) async throws {
        try await driver.withDatabase { database async throws in
            try await driver.holdingWriters(of: database) {
                let waiting = Tally()
                await withTaskGroup(of: Void.self) { group in
                    group.addTask {
                        waiting.add()
                        await #expect(throws: CancellationError.self) { try await database.run(.account(1)) }
                    }
                    await waiting.reach(1)
                    group.cancelAll()
                    await group.waitForAll()
                }
            }
            #expect(try await database.names() == [])
        }
    }

    @Test(arguments: Driver.all)
    func `who is cancelled while running is interrupted and undone`(_ driver: Driver) async throws {
        try await driver.withDatabase { database async throws in
            let running = Tally()
            await withTaskGroup(of: Void.self) { group in
                group.addTask {
                    await #expect(throws: CancellationError.self) {
                        try await database.transaction(deadline: .ample) { connection in
                            try await connection.run(.account(1))
                            running.add()
                            try await connection.run(.endless)
                        }
                    }
                }
                await running.reach(1)
                group.cancelAll()
                await group.waitForAll()
            }
            #expect(try await database.names() == [])
        }
    }
}
