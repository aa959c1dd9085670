import PostgresCluster
import SQL
import Storage
import Testing
import Values

/// A server that goes away, transactions that meet, a pooler in between.
@Suite struct PostgresFaults {
    private func withDatabase(
        _ change: (inout PostgresDatabase.Options) -> Void = { _ in },
        _ body: (PostgresScratch, PostgresDatabase) async throws -> Void
    ) async throws {
        let scratch = try await PostgresScratch()
        let database = try await scratch.open(change)
        try await database.migrate(to: .sales)
        try await body(scratch, database)
        await database.close()
        withExtendedLifetime(scratch) {}
    }

    @Test(arguments: Lane.allCases)
    func `a read whose connection was cut runs again on a new one`(_ lane: Lane) async throws {
        try await withDatabase { scratch, database async throws in
            try await database.run(.account(1, name: "Acme"))
            for _ in 0..<5 {
                #expect(try await database.texts("SELECT \(name: "Name") FROM \(name: "Account")", lane: lane) == ["Acme"])
                try await scratch.cutConnections()
            }
        }
    }

    @Test func `a transaction whose connection was cut before its commit runs again, once`() async throws {
        try await withDatabase { scratch, database async throws in
            let attempts = Tally()
            try await database.transaction(deadline: .ample) { connection in
                try await connection.run(.account(1, name: "Acme"))
                attempts.add()
                if attempts.value == 1 { try await scratch.cutConnections() }
                try await connection.run(.account(2, name: "Bolt"))
            }
            #expect(attempts.value == 2)
            #expect(try await database.names() == ["Acme", "Bolt"])
        }
    }

    @Test func `whoever writes while connections are cut succeeds or is told, and nothing is there by half`() async throws {
        try await withDatabase { scratch, database async throws in
            let written = try await withThrowingTaskGroup(of: Int?.self) { group in
                for number in 0..<60 {
                    group.addTask {
                        if number.isMultiple(of: 20) { try await scratch.cutConnections() }
                        do {
                            try await database.transaction(deadline: .ample) { connection in
                                try await connection.run(.account(number))
                                try await connection.run(.contact(number, of: number))
                            }
                            return number
                        } catch StorageError.unavailable { return nil } catch StorageError.uncertain { return nil }
                    }
                }
                return try await group.reduce(into: [Int]()) { if let number = $1 { $0.append(number) } }
            }
            let accounts = try await database.texts("SELECT \(name: "Id") FROM \(name: "Account") ORDER BY 1")
            #expect(try await database.texts("SELECT \(name: "Id") FROM \(name: "Contact") ORDER BY 1") == accounts)
            #expect(Set(accounts).isSuperset(of: written.map(id)))
        }
    }

    /// Makes a function that goes on so many times when it is interrupted, a while each time.
    private func makeStubborn(_ times: Int, for seconds: String, on database: PostgresDatabase) async throws {
        try await database.command(
            """
            CREATE FUNCTION stubborn() RETURNS text LANGUAGE plpgsql AS $$
            BEGIN
                FOR time IN 1..\(times) LOOP
                    BEGIN PERFORM pg_sleep(\(seconds)); EXCEPTION WHEN query_canceled THEN NULL; END;
                END LOOP;
                PERFORM pg_sleep(\(seconds));
                RETURN '';
            END $$
            """)
    }

