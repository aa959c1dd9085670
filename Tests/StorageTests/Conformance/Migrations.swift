import SQL
import Storage
import Synchronization
import Testing
import Values

extension Schema {
    /// The sales schema with something changed.
    static func sales(_ change: (inout Table, inout Table) -> Void) -> Schema {
        var (account, contact) = (Table.account, Table.contact)
        change(&account, &contact)
        return Schema(tables: [account, contact])
    }
}

extension Table {
    subscript(column: String) -> Column {
        get { columns.first { $0.name == column } ?? Column(column, .text) }
        set { columns = columns.map { $0.name == column ? newValue : $0 } }
    }

    mutating func rename(_ column: String, to name: String) {
        columns = columns.map { old in
            var new = old
            if old.name == column { (new.name, new.renamedFrom) = (name, column) }
            return new
        }
        indexes = indexes.map { old in
            var new = old
            new.columns = old.columns.map { $0 == column ? name : $0 }
            return new
        }
        searchColumns = searchColumns.map { $0 == column ? name : $0 }
        foreignKeys = foreignKeys.map { $0.column == column ? ForeignKey(column: name, table: $0.table) : $0 }
    }
}

extension Database {
    /// Migrates, and checks that nothing is left to do.
    fileprivate func reach(_ schema: Schema, allowDestructive: Bool = false) async throws {
        try await migrate(to: schema, allowDestructive: allowDestructive)
        let rest = try await plan(schema)
        #expect(rest.isDone, "\(rest.steps.map(\.description)) \(rest.refusals)")
        if allowDestructive { #expect(rest.steps == []) }
    }

    /// The refusals with which a migration ends, and which must leave everything as it was.
    fileprivate func refusals(of schema: Schema) async throws -> [MigrationRefusal] {
        let before = try await plan(.sales)
        do {
            try await migrate(to: schema, allowDestructive: true)
            return []
        } catch MigrationProblem.refused(let refusals) {
            #expect(try await plan(.sales) == before)
            #expect(try await plan(schema).refusals == refusals)
            return refusals
        }
    }

    fileprivate func column(_ column: String, of table: String = "Account") async throws -> [String] {
        try await texts("SELECT \(name: column) FROM \(name: table) ORDER BY \(name: "Id")")
    }
}

extension StorageConformance {
    @Test(arguments: Driver.all)
    func `a database that was made holds its schema`(_ driver: Driver) async throws {
        try await driver.withDatabase { database async throws in
            #expect(try await database.plan(.sales) == Migration())
            #expect(try await database.migrate(to: .sales) == Migration())
        }
    }

    @Test(arguments: Driver.all)
    func `a plan says in words what would be done, and does nothing`(_ driver: Driver) async throws {
        try await driver.withDatabase { database async throws in
            try await database.run(.account(1, name: "Acme"))
            let wanted = Schema.sales { account, contact in
                account.columns.append(Column("Rating", .text))
                account.columns.append(Column("Since", .date, initial: .date(.earliest)))
                account.columns.removeAll { $0.name == "Note" }
                account.searchColumns = ["Name"]
                contact.rename("LastName", to: "Surname")
                contact.indexes.append(Index(name: "Contact_Surname", columns: ["Surname"]))
            }
            let plan = try await database.plan(wanted)
            let lines = plan.steps.map { step in
                "\(step.description) [\(step.rows)]" + (step.isDestructive ? " destructive" : "")
                    + (step.isLeftover ? " leftover" : "")
            }
            #expect(
                lines == [
                    "Remove the search index of Account [0]",
                    "Add the column Account.Rating (text) [0]",
                    "Add the column Account.Since (date) [1]",
                    "Index Account for search (Name) [1]",
                    "Drop the column Account.Note, which the metadata does not name [0] destructive leftover",
                    "Rename the column Contact.LastName to Surname [0]",
                    "Add the index Contact_Surname on Contact (Surname) [0]",
                ])
            #expect(plan.refusals == [] && !plan.isDone)
            #expect(try await database.plan(.sales) == Migration())
        }
    }

