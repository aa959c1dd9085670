import Foundation
import SQL
import Storage
import Testing
import Values

/// What happens to SQLite when the machine fails it.
@Suite struct SQLiteFaults {
    @Test func `every acknowledged write survives kill -9, and none is there by half`() async throws {
        let scratch = try SQLiteScratch()
        let acknowledged = try await acknowledgedUntilKilled(in: scratch.path, after: 1000)

        let database = try await scratch.open()
        let parents = Set(try await database.texts("SELECT \(name: "Id") FROM \(name: "Parent")", lane: .long))
        let children = Set(try await database.texts("SELECT \(name: "Id") FROM \(name: "Child")", lane: .long))
        #expect(acknowledged.count >= 1000)
        #expect(acknowledged.subtracting(parents) == [])
        #expect(parents == children)
        #expect(try await database.texts("PRAGMA integrity_check", lane: .long) == ["ok"])
        await database.close()
    }

    @Test func `a full disk is told, loses nothing acknowledged, and is over when there is room again`() async throws {
        let scratch = try SQLiteScratch()
        let database = try await scratch.open()
        try await database.migrate(to: .sales)
        let pages = try await database.texts("PRAGMA page_count")[0]
        try await database.run(Fragment(sql: "PRAGMA max_page_count = \((Int(pages) ?? 0) + 40)"))

        let written = try await withThrowingTaskGroup(of: String?.self) { group in
            for number in 0..<100 {
                group.addTask {
                    do {
                        try await database.run(.account(number, name: String(repeating: "x", count: 3_000)))
                        return id(number)
                    } catch StorageError.full { return nil }
                }
            }
            return try await group.reduce(into: Set<String>()) { ids, id in if let id { ids.insert(id) } }
        }
        #expect(!written.isEmpty && written.count < 100)
        #expect(Set(try await database.texts("SELECT \(name: "Id") FROM \(name: "Account")")) == written)

        try await database.run("PRAGMA max_page_count = 100000")
        try await database.run(.account(500))
        #expect(try await database.names().count == written.count + 1)
        #expect(try await database.texts("PRAGMA integrity_check", lane: .long) == ["ok"])
        await database.close()
    }

    @Test func `a file another connection holds gives busy within the deadline, and works after`() async throws {
        let scratch = try SQLiteScratch()
        let (first, second) = (try await scratch.open(), try await scratch.open())
        try await first.migrate(to: .sales)
        let (gate, started) = (Gate(), Tally())
        async let holding: Void = first.transaction(deadline: .ample) { connection in
            try await connection.run(.account(1, name: "First"))
            started.add()
            await gate.pass()
        }
        await started.reach(1)
        await #expect { try await second.run(.account(2), deadline: .after(.seconds(2))) } throws: { error in
            if case .busy = error as? StorageError { true } else { false }
        }
        // Who may wait longer does, and reads do not wait at all.
        #expect(try await second.names() == [])
        async let patient = second.run(.account(3, name: "Patient"))
        gate.open()
        try await holding
        #expect(try await patient == 1)
        #expect(try await first.names() == ["First", "Patient"])
        await first.close()
        await second.close()
    }

    @Test func `patience with another connection ends`() async throws {
        let scratch = try SQLiteScratch()
        var options = SQLiteDatabase.Options()
        options.busyTimeout = .milliseconds(50)
        let (first, second) = (try await scratch.open(), try await scratch.open(options))
        try await first.migrate(to: .sales)
        let (gate, started) = (Gate(), Tally())
        async let holding: Void = first.transaction(deadline: .ample) { _ in
            started.add()
            await gate.pass()
        }
        await started.reach(1)
        await #expect { try await second.run(.account(2)) } throws: { error in
            if case .busy = error as? StorageError { true } else { false }
        }
        await #expect { try await second.migrate(to: Schema(tables: [])) } throws: { error in
            if case .busy = error as? StorageError { true } else { false }
        }
        gate.open()
        try await holding
        await first.close()
        await second.close()
    }

    @Test func `a file that is no database is told apart`() async throws {
        let scratch = try SQLiteScratch()
        try Data("Dear diary, today I became a text file, and a rather long one at that.".utf8).write(
            to: URL(filePath: scratch.path))
        await #expect { try await scratch.open() } throws: { error in
            if case .corrupt = error as? StorageError { true } else { false }
        }
    }

    @Test func `a damaged page is an error of the statement that meets it`() async throws {
        let scratch = try SQLiteScratch()
        let first = try await scratch.open()
        try await first.migrate(to: .sales)
        for number in 0..<200 { try await first.run(.account(number, name: String(repeating: "x", count: 500))) }
        await first.close()
        let file = try FileHandle(forUpdating: URL(filePath: scratch.path))
        let size = try file.seekToEnd()
        try file.seek(toOffset: 4096 * 2)
        try file.write(contentsOf: Data(repeating: 0xFF, count: Int(size) - 4096 * 2))
        try file.close()

        let database = try await scratch.open()
        await #expect { try await database.names() } throws: { error in
            if case .corrupt = error as? StorageError { true } else { false }
        }
        await database.close()
    }

    @Test(arguments: ["/proc/martlet.sqlite", "/no/such/folder/martlet.sqlite", "/"])
    func `a path that cannot be written is unavailable`(_ path: String) async throws {
        await #expect { try await SQLiteDatabase.open(path: path) } throws: { error in
            if case .unavailable = error as? StorageError { true } else { false }
        }
    }

    @Test(arguments: ["", ":memory:"])
    func `a database without a file is refused`(_ path: String) async throws {
        await #expect(throws: StorageError.unavailable("it needs a file, and \"\(path)\" names none")) {
            try await SQLiteDatabase.open(path: path)
        }
    }
}
