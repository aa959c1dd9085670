import PostgresCluster
import SQL
import Storage
import Synchronization
import Testing

/// Changes of what search looks in, in large tables.
extension LargeTables {
    private static func searching(_ columns: [String]) -> Schema { .sales { account, _ in account.searchColumns = columns } }

    /// The file that holds the rows: another one where all have been written anew.
    private func file(_ database: PostgresDatabase) async throws -> [String] {
        try await database.texts("SELECT pg_relation_filenode('\(name: "Account")')")
    }

    /// Everything that search has in the database.
    private func parts(_ database: PostgresDatabase) async throws -> [String] {
        let parts: Fragment = """
            SELECT attname || ': ' || col_description(attrelid, attnum) FROM pg_attribute
            WHERE attrelid = '\(name: "Account")'::regclass AND attname = 'martlet_search'
            UNION ALL SELECT 'trigger ' || tgname FROM pg_trigger
            WHERE tgrelid = '\(name: "Account")'::regclass AND tgname = 'martlet_search'
            UNION ALL SELECT 'function ' || proname FROM pg_proc WHERE pronamespace = current_schema()::regnamespace AND proname LIKE 'martlet\\_search%'
            UNION ALL SELECT 'index ' || relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relname LIKE '%\\_search'
            """
        return try await database.texts(parts, lane: .long)
    }

    private func expectFilled(
        _ columns: [String], _ database: PostgresDatabase, sourceLocation: SourceLocation = #_sourceLocation
    )
        async throws
    {
        let texts = columns.map { "coalesce(\(name: $0), '')" as Fragment }.joined(separator: " || ' ' || ")
        let wrong: Fragment = """
            SELECT \(name: "Id") FROM \(name: "Account")
            WHERE martlet_search IS DISTINCT FROM to_tsvector('simple', martlet_words(\(texts)))
            """
        #expect(try await database.texts(wrong, lane: .long) == [], sourceLocation: sourceLocation)
        let parts = [
            "martlet_search: " + columns.joined(separator: ", "), "trigger martlet_search", "function martlet_search_Account",
            "index Account_search",
        ]
        let found = try await self.parts(database)
        #expect(found == parts, "\(found)", sourceLocation: sourceLocation)
    }

    private func write(_ number: Int, _ database: PostgresDatabase) async throws {
        try await database.transaction(deadline: .ample) { connection in
            try await connection.run(.account(number, name: "New \(number)", email: "new-\(number)@example.com"))
            try await connection.run(
                "UPDATE \(name: "Account") SET \(name: "Email") = \(.text("e-\(number)@example.com")) WHERE \(name: "Id") = \(.id(id(number - Self.rows)))"
            )
            try await connection.run(
                "UPDATE \(name: "Account") SET \(name: "Revenue") = 7 WHERE \(name: "Id") = \(.id(id(number - Self.rows + 1)))")
        }
    }

    @Test func `search looks in other fields, and no row is written anew while others wait`() async throws {
        try await withDatabase { _, database async throws in
            let file = try await file(database)
            let told = Mutex<[Int]>([])
            let isOver = Tally()
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    var number = Self.rows
                    while isOver.value == 0, number < 2 * Self.rows - 1 {
                        number += 1
                        try await write(number, database)
                    }
                }
                defer { isOver.add() }
                _ = try await database.migrate(to: Self.searching(["Name", "Email"]), allowDestructive: false) { state in
                    told.withLock { $0.append(state.rows) }
                }
                isOver.add()
                try await group.waitForAll()
            }
            let rows = told.withLock { $0.filter { $0 > 0 } }
            #expect(rows.count >= 3 && rows == rows.sorted())
            #expect(try await self.file(database) == file)
            #expect(try await database.plan(Self.searching(["Name", "Email"])).isDone)
            try await expectFilled(["Name", "Email"], database)
            try await write(2 * Self.rows, database)
            try await expectFilled(["Name", "Email"], database)
        }
    }

    @Test func `indexing for search goes on where it was interrupted`() async throws {
        try await withDatabase { _, database async throws in
            let wanted = Self.searching(["Name", "Email"])
            let migration = Mutex<Task<Void, any Error>?>(nil)
            let task = Task {
                _ = try await database.migrate(to: wanted, allowDestructive: false) { state in
                    if state.rows >= 2000 { migration.withLock { $0?.cancel() } }
                }
            }
            migration.withLock { $0 = task }
            await #expect(throws: CancellationError.self) { try await task.value }
            let plan = try await database.plan(wanted)
            #expect(plan.steps.map(\.description) == ["Go on indexing Account for search"])
            #expect(plan.isDone, "the database serves the schema without it, too")
            let told = Mutex<[Int]>([])
            _ = try await database.migrate(to: wanted, allowDestructive: false) { state in told.withLock { $0.append(state.rows) }
            }
            #expect(told.withLock { $0.max() ?? 0 } <= Self.rows - 2000)
            let rest = try await database.plan(wanted).steps.map(\.description)
            #expect(!rest.contains { $0.contains("for search") }, "\(rest)")
            try await expectFilled(["Name", "Email"], database)
        }
    }

    @Test func `search follows a field that gets another name, and leaves nothing behind where it ends`() async throws {
        try await withDatabase { _, database async throws in
            try await database.migrate(to: Self.searching(["Email"]))
            var renamed = Self.searching(["Mail"])
            renamed.tables[0].columns[2] = Column("Mail", .text, renamedFrom: "Email")
            renamed.tables[0].indexes[1] = Index(
                name: "Account_Email", columns: ["Mail"], isUnique: true, condition: "\"Mail\" IS NOT NULL")
            try await database.migrate(to: renamed)
            try await expectFilled(["Mail"], database)
            renamed.tables[0].searchColumns = []
            try await database.migrate(to: renamed)
            #expect(try await parts(database) == [])
            #expect(try await database.plan(renamed) == Migration())
        }
    }

    @Test func `a text becomes a lookup, and no row is written anew while others wait`() async throws {
        try await withDatabase { _, database async throws in
            let parent = Column("ParentId", .text)
            try await database.migrate(to: .sales { account, _ in account.columns.append(parent) })
            try await database.command("UPDATE \"Account\" SET \"ParentId\" = upper(\"Id\"::text)")
            let file = try await file(database)
            let wanted = Schema.sales { account, _ in
                account.columns.append(Column("ParentId", .id))
                account.foreignKeys.append(ForeignKey(column: "ParentId", table: "Account"))
            }
            try await database.migrate(to: wanted)
            #expect(try await self.file(database) == file)
            #expect(try await database.plan(wanted) == Migration())
            let wrong: Fragment =
                "SELECT \(name: "Id") FROM \(name: "Account") WHERE \(name: "ParentId") IS DISTINCT FROM \(name: "Id")"
            #expect(try await database.texts(wrong, lane: .long) == [])
            let checked: Fragment =
                "SELECT convalidated FROM pg_constraint WHERE conrelid = '\(name: "Account")'::regclass AND contype = 'f'"
            #expect(try await database.texts(checked) == ["1"])
        }
    }
}
