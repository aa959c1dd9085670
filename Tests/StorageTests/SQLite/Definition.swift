import SQL
import Storage
import Testing

@Suite struct SQLiteDefinition {
    @Test func `tables are strict, with deferred references, indexes and an index of words`() async throws {
        let scratch = try SQLiteScratch()
        let database = try await scratch.open()
        let plan = try await database.plan(.sales)
        #expect(plan.steps.map(\.description) == ["Create the table Account", "Create the table Contact"])
        #expect(
            plan.steps.flatMap(\.sql).joined(separator: ";\n") == """
                CREATE TABLE "Account" (
                    "Id" TEXT NOT NULL PRIMARY KEY,
                    "Name" TEXT NOT NULL,
                    "Email" TEXT,
                    "Revenue" INTEGER,
                    "Note" TEXT
                ) STRICT;
                CREATE INDEX "Account_Name" ON "Account" ("Name");
                CREATE UNIQUE INDEX "Account_Email" ON "Account" ("Email") WHERE "Email" IS NOT NULL;
                CREATE VIRTUAL TABLE "Account_search" USING fts5("Name", "Note", content='Account', content_rowid='rowid', \
                tokenize='unicode61 remove_diacritics 2');
                CREATE TRIGGER "Account_search_insert" AFTER INSERT ON "Account" \
                BEGIN SELECT martlet_search_later('Account_search', new.rowid, \
                'INSERT INTO "Account_search" (rowid, "Name", "Note") VALUES (?, ?, ?)', new."Name", new."Note"); END;
                CREATE TRIGGER "Account_search_delete" AFTER DELETE ON "Account" \
                BEGIN SELECT martlet_search_later('Account_search', old.rowid, \
                'INSERT INTO "Account_search" ("Account_search", rowid, "Name", "Note") VALUES (''delete'', ?, ?, ?)', \
                old."Name", old."Note"); END;
                CREATE TRIGGER "Account_search_update" AFTER UPDATE OF "Name", "Note" ON "Account" \
                WHEN old."Name" IS NOT new."Name" OR old."Note" IS NOT new."Note" \
                BEGIN SELECT martlet_search_later('Account_search', old.rowid, \
                'INSERT INTO "Account_search" ("Account_search", rowid, "Name", "Note") VALUES (''delete'', ?, ?, ?)', \
                old."Name", old."Note"); \
                SELECT martlet_search_later('Account_search', new.rowid, \
                'INSERT INTO "Account_search" (rowid, "Name", "Note") VALUES (?, ?, ?)', new."Name", new."Note"); END;
                INSERT INTO "Account_search" ("Account_search") VALUES ('rebuild');
                CREATE TABLE "Contact" (
                    "Id" TEXT NOT NULL PRIMARY KEY,
                    "LastName" TEXT NOT NULL,
                    "AccountId" TEXT,
                    FOREIGN KEY ("AccountId") REFERENCES "Account" DEFERRABLE INITIALLY DEFERRED
                ) STRICT;
                CREATE INDEX "Contact_AccountId" ON "Contact" ("AccountId")
                """)
        await database.close()
    }

    @Test func `names may hold anything`() async throws {
        let name = "Odd \"name\" of 'them'; --"
        let schema = Schema(tables: [
            Table(
                name: name, columns: [Column("Id", .id, isNullable: false), Column(name, .text)], primaryKey: "Id",
                indexes: [Index(name: name + "i", columns: [name])], searchColumns: [name])
        ])
        let scratch = try SQLiteScratch()
        let database = try await scratch.open()
        try await database.migrate(to: schema)
        try await database.run("INSERT INTO \(name: name) VALUES (\(.id(id(1))), \(.text("x")))")
        #expect(try await database.plan(schema) == Migration())
        await database.close()
    }

    @Test func `tables that Martlet did not make are left alone`() async throws {
        let scratch = try SQLiteScratch()
        let database = try await scratch.open()
        try await database.run("CREATE TABLE \(name: "Theirs") (a)")
        try await database.migrate(to: .sales, allowDestructive: true)
        #expect(try await database.plan(.sales) == Migration())
        #expect(try await database.texts("SELECT count(*) FROM \(name: "Theirs")") == ["0"])
        await database.close()
    }

    @Test func `statistics are there after a look at the tables`() async throws {
        let scratch = try SQLiteScratch()
        let database = try await scratch.open()
        try await database.migrate(to: .sales)
        for number in 0..<10 { try await database.run(.account(number)) }
        try await database.refreshStatistics()
        let statistics = try await database.texts("SELECT stat FROM sqlite_stat1 WHERE tbl = 'Account' AND idx = 'Account_Name'")
        #expect(statistics == ["10 10"])
        #expect(try await database.plan(.sales) == Migration())
        await database.close()
    }
}