    @Test func `an interruption that met nothing is repeated, and the connection stays`() async throws {
        try await withDatabase({ ($0.writers, $0.interruptionPatience) = (1, .seconds(60)) }) { _, database async throws in
            try await makeStubborn(1, for: "60", on: database)
            let process: Fragment = "SELECT pg_backend_pid()::text"
            let before = try await database.transaction(deadline: .ample) { try await $0.texts(process) }
            await #expect(throws: StorageError.deadline) {
                try await database.transaction(deadline: .after(.milliseconds(100))) { try await $0.texts("SELECT stubborn()") }
            }
            #expect(try await database.transaction(deadline: .ample) { try await $0.texts(process) } == before)
        }
    }

    @Test func `whoever gave up is told that, whatever has become of the connection`() async throws {
        try await withDatabase({ $0.interruptionPatience = .milliseconds(100) }) { _, database async throws in
            try await makeStubborn(20, for: "0.1", on: database)
            await #expect(throws: StorageError.deadline) {
                try await database.transaction(deadline: .after(.milliseconds(100))) { connection in
                    try await connection.run(.account(1))
                    _ = try? await connection.texts("SELECT stubborn()")
                }
            }
            #expect(try await database.names() == [])
        }
    }

    @Test func `each of many reads that a column is missing for is told so`() async throws {
        try await withDatabase({ $0.pipelines = 1 }) { _, database async throws in
            let statement: Fragment = "SELECT \(name: "Note") FROM \(name: "Account")"
            #expect(try await database.texts(statement) == [])
            try await database.command("ALTER TABLE \"Account\" RENAME COLUMN \"Note\" TO \"Remark\"")
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<40 {
                    group.addTask {
                        await #expect {
                            try await database.texts(statement)
                        } throws: {
                            if case .missing = $0 as? StorageError { true } else { false }
                        }
                    }
                }
            }
        }
    }

    @Test func `reads that leave together with one that fails are answered all the same`() async throws {
        try await withDatabase({ $0.pipelines = 1 }) { _, database async throws in
            let answers = try await withThrowingTaskGroup(of: (Int, String).self) { group in
                for number in 0..<40 {
                    group.addTask {
                        let statement: Fragment = "SELECT (10 / \(.integer(Int64(number % 5))))::text"
                        do { return (number, try await database.texts(statement)[0]) } catch StorageError.statement(
                            let message, _)
                        {
                            return (number, message)
                        }
                    }
                }
                return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
            }
            for number in 0..<40 { #expect(answers[number] == ["division by zero", "10", "5", "3", "2"][number % 5]) }
        }
    }

    /// The revenue of an account, and by which statement it was asked for; an account without any cannot be asked.
    private func revenue(of number: Int) -> Statement {
        func sql(_ condition: String) -> String {
            #"SELECT (100 / "Revenue")::int::text, current_query() LIKE '%ANY%', "Id" FROM "Account" WHERE \#(condition) ORDER BY 3"#
        }
        var statement = Statement(sql: sql(#""Id" = $1"#), binds: [.id(id(number))])
        statement.several = Statement.Several(sql: sql(#""Id" = ANY($1::uuid[])"#), bind: 0, column: 2, most: 8)
        return statement
    }

    @Test func `reads of records by their ids share statements, and each has its own row, failure or nothing`() async throws {
        try await withDatabase({ ($0.pipelines, $0.pipelineDepth, $0.pipelineFlights) = (1, 4, 1) }) { _, database async throws in
            for number in 0..<20 { try await database.run(.account(number, revenue: Number(number))) }
            let answers = try await withThrowingTaskGroup(of: (Int, [String], Bool).self) { group in
                for number in 0..<200 {
                    let statement = revenue(of: number % 25)
                    group.addTask {
                        do {
                            return try await database.read(statement, lane: .short, deadline: .ample) { rows in
                                var (texts, isShared) = ([String](), false)
                                while try rows.next() {
                                    texts.append(rows.cell(0).string ?? "")
                                    isShared = rows.cell(1).integer == 1
                                }
                                return (number % 25, texts, isShared)
                            }
                        } catch StorageError.statement(let message, _) { return (number % 25, [message], false) }
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            for (number, texts, _) in answers {
                let quotient = number == 0 ? "division by zero" : String(Int((100 / Double(number)).rounded()))
                #expect(texts == (number < 20 ? [quotient] : []))
            }
            #expect(answers.contains { $0.2 })
        }
    }

    @Test func `what is counted aside is counted once, whatever becomes of the reads and the transaction around it`() async throws
    {
        try await withDatabase({ $0.pipelines = 1 }) { _, database async throws in
            try await database.command("CREATE TABLE counter (last bigint)")
            try await database.command("INSERT INTO counter VALUES (0)")
            let count = Statement(sql: "UPDATE counter SET last = last + 1 RETURNING last")
            let counted = try await withThrowingTaskGroup(of: Int64?.self) { group in
                for _ in 0..<20 {
                    group.addTask {
                        _ = try? await database.texts("SELECT 1 / 0")
                        return nil
                    }
                    group.addTask {
                        try await database.transaction(deadline: .ample) { connection in
                            _ = try await connection.texts("SELECT 1")
                            return try await database.aside(count, deadline: .ample) { try $0.next() ? $0.cell(0).integer : nil }
                        }
                    }
                }
                return try await group.reduce(into: [Int64]()) { if let number = $1 { $0.append(number) } }
            }
            #expect(counted.sorted() == Array(1...20))
            await #expect(throws: CancellationError.self) {
                try await database.transaction(deadline: .ample) { _ in
                    _ = try await database.aside(count, deadline: .ample) { try $0.next() }
                    throw CancellationError()
                }
            }
            #expect(try await database.texts("SELECT last::text FROM counter") == ["21"])
        }
    }

    @Test func `a server that is not there is told within the time to connect`() async throws {
        await #expect { try await PostgresDatabase.open(PostgresAddress("postgres://x@/x?host=/tmp/no-server-here")) } throws: {
            guard case .unavailable(let reason) = $0 as? StorageError else { return false }
            return reason.contains("/tmp/no-server-here")
        }
    }

    @Test(arguments: [
        ("postgres://x@/y?sslmod=require", "sslmod"), ("postgres://[::1", "IPv6"), ("postgres://x@/y?pgbouncer=maybe", "maybe"),
    ])
    func `an address that is not right says what is wrong`(_ address: String, _ reason: String) {
        #expect { try PostgresAddress(address) } throws: { "\($0)".contains(reason) }
    }

    @Test func `an address is shown without its password`() throws {
        let address = try PostgresAddress("postgres://crm:secret@db.example:6432/sales?sslmode=require&pgbouncer=true")
        #expect("\(address)" == "postgres://crm@db.example:6432/sales")
        #expect(address.isPooled)
    }

    @Test func `a row that another transaction holds is waited for no longer than the deadline`() async throws {
        try await withDatabase { _, database async throws in
            try await database.run(.account(1, name: "Acme"))
            try await database.transaction(deadline: .ample) { connection in
                try await connection.run("UPDATE \(name: "Account") SET \(name: "Note") = 'mine'")
                let change: Fragment = "UPDATE \(name: "Account") SET \(name: "Note") = 'yours'"
                // In a task of its own: within this one a transaction is open.
                let other = Task.detached { try await database.run(change, deadline: .after(.milliseconds(50))) }
                await #expect(throws: StorageError.deadline) { try await other.value }
            }
            #expect(try await database.texts("SELECT \(name: "Note") FROM \(name: "Account")") == ["mine"])
        }
    }

    @Test func `transactions that wait for each other: one runs again, and both succeed`() async throws {
        try await withDatabase { _, database async throws in
            for number in 1...2 { try await database.run(.account(number)) }
            let met = Tally()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (first, second) in [(1, 2), (2, 1)] {
                    group.addTask {
                        try await database.transaction(deadline: .ample) { connection in
                            try await connection.run(.rename(first, "\(first)"))
                            met.add()
                            await met.reach(2)
                            try await connection.run(.rename(second, "\(first)"))
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(met.value >= 3)
            #expect(Set(try await database.names()).count == 1)
        }
    }

    @Test func `behind a pooler nothing outlives a transaction`() async throws {
        let scratch = try await PostgresScratch()
        // The search path stands for what a pooler would keep in its own configuration.
        let address = try PostgresAddress(scratch.database.address + "&pgbouncer=true")
        #expect(address.isPooled)
        let database = try await scratch.open { $0.statementCacheSize = 0 }
        try await database.migrate(to: .sales)
        try await database.run(.account(1, name: "Acme"))
        #expect(try await database.names() == ["Acme"])
        for lane in Lane.allCases {
            #expect(try await database.texts("SELECT count(*) FROM pg_prepared_statements", lane: lane) == ["0"])
        }
        await database.close()
    }

    @Test func `an index of a large table is made beside the work of others`() async throws {
        try await withDatabase({ $0.largeTable = 10 }) { _, database async throws in
            for number in 1...12 { try await database.run(.account(number, name: "Account \(number)")) }
            let wanted = Schema.sales { account, _ in account.indexes.append(Index(name: "Account_Note", columns: ["Note"])) }
            let plan = try await database.plan(wanted)
            #expect(plan.steps.first?.sql.first?.contains("CONCURRENTLY") == true)
            try await database.migrate(to: wanted)
            #expect(try await database.plan(wanted).isDone)
        }
    }

    @Test func `a large table finds parts of texts by an index, which follows the columns that are searched`() async throws {
        try await withDatabase({ $0.largeTable = 10 }) { _, database async throws in
            for number in 1...12 { try await database.run(.account(number, name: "Account \(number)")) }
            try await database.refreshStatistics()
            let plan = try await database.plan(.sales)
            #expect(plan.steps.map(\.description) == ["Index Account for parts of texts (Name, Note)"])
            #expect(plan.isDone && plan.steps.allSatisfy { !$0.isDestructive })
            try await database.migrate(to: .sales)
            #expect(try await database.plan(.sales) == Migration())
            let indexed: Fragment = "SELECT pg_get_indexdef('\(name: "Account_parts")'::regclass)"
            #expect(try await database.texts(indexed)[0].contains("lower"))
            // That of an earlier version, with regard to case.
            try await database.command("COMMENT ON INDEX \"Account_parts\" IS 'Martlet parts of Name, Note'")
            try await database.migrate(to: .sales)
            #expect(try await database.plan(.sales) == Migration())
            #expect(try await database.texts(indexed)[0].hasSuffix("gin_trgm_ops)"))
            // As ObjectQL compares without regard to case.
            let like = #"EXPLAIN SELECT 1 FROM "Account" WHERE lower("Note" COLLATE "und-x-icu") LIKE '%count 1%' ESCAPE '\'"#
            let lines = try await database.transaction(deadline: .after(.seconds(30))) { connection in
                try await connection.rows(Statement(sql: like)) { rows in
                    var lines: [String] = []
                    while try rows.next() { lines.append(rows.cell(0).string ?? "") }
                    return lines
                }
            }
            #expect(lines.contains { $0.contains("Account_parts") }, "\(lines)")

            let fewer = Schema.sales { account, _ in account.searchColumns = ["Name"] }
            try await database.migrate(to: fewer)
            #expect(try await database.plan(fewer) == Migration())
            #expect(try await !database.texts(indexed)[0].contains("Note"))
            // A column that is a text no longer takes the index with it.
            let other = Schema.sales { account, _ in
                account["Name"].type = .json
                account.searchColumns = []
                account.indexes.removeAll { $0.columns == ["Name"] }
            }
            try await database.run("UPDATE \(name: "Account") SET \(name: "Name") = '1'")
            try await database.migrate(to: other)
            #expect(try await database.plan(other) == Migration())
        }
    }

    @Test func `tables and indexes of others are left alone`() async throws {
        try await withDatabase { _, database async throws in
            try await database.command("CREATE TABLE theirs (id int PRIMARY KEY)")
            try await database.command("CREATE INDEX theirs_too ON \"Account\" (\"Revenue\")")
            #expect(try await database.plan(.sales) == Migration())
        }
    }
}

extension Fragment {
    fileprivate static func rename(_ number: Int, _ text: String) -> Fragment {
        "UPDATE \(name: "Account") SET \(name: "Name") = \(.text(text)) WHERE \(name: "Id") = \(.id(id(number)))"
    }
}
