import SQL
import Storage
import Testing

/// The full-text index, which triggers keep.
@Suite struct SQLiteSearch {
    private func withAccounts(_ body: (SQLiteScratch, any Database) async throws -> Void) async throws {
        let scratch = try SQLiteScratch()
        let database = try await scratch.open()
        try await database.migrate(to: .sales)
        for (number, name) in ["Café Zürich", "Acme Corporation", "Acorn"].enumerated() {
            try await database.run(.account(number, name: name))
        }
        try await body(scratch, database)
        await database.close()
    }

    private func found(_ words: String, _ database: any Database, table: String = "Account") async throws -> [String] {
        let index = "\(table)_search"
        let rows: Fragment = "SELECT rowid FROM \(name: index) WHERE \(name: index) MATCH \(.text(words))"
        return try await database.texts("SELECT \(name: "Name") FROM \(name: table) WHERE rowid IN (\(rows)) ORDER BY 1")
    }

    @Test(arguments: [
        ("zurich", ["Café Zürich"]), ("CAFE", ["Café Zürich"]), ("ac*", ["Acme Corporation", "Acorn"]),
        ("corp*", ["Acme Corporation"]),
        ("acme corporation", ["Acme Corporation"]), ("acme acorn", []),
    ])
    func `words are found by their beginning, without regard to case and accents`(_ words: String, _ names: [String]) async throws
    {
        try await withAccounts { _, database async throws in #expect(try await found(words, database) == names) }
    }

    @Test func `what changes is found anew`() async throws {
        try await withAccounts { _, database async throws in
            try await database.run("UPDATE \(name: "Account") SET \(name: "Name") = 'Bolt' WHERE \(name: "Name") = 'Acorn'")
            try await database.run(
                "UPDATE \(name: "Account") SET \(name: "Note") = 'likes bolts' WHERE \(name: "Name") LIKE 'Acme%'")
            try await database.run("DELETE FROM \(name: "Account") WHERE \(name: "Name") LIKE 'Caf%'")
            #expect(try await found("acorn", database) == [])
            #expect(try await found("bolt*", database) == ["Acme Corporation", "Bolt"])
            #expect(try await found("zurich", database) == [])
        }
    }

    @Test func `what is undone is not found`() async throws {
        struct Undone: Error {}
        try await withAccounts { _, database async throws in
            await #expect(throws: Undone.self) {
                try await database.transaction(deadline: .ample) { connection in
                    try await connection.run(.account(9, name: "Ghost"))
                    throw Undone()
                }
            }
            #expect(try await found("ghost", database) == [])
        }
    }

    @Test func `search follows the schema`() async throws {
        try await withAccounts { _, database async throws in
            try await database.run(
                "UPDATE \(name: "Account") SET \(name: "Email") = 'info@acme.example' WHERE \(name: "Name") LIKE 'Acme%'")
            try await database.migrate(to: .sales { account, _ in account.searchColumns = ["Name", "Email"] })
            #expect(try await found("info", database) == ["Acme Corporation"])
            try await database.migrate(
                to: .sales { account, contact in
                    (account.name, account.renamedFrom) = ("Company", "Account")
                    account["Revenue"].type = .text
                    contact.foreignKeys = [ForeignKey(column: "AccountId", table: "Company")]
                })
            #expect(try await found("acme", database, table: "Company") == ["Acme Corporation"])
            #expect(try await found("info", database, table: "Company") == [])
            try await database.migrate(
                to: .sales { account, contact in
                    (account.name, account.searchColumns) = ("Company", [])
                    contact.foreignKeys = [ForeignKey(column: "AccountId", table: "Company")]
                }, allowDestructive: true)
            await #expect(throws: StorageError.self) { try await found("acme", database, table: "Company") }
        }
    }

    @Test func `an index that is not as it should be is made anew`() async throws {
        try await withAccounts { _, database async throws in
            try await database.run("DROP TRIGGER \"Account_search_insert\"")
            try await database.run(.account(9, name: "Missed"))
            #expect(try await database.plan(.sales).steps.map(\.description) == ["Index Account for search (Name, Note)"])
            try await database.migrate(to: .sales)
            #expect(try await found("missed", database) == ["Missed"])
        }
    }
}
