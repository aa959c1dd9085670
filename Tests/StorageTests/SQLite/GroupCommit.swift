import SQL
import Storage
import Testing

@Suite struct SQLiteGroupCommit {
    @Test func `transactions that wait together share one commit`() async throws {
        let scratch = try SQLiteScratch()
        let database = try await scratch.open(SQLiteDatabase.Options())
        try await database.migrate(to: .sales)

        let start = scratch.logSize
        for number in 0..<64 { try await database.run(.contact(number)) }
        let alone = scratch.logSize - start

        let tally = Tally()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await database.transaction(deadline: .ample) { _ in await tally.reach(64) } }
            for number in 64..<128 {
                group.addTask {
                    tally.add()
                    try await database.run(.contact(number))
                }
            }
            try await group.waitForAll()
        }
        let together = scratch.logSize - start - alone
        // Every commit writes each page it changed to the log.
        #expect(together * 4 < alone, "\(together) bytes for a group, \(alone) one by one")
        await database.close()
    }

    @Test func `a waiting line has an end`() async throws {
        let scratch = try SQLiteScratch()
        var options = SQLiteDatabase.Options()
        options.lineLimit = 2
        let database = try await scratch.open(options)
        try await database.migrate(to: .sales)
        let (gate, started) = (Gate(), Tally())
        async let holding: Void = database.transaction(deadline: .ample) { _ in
            started.add()
            await gate.pass()
        }
        await started.reach(1)
        let refused = await withTaskGroup(of: Bool.self) { group in
            let done = Tally()
            for number in 0..<10 {
                group.addTask {
                    do {
                        try await database.run(.contact(number))
                        return false
                    } catch {
                        done.add()
                        return error as? StorageError
                            == .busy("2 transactions or reads wait already")
                    }
                }
            }
            await done.reach(8)
            gate.open()
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(refused == 8)
        try await holding
        await database.close()
    }

    @Test func `the write-ahead log starts over instead of growing for ever`() async throws {
        let scratch = try SQLiteScratch()
        var options = SQLiteDatabase.Options()
        options.checkpointPages = 100
        let database = try await scratch.open(options)
        try await database.migrate(to: .sales)
        var largest = 0
        for round in 0..<30 {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<64 {
                    group.addTask {
                        try await database.run(.account(round * 64 + number, name: String(repeating: "x", count: 2_000)))
                    }
                }
                try await group.waitForAll()
            }
            largest = max(largest, scratch.logSize)
        }
        #expect(try await database.names().count == 30 * 64)
        #expect(largest < 1_000 * 4096, "\(largest) bytes")
        await database.close()
        #expect(scratch.logSize == 0)
    }

    @Test func `the log is copied aside when it is long, then to its end by the writer`() {
        var log = WriteAheadLog(limit: 100)
        #expect(log.grew(to: 99) == .nothing)
        #expect(log.grew(to: 101) == .copyAside)
        #expect(log.grew(to: 120) == .nothing)
        log.copied()
        #expect(log.grew(to: 130) == .copyRest)
        // A reader keeps old pages in use: the next copy is due a while later, not at once.
        #expect(log.grew(to: 140) == .nothing)
        #expect(log.grew(to: 231) == .copyAside)
        log.copied()
        #expect(log.grew(to: 240) == .copyRest)
        #expect(log.grew(to: 3) == .nothing)
        #expect(log.grew(to: 100) == .copyAside)
    }
}

extension Fragment {
    fileprivate static func contact(_ number: Int) -> Fragment {
        "INSERT INTO \(name: "Contact") VALUES (\(.id(id(number))), \(.text("Smith")), NULL)"
    }
}
