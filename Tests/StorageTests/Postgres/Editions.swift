import PostgresCluster
import SQL
import Storage
import Testing

/// What servers of one database agree on.
@Suite struct Editions {
    private static let (first, second) = (Edition(version: "1", source: "one"), Edition(version: "2", source: "two"))

    private func withDatabases(_ body: (PostgresDatabase, PostgresDatabase) async throws -> Void) async throws {
        let scratch = try await PostgresScratch()
        let (one, other) = (try await scratch.open { _ in }, try await scratch.open { _ in })
        try await one.adopt(Editions.first)
        try await body(one, other)
        await one.close()
        await other.close()
        withExtendedLifetime(scratch) {}
    }

    @Test func `none is in force before one is named`() async throws {
        let scratch = try await PostgresScratch()
        let database = try await scratch.open()
        #expect(try await database.edition(otherThan: "1") == nil)
        #expect(try await !database.isKnown(edition: "1"))
        await database.close()
    }

    @Test func `the latest is in force, and earlier ones are known`() async throws {
        try await withDatabases { one, other async throws in
            #expect(try await other.edition(otherThan: "1") == nil)
            try await one.adopt(Editions.second)
            #expect(try await other.edition(otherThan: "1") == Editions.second)
            #expect(try await other.isKnown(edition: "1"))
            try await one.adopt(Editions.first)
            #expect(try await other.edition(otherThan: "2") == Editions.first)
            #expect(try await !other.isKnown(edition: "3"))
        }
    }

    @Test func `who goes by an old one is told before anything is written`() async throws {
        try await withDatabases { one, other async throws in
            _ = try await other.transaction(under: "1", deadline: .ample) { try await $0.run(.account(1)) }
            try await one.adopt(Editions.second)
            await #expect(throws: StorageError.superseded) {
                try await other.transaction(under: "1", deadline: .ample) { try await $0.run(.account(2)) }
            }
            await #expect(throws: StorageError.superseded) {
                try await other.transaction(under: "1", deadline: .ample) { connection in
                    try? await connection.nested { try await connection.run(.account(3)) }
                }
            }
            _ = try await other.transaction(under: "2", deadline: .ample) { try await $0.run(.account(4, name: "New")) }
            #expect(try await one.names() == ["Acme", "New"])
        }
    }

    @Test func `who goes by an old one is told even where it refuses by itself, or asks nothing`() async throws {
        struct Refused: Error {}
        try await withDatabases { one, other async throws in
            await #expect(throws: Refused.self) {
                try await other.transaction(under: "1", deadline: .ample) { _ in throw Refused() }
            }
            try await one.adopt(Editions.second)
            await #expect(throws: StorageError.superseded) {
                try await other.transaction(under: "1", deadline: .ample) { _ in throw Refused() }
            }
            await #expect(throws: StorageError.superseded) {
                try await other.transaction(under: "1", deadline: .ample) { _ in }
            }
        }
    }

    @Test func `a new one waits for those who write by the old one`() async throws {
        try await withDatabases { one, other async throws in
            let (gate, started, adopted) = (Gate(), Tally(), Tally())
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    try await other.transaction(under: "1", deadline: .ample) { connection in
                        try await connection.run(.account(1))
                        started.add()
                        await gate.pass()
                        #expect(adopted.value == 0)
                    }
                }
                await started.reach(1)
                group.addTask {
                    try await one.adopt(Editions.second)
                    adopted.add()
                }
                // It asks for the lock while the writer holds it.
                let isWaiting: Fragment = """
                    SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
                    AND objid::bigint = hashtext(current_schema())::bigint & 4294967295
                    """
                while try await other.texts(isWaiting) == ["0"] {}
                gate.open()
                try await group.waitForAll()
            }
        }
    }
}

extension PostgresDatabase {
    fileprivate func adopt(_ edition: Edition) async throws {
        _ = try await migrate(to: .sales, edition: edition, allowDestructive: false) { _ in }
    }
}