    @Test(arguments: Driver.all)
    func `new columns are empty, or have what they are given`(_ driver: Driver) async throws {
        try await driver.withDatabase { database async throws in
            try await database.run(.account(1, name: "Acme"))
            try await database.reach(
                .sales { account, contact in
                    account.columns.append(Column("Rating", .text))
                    account.columns.append(Column("Budget", .decimal(precision: 18, scale: 2), initial: .decimal(5, scale: 2)))
                    contact.columns.append(Column("IsDeleted", .boolean, isNullable: false, initial: .bool(false)))
                    contact.columns.append(Column("ReportsToId", .id))
                    contact.foreignKeys.append(ForeignKey(column: "ReportsToId", table: "Contact"))
                })
            #expect(try await database.column("Rating") == ["null"])
            #expect(
                try await database.texts("SELECT 1 FROM \(name: "Account") WHERE \(name: "Budget") = \(.decimal(5, scale: 2))")
                    == ["1"])
        }
    }

    @Test(arguments: Driver.all)
    func `a required column needs a value for the records there are`(_ driver: Driver) async throws {
        try await driver.withDatabase { database async throws in
            for number in 1...25 { try await database.run(.account(number)) }
            let bare = Schema.sales { account, _ in account.columns.append(Column("Kind", .text, isNullable: false)) }
            let refusal = try #require(try await database.refusals(of: bare).first)
            #expect(refusal.table == "Account" && refusal.column == "Kind" && refusal.ids == (1...20).map(id))

            try await database.reach(
                .sales { account, _ in
                    account.columns.append(Column("Kind", .text, isNullable: false, initial: .text("it's new")))
                })
            #expect(try await database.column("Kind") == Array(repeating: "it's new", count: 25))
            await #expect(throws: StorageError.notNull(table: "Account", column: "Kind")) {
                try await database.run("UPDATE \(name: "Account") SET \(name: "Kind") = NULL")
            }
        }
    }

    @Test(arguments: Driver.all)
    func `renamed tables and columns keep their records, references and indexes`(_ driver: Driver) async throws {
        try await driver.withDatabase { database async throws in
            try await database.run(.account(1, name: "Acme", email: "info@acme.example"))
            try await database.run(.contact(1, of: 1))
            try await database.reach(
                .sales { account, contact in
                    (account.name, account.renamedFrom) = ("Company", "Account")
                    account.rename("Name", to: "Title")
                    contact.rename("AccountId", to: "CompanyId")
                    contact.foreignKeys = [ForeignKey(column: "CompanyId", table: "Company")]
                }, allowDestructive: true)
            #expect(try await database.column("Title", of: "Company") == ["Acme"])
            #expect(try await database.column("CompanyId", of: "Contact") == [id(1)])
            await #expect(throws: StorageError.unique(table: "Company", columns: ["Email"])) {
                try await database.run(
                    "INSERT INTO \(name: "Company") (\(name: "Id"), \(name: "Title"), \(name: "Email")) VALUES (\(.id(id(2))), 'B', 'info@acme.example')"
                )
            }
            await #expect { try await database.run("DELETE FROM \(name: "Company")") } throws: { error in
                if case .foreignKey = error as? StorageError { true } else { false }
            }
        }
    }

    @Test(arguments: Driver.all)
    func `a change of case alone is a rename`(_ driver: Driver) async throws {
        try await driver.withDatabase { database async throws in
            try await database.run(.account(1, name: "Acme"))
            try await database.reach(
                .sales { account, contact in
                    account.name = "ACCOUNT"
                    account.rename("Name", to: "NAME")
                    account["NAME"].renamedFrom = nil
                    contact.foreignKeys = [ForeignKey(column: "AccountId", table: "ACCOUNT")]
                }, allowDestructive: true)
            #expect(try await database.column("NAME", of: "ACCOUNT") == ["Acme"])
        }
    }

    @Test(arguments: Driver.all)
    func `what the schema does not name is reported, kept, and dropped only when allowed`(_ driver: Driver) async throws {
        try await driver.withDatabase { database async throws in
            try await database.run(.account(1, name: "Acme"))
            let wanted = Schema(tables: [
                Table(name: "Account", columns: [Column("Id", .id, isNullable: false)], primaryKey: "Id")
            ])
            try await database.migrate(to: wanted)
            #expect(try await database.names() == ["Acme"])
            #expect(try await database.plan(wanted).isDone)
            #expect(try await database.plan(wanted).steps.map(\.isLeftover) == Array(repeating: true, count: 5))
            // The column Name was required; nobody fills it now.
            try await database.run("INSERT INTO \(name: "Account") (\(name: "Id")) VALUES (\(.id(id(2))))")

            try await database.reach(wanted, allowDestructive: true)
            #expect(try await database.column("Id") == [id(1), id(2)])
            await #expect(throws: StorageError.self) { try await database.names() }
            await #expect(throws: StorageError.self) { try await database.column("Id", of: "Contact") }
        }
    }

    @Test(arguments: Driver.all)
    func `leftovers that come back are used again`(_ driver: Driver) async throws {
        try await driver.withDatabase { database async throws in
            try await database.run(.account(1, name: "Acme", revenue: Number("12.5")))
            try await database.migrate(to: Schema(tables: [.contact]))
            try await database.reach(.sales)
            #expect(try await database.names() == ["Acme"])
            #expect(
                try await database.texts(
                    "SELECT 1 FROM \(name: "Account") WHERE \(name: "Revenue") = \(.decimal(Number("12.5") ?? 0, scale: 2))") == [
                        "1"
                    ])
        }
    }

    @Test(arguments: Driver.all)
    func `what is required must be there`(_ driver: Driver) async throws {
        try await driver.withDatabase { database async throws in
            try await database.run(.account(1, email: "a@acme.example"))
            try await database.run(.account(2))
            let required = Schema.sales { account, _ in account["Email"].isNullable = false }
            let refusal = try #require(try await database.refusals(of: required).first)
            #expect(refusal.column == "Email" && refusal.ids == [id(2)])

            try await database.run(
                "UPDATE \(name: "Account") SET \(name: "Email") = \(name: "Id") WHERE \(name: "Email") IS NULL")
            try await database.reach(required)
            await #expect(throws: StorageError.notNull(table: "Account", column: "Email")) { try await database.run(.account(3)) }
            try await database.reach(.sales)
            try await database.run(.account(3))
        }
    }

    @Test(arguments: Driver.all)
    func `what is unique must not be there twice`(_ driver: Driver) async throws {
        try await driver.withDatabase { database async throws in
            for (number, name) in ["Acme", "Acme", "Bolt"].enumerated() { try await database.run(.account(number, name: name)) }
            let unique = Schema.sales { account, _ in
                account.indexes.append(Index(name: "Account_Unique", columns: ["Name"], isUnique: true))
            }
            let refusal = try #require(try await database.refusals(of: unique).first)
            #expect(refusal.column == "Name" && refusal.ids == [id(0), id(1)])
            try await database.run("UPDATE \(name: "Account") SET \(name: "Name") = \(name: "Id")")
            try await database.reach(unique)
            await #expect(throws: StorageError.unique(table: "Account", columns: ["Name"])) {
                try await database.run(.account(9, name: id(1)))
            }
            try await database.reach(.sales)
            try await database.run(.account(9, name: id(1)))
        }
    }

    @Test(arguments: Driver.all)
    func `what a new reference points at must be there`(_ driver: Driver) async throws {
        try await driver.withDatabase { database async throws in
            try await database.run(
                "INSERT INTO \(name: "Account") (\(name: "Id"), \(name: "Name"), \(name: "Note")) VALUES (\(.id(id(1))), 'A', \(.text(id(404))))"
            )
            let reference = Schema.sales { account, _ in
                account["Note"].type = .id
                account.searchColumns = ["Name"]
                account.foreignKeys = [ForeignKey(column: "Note", table: "Contact")]
            }
            let refusal = try #require(try await database.refusals(of: reference).first)
            #expect(refusal.column == "Note" && refusal.ids == [id(1)])
            try await database.run("INSERT INTO \(name: "Contact") VALUES (\(.id(id(404))), 'Smith', NULL)")
            try await database.reach(reference)
            await #expect { try await database.run("DELETE FROM \(name: "Contact")") } throws: { error in
                if case .foreignKey = error as? StorageError { true } else { false }
            }
            try await database.reach(.sales)
            try await database.run("DELETE FROM \(name: "Contact")")
        }
    }

    @Test(arguments: Driver.all)
    func `servers that start together migrate once`(_ driver: Driver) async throws {
        let scratch = try await driver.make()
        let created = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    let database = try await scratch.open()
                    let migration = try await database.migrate(to: .sales)
                    await database.close()
                    return migration.steps.count
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(created.sorted() == [0, 0, 0, 0, 0, 0, 0, 2])
    }

    @Test(arguments: Driver.all)
    func `progress names every step and ends`(_ driver: Driver) async throws {
        let scratch = try await driver.make()
        let database = try await scratch.open()
        let seen = Mutex<[MigrationProgress]>([])
        try await database.migrate(to: .sales, allowDestructive: false) { progress in seen.withLock { $0.append(progress) } }
        let lines = seen.withLock { $0.map { "\($0.done)/\($0.total) \($0.step?.description ?? "done")" } }
        #expect(lines == ["0/2 Create the table Account", "1/2 Create the table Contact", "2/2 done"])
        await database.close()
        withExtendedLifetime(scratch) {}
    }
}
