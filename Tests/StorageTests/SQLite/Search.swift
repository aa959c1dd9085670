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

    @Test func `a transaction finds what it wrote itself`() async throws {
        try await withAccounts { _, database async throws in
            let index: Fragment = "SELECT count(*) FROM \(name: "Account_search") WHERE \(name: "Account_search") MATCH 'bolt'"
            try await database.transaction(deadline: .ample) { connection in
                #expect(try await connection.texts(index) == ["0"])
                try await connection.run(.account(9, name: "Bolt"))
                #expect(try await connection.texts(index) == ["1"])
                try await connection.run("UPDATE \(name: "Account") SET \(name: "Name") = 'Nut' WHERE \(name: "Name") = 'Bolt'")
                #expect(try await connection.texts(index) == ["0"])
            }
        }
    }

    @Test func `more than is kept in memory is found too`() async throws {
        try await withAccounts { _, database async throws in
            let (first, last) = (100, 20_100)
            try await database.transaction(deadline: .ample) { connection in
                let rows = (first..<last).map { [Bind.id(id($0)), .text("Bulk \($0)")] }
                try await connection.load(rows, into: "Account", columns: ["Id", "Name"])
            }
            #expect(try await found("bulk \(first)", database) == ["Bulk \(first)"])
            #expect(try await found("bulk \(last - 1)", database) == ["Bulk \(last - 1)"])
        }
    }

    @Test(arguments: 0..<40)
    func `whatever is written, undone, refused and searched, the index has the words of the table`(_ seed: UInt64) async throws {
        try await withAccounts { _, database async throws in
            var dice = Dice(seed: seed)
            var number = 10
            for _ in 0..<4 {
                let plan = dice.plan(&number, depth: 2)
                do { try await database.transaction(deadline: .ample) { try await plan.carryOut($0) } } catch is Plan.Undone {}
            }
            // Compares the index with the table, word by word (https://sqlite.org/fts5.html, section 6.4).
            let index: Fragment = "\(name: "Account_search")"
            try await database.run("INSERT INTO \(index) (\(index), rank) VALUES ('integrity-check', 1)")
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

/// What a transaction does, in random order.
private indirect enum Plan: Sendable {
    struct Undone: Error {}

    case run(Fragment)
    /// Fails after it has changed some rows.
    case refused(Fragment)
    case search
    case nested([Plan], isUndone: Bool)

    func carryOut(_ connection: any Connection) async throws {
        switch self {
        case .run(let fragment): try await connection.run(fragment)
        case .refused(let fragment): await #expect(throws: StorageError.self) { try await connection.run(fragment) }
        case .search:
            _ = try await connection.texts("SELECT rowid FROM \(name: "Account_search") WHERE \(name: "Note") MATCH 'x'")
        case .nested(let plans, let isUndone):
            do {
                try await connection.nested {
                    for plan in plans { try await plan.carryOut(connection) }
                    if isUndone { throw Undone() }
                }
            } catch is Undone {}
        }
    }
}

/// Plans from a seed (splitmix64, Steele et al. 2014).
private struct Dice: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    mutating func plan(_ number: inout Int, depth: Int) -> Plan {
        var plans: [Plan] = []
        for _ in 0..<Int.random(in: 2...6, using: &self) {
            let word = ["Bolt", "Nut", "Acme", "x"].randomElement(using: &self) ?? ""
            let account = Fragment(sql: quoted("Account"))
            switch Int.random(in: 0..<7, using: &self) {
            case 0, 1:
                number += 1
                plans.append(.run(.account(number, name: "\(word) \(number)")))
            case 2:
                let third: Bind = .integer(Int64(number % 3))
                plans.append(.run("UPDATE \(account) SET \(name: "Note") = \(.text(word)) WHERE rowid % 3 = \(third)"))
            case 3: plans.append(.run("DELETE FROM \(account) WHERE rowid % 5 = \(.integer(Int64(number % 5)))"))
            case 4:
                // The second row wants an address that the first one has just got.
                number += 2
                let email: Bind = .text("a\(number)@b.example")
                plans += [
                    .run(.account(number - 1, name: word)), .run(.account(number, name: word)),
                    .refused("UPDATE \(account) SET \(name: "Name") = 'All', \(name: "Email") = \(email)"),
                ]
            case 5: plans.append(.search)
            default: if depth > 0 { plans.append(plan(&number, depth: depth - 1)) }
            }
        }
        return .nested(plans, isUndone: Bool.random(using: &self))
    }
}
