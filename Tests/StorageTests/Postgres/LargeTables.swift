import PostgresCluster
import SQL
import Storage
import Synchronization
import Testing
import Values

/// Changes of large tables, during which others work on.
@Suite(.timeLimit(.minutes(2))) struct LargeTables {
    static let rows = 4_500

    func withDatabase(_ body: (PostgresScratch, PostgresDatabase) async throws -> Void) async throws {
        let scratch = try await PostgresScratch()
        let database = try await scratch.open { $0.largeTable = 1_000 }
        try await database.migrate(to: .sales)
        try await database.command(
            """
            INSERT INTO "Account" ("Id", "Name", "Revenue")
            SELECT ('00000000-0000-7000-8000-' || lpad(i::text, 12, '0'))::uuid, 'Account ' || i, i FROM generate_series(1, \(Self.rows)) i
            """)
        try await body(scratch, database)
        await database.close()
        withExtendedLifetime(scratch) {}
    }

    /// Revenue as a text with an index, which it had as a number.
    private static var wanted: Schema {
        .sales { account, _ in
            account["Revenue"].type = .text
            account.indexes.append(
                Index(name: "Account_Revenue", columns: ["Revenue", "Id"], condition: "\"Revenue\" IS NOT NULL"))
        }
    }

    private static var indexed: Schema {
        .sales { account, _ in
            account.indexes.append(
                Index(name: "Account_Revenue", columns: ["Revenue", "Id"], condition: "\"Revenue\" IS NOT NULL"))
        }
    }

    private func expectWanted(_ database: PostgresDatabase) async throws {
        #expect(try await database.plan(Self.wanted).isDone)
        let wrong: Fragment = """
            SELECT \(name: "Id") FROM \(name: "Account") WHERE \(name: "Revenue") IS DISTINCT FROM
            (CASE WHEN \(name: "Note") = 'none' THEN NULL ELSE coalesce(\(name: "Note"), substr(\(name: "Name"), 9)) || '.00' END)
            """
        #expect(try await database.texts(wrong, lane: .long) == [])
        let left: Fragment = """
            SELECT attname FROM pg_attribute WHERE attrelid = '\(name: "Account")'::regclass AND attname LIKE 'martlet\\_new%'
            UNION ALL SELECT proname FROM pg_proc WHERE pronamespace = current_schema()::regnamespace AND proname LIKE 'martlet\\_new%'
            UNION ALL SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relname LIKE 'martlet\\_new%'
            """
        #expect(try await database.texts(left, lane: .long) == [])
    }

    @Test func `a column changes its type while others write, and tells how far it has come`() async throws {
        try await withDatabase { _, database async throws in
            try await database.migrate(to: Self.indexed)
            let told = Mutex<[Int]>([])
            let isOver = Tally()
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    // What each writes is in the note, too; the numbers of new accounts follow the old ones.
                    var number = Self.rows
                    while isOver.value == 0 {
                        number += 1
                        let key = number
                        let changed = Int.random(in: 1...Self.rows)
                        try await database.transaction(deadline: .ample) { connection in
                            try await connection.run(
                                "INSERT INTO \(name: "Account") (\(name: "Id"), \(name: "Name"), \(name: "Revenue")) VALUES (\(.id(id(key))), \(.text("Account \(key)")), \(.decimal(Number(key), scale: 2)))"
                            )
                            try await connection.run(
                                "UPDATE \(name: "Account") SET \(name: "Note") = '7', \(name: "Revenue") = \(.decimal(7, scale: 2)) WHERE \(name: "Id") = \(.id(id(changed)))"
                            )
                            try await connection.run(
                                "UPDATE \(name: "Account") SET \(name: "Note") = 'none', \(name: "Revenue") = NULL WHERE \(name: "Id") = \(.id(id(changed / 2 + 1)))"
                            )
                        }
                    }
                }
                defer { isOver.add() }
                // Who writes a number meanwhile writes it into a text in the end.
                _ = try await database.migrate(to: Self.wanted, allowDestructive: false) { state in
                    told.withLock { $0.append(state.rows) }
                }
                isOver.add()
                try await group.waitForAll()
            }
            let rows = told.withLock { $0.filter { $0 > 0 } }
            #expect(rows.count >= 4 && rows == rows.sorted() && rows.first == 1000)
            try await expectWanted(database)
        }
    }

    @Test func `a change that was interrupted goes on where it was`() async throws {
        try await withDatabase { _, database async throws in
            let migration = Mutex<Task<Void, any Error>?>(nil)
            let task = Task {
                _ = try await database.migrate(to: Self.wanted, allowDestructive: false) { state in
                    if state.rows >= 2000 { migration.withLock { $0?.cancel() } }
                }
            }
            migration.withLock { $0 = task }
            await #expect(throws: CancellationError.self) { try await task.value }
            let told = Mutex<[Int]>([])
            _ = try await database.migrate(to: Self.wanted, allowDestructive: false) { state in
                told.withLock { $0.append(state.rows) }
            }
            #expect(told.withLock { $0.max() ?? 0 } <= Self.rows - 2000)
            try await expectWanted(database)
        }
    }

    @Test func `a reference is looked through when others can work again`() async throws {
        try await withDatabase { _, database async throws in
            let wanted = Schema.sales { account, _ in
                account.columns.append(Column("ParentId", .id))
                account.foreignKeys.append(ForeignKey(column: "ParentId", table: "Account"))
            }
            #expect(try await database.plan(wanted).steps.last?.sql.first?.hasSuffix("NOT VALID") == true)
            try await database.migrate(to: wanted)
            #expect(try await database.plan(wanted).isDone)
            let checked: Fragment =
                "SELECT convalidated FROM pg_constraint WHERE conrelid = '\(name: "Account")'::regclass AND contype = 'f'"
            #expect(try await database.texts(checked) == ["1"])
        }
    }

    @Test func `a change that was begun and is not wanted any more leaves nothing behind`() async throws {
        try await withDatabase { _, database async throws in
            let migration = Mutex<Task<Void, any Error>?>(nil)
            let task = Task {
                _ = try await database.migrate(to: Self.wanted, allowDestructive: false) { state in
                    if state.rows >= 1000 { migration.withLock { $0?.cancel() } }
                }
            }
            migration.withLock { $0 = task }
            await #expect(throws: CancellationError.self) { try await task.value }
            let plan = try await database.plan(.sales)
            #expect(plan.steps.map(\.description) == ["Give up a change of Account that was begun (martlet_new_Revenue)"])
            #expect(plan.isDone)
            try await database.migrate(to: .sales)
            #expect(try await database.plan(.sales) == Migration())
        }
    }
}
