import Engine
import NIOHTTP1
import PostgresCluster
import SQL
import Storage
import Synchronization
import Testing
import Values

/// What callers see of a PostgreSQL server in trouble.
@Suite(.timeLimit(.minutes(3))) struct `A PostgreSQL server in trouble` {
    private static let acme: JSON = ["Name": "Acme", "Phone": "+1 555 0100"]

    @Test
    func `while it is restarted and its processes are ended, callers get their answer or 503, and all they are told is true`()
        async throws
    {
        let server = try await PostgresServer.start(settings: ["fsync=off", "max_connections=100"])
        let maintenance = try await PostgresDatabase.open(PostgresAddress(server.address)) { $0.readers = 1 }
        let database = try await PostgresDatabase.open(PostgresAddress(server.address + "&application_name=tried")) {
            $0.functions = Engine.postgresFunctions
        }
        try await Office.run(on: database) { office in
            let crowd = Crowd(office.client)
            try await crowd.write(isKeyed: false)
            try await withThrowingTaskGroup(of: Void.self) { group in
                crowd.begin(in: &group)
                defer { crowd.end() }
                let before = try await crowd.pace()
                // 5 a second, for a second.
                for _ in 0..<5 {
                    try await maintenance.command(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'tried'")
                    _ = try await crowd.pace(over: .milliseconds(200))
                }
                for mode in ["fast", "immediate"] {
                    try await server.control("restart", "-m", mode)
                    // All other tests run at the same time: paces are compared roughly.
                    #expect(try await crowd.recovers(to: before * 0.3, within: .seconds(5)))
                }
            }
            #expect(crowd.surprises == [])
            let codes = Set(try await office.texts(#"SELECT "Code" FROM "Account""#))
            #expect(crowd.acknowledged.subtracting(codes) == [])
            #expect(crowd.refused.intersection(codes) == [])
            // A record and its entry in the change log are there together.
            let records = Set(try await office.texts(#"SELECT "Id" FROM "Account""#))
            #expect(Set(try await office.texts(#"SELECT "RecordId" FROM martlet_change WHERE "Object" = 'Account'"#)) == records)
            #expect(records.count == codes.count)
        }
        await database.close()
        await maintenance.close()
        try server.stop()
    }

    @Test func `a pool whose connections are all taken refuses in time, and others go on`() async throws {
        let gate = Gate()
        let few = { @Sendable (options: inout PostgresDatabase.Options) in
            (options.writers, options.writerThreads, options.linePatience) = (1, 1, .milliseconds(300))
        }
        try await Office.run(postgres: few, triggers: [Slow(gate: gate)]) { office in
            let id = try await office.account()
            async let slow = office.client.post("/api/objects/Account", ["Name": "Slow", "Phone": "+1 555 0100"])
            await gate.waitForArrival()
            for reply in [
                try await office.client.post("/api/objects/Account", Self.acme),
                try await office.client.patch("/api/objects/Account/\(id)", ["Name": "Other"]),
                try await office.client.post("/api/batch", ["operations": [["object": "Account", "create": Self.acme]]]),
            ] {
                #expect(reply.status == 503 && reply.code == "busy", "\(reply.text)")
                #expect(reply[header: "Retry-After"] == "1")
            }
            #expect(try await office.client.get("/api/objects/Account/\(id)").json["Name"] == "Acme")
            gate.open()
            #expect(try await slow.status == 201)
            #expect(try await office.client.patch("/api/objects/Account/\(id)", ["Name": "Other"]).status == 200)
            // Past the server's connections, whose patience is short for everybody.
            #expect(try await office.texts(#"SELECT "Name" FROM "Account" ORDER BY 1"#) == ["Other", "Slow"])
        }
    }

    @Test func `so does a full pipeline of short reads`() async throws {
        let narrow = { @Sendable (options: inout PostgresDatabase.Options) in
            (options.pipelines, options.pipelineDepth, options.pipelineFlights) = (1, 1, 1)
            options.linePatience = .milliseconds(300)
        }
        try await Office.run(postgres: narrow) { office in
            let path = "/api/objects/Account/" + (try await office.account())
            try await withThrowingTaskGroup(of: Reply.self) { group in
                try await office.holdingAccounts {
                    // One waits for the table, all others, who would have shared its statement, for that one.
                    group.addTask { try await office.client.get(path) }
                    let waits = #"SELECT 1 FROM pg_locks WHERE relation = '"Account"'::regclass AND NOT granted"#
                    while try await office.texts(waits).isEmpty {}
                    for _ in 0..<7 { group.addTask { try await office.client.get(path) } }
                    for _ in 0..<7 {
                        let reply = try #require(try await group.next())
                        #expect(reply.status == 503 && reply.code == "busy", "\(reply.text)")
                        #expect(reply[header: "Retry-After"] == "1")
                    }
                }
                #expect(try await group.next()?.status == 200)
            }
        }
    }

    @Test(arguments: [("lock_timeout", 503, "busy"), ("statement_timeout", 504, "deadline")])
    func `a statement that waits longer than the server lets it is told`(setting: String, status: Int, code: String) async throws
    {
        let impatient = { @Sendable (options: inout PostgresDatabase.Options) in
            options.serverSettings.append((setting, "400ms"))
        }
        try await Office.run(postgres: impatient) { office in
            let path = "/api/objects/Account/" + (try await office.account())
            try await office.holdingAccounts {
                for reply in [try await office.client.get(path), try await office.client.patch(path, ["Name": "Other"])] {
                    #expect(reply.status == status && reply.code == code, "\(reply.text)")
                    #expect(reply[header: "Retry-After"] == (status == 503 ? "1" : nil))
                }
            }
            #expect(try await office.client.get(path).json["Name"] == "Acme")
            #expect(try await office.client.patch(path, ["Name": "Other"]).status == 200)
        }
    }

    @Test func `a request that is given up in a deadlock is carried out when the other is done`() async throws {
        // Whoever has waited so long looks for a cycle: it is ours that finds it.
        try await Office.run(postgres: { $0.serverSettings.append(("deadlock_timeout", "300ms")) }) { office in
            let ids = [try await office.account("One"), try await office.account("Two")].sorted()
            let other = try await PostgresDatabase.open(PostgresAddress(office.path)) {
                $0.serverSettings.append(("deadlock_timeout", "60s"))
            }
            let changes = ids.map { JSON.object(["object": "Account", "update": ["Id": .string($0), "Name": "Ours"]]) }
            try await withThrowingTaskGroup(of: Reply.self) { group in
                let gate = Gate()
                group.addTask {
                    await gate.pass()
                    return try await office.client.post("/api/batch", ["operations": .array(changes)])
                }
                try await other.transaction(deadline: .after(.seconds(60))) { connection in
                    try await connection.rename(ids[1])
                    gate.open()
                    while try await !connection.isInTheWay() {}
                    try await connection.rename(ids[0])
                }
                let reply = try await group.next()
                #expect(reply?.status == 200, "\(reply?.text ?? "")")
            }
            #expect(try await office.texts(#"SELECT DISTINCT "Name" FROM "Account""#) == ["Ours"])
            await other.close()
        }
    }

    @Test func `where transactions are serializable, who collides is carried out later or told, and the sums are right`()
        async throws
    {
        let strict = { @Sendable (options: inout PostgresDatabase.Options) in
            options.writers = 4
            options.serverSettings.append(("default_transaction_isolation", "serializable"))
        }
        try await Office.run(postgres: strict) { office in
            let id = try await office.account()
            let deal: JSON = ["Name": "Deal", "AccountId": .string(id), "Stage": "Proposal"]
            let replies = try await withThrowingTaskGroup(of: Reply.self) { group in
                for _ in 0..<16 { group.addTask { try await office.client.post("/api/objects/Opportunity", deal) } }
                return try await group.reduce(into: [Reply]()) { $0.append($1) }
            }
            let done = replies.count { $0.status == 201 }
            #expect(done > 0)
            for reply in replies where reply.status != 201 {
                #expect(reply.status == 503 && reply.code == "busy" && reply[header: "Retry-After"] == "1", "\(reply.text)")
            }
            #expect(try await office.client.get("/api/objects/Account/\(id)").json["Deals"]?.number?.integer == done)
        }
    }

    @Test(.enabled("a small file system is mounted for it, which only root may do") { await PostgresServer.mayMount() })
    func `a full disk is told, nothing is there by half, and all goes on when there is room again`() async throws {
        let server = try await PostgresServer.start(settings: ["fsync=off"], space: "24m")
        let maintenance = try await PostgresDatabase.open(PostgresAddress(server.address)) { $0.readers = 1 }
        try await maintenance.command("CREATE TABLESPACE small LOCATION '\(server.space)'")
        let database = try await PostgresDatabase.open(PostgresAddress(server.address)) { options in
            options.functions = Engine.postgresFunctions
            options.serverSettings.append(("default_tablespace", "small"))
        }
        try await Office.run(on: database) { office in
            let kept = try await office.account()
            try await maintenance.fill("small")
            let replies = try await withThrowingTaskGroup(of: Reply.self) { group in
                for number in 0..<60 {
                    group.addTask {
                        let body: JSON = [
                            "Name": "More", "Phone": "+1 555 0100",
                            "Code": .string("\(number)-" + String(repeating: "x", count: 240)),
                        ]
                        return try await office.client.post("/api/objects/Account", body)
                    }
                }
                return try await group.reduce(into: [Reply]()) { $0.append($1) }
            }
            let refused = replies.filter { $0.status != 201 }
            #expect(!refused.isEmpty)
            for reply in refused { #expect(reply.status == 507 && reply.code == "disk_full", "\(reply.text)") }
            let operations = (0..<200).map { _ in JSON.object(["create": Self.acme]) }
            for allOrNone in [true, false] {
                let batch: JSON = ["operations": .array(operations), "allOrNone": .bool(allOrNone)]
                #expect(try await office.client.post("/api/objects/Account/batch", batch).status == 507)
            }
            let there = Set(try await office.texts(#"SELECT "Id" FROM "Account""#))
            #expect(there == Set(replies.compactMap { $0.status == 201 ? $0.json["Id"]?.string : nil } + [kept]))
            #expect(Set(try await office.texts(#"SELECT "RecordId" FROM martlet_change WHERE "Object" = 'Account'"#)) == there)
            #expect(try await office.client.get("/api/objects/Account/\(kept)").status == 200)

            try await maintenance.command("DROP TABLE filler")
            let after = try await office.client.post("/api/objects/Account/batch", ["operations": .array(operations)])
            #expect(after.status == 200, "\(after.text.prefix(400))")
        }
        await database.close()
        await maintenance.close()
        try server.stop()
    }

    @Test func `a connection on which nothing arrives any more is noticed, and another takes its place`() async throws {
        let test = try await PostgresCluster.shared.makeDatabase()
        let strait = try await Strait(before: test.socket)
        let database = try await PostgresDatabase.open(PostgresAddress(test.address(through: strait.port))) { options in
            options.functions = Engine.postgresFunctions
            (options.connectTimeout, options.patience) = (.milliseconds(500), .milliseconds(200))
            // Those that go quiet are the only ones: a request that found another would be answered.
            (options.pipelines, options.writers, options.writerThreads) = (1, 1, 1)
            options.interruptionPatience = .milliseconds(200)
        }
        var settings = EngineSettings()
        (settings.readDeadline, settings.writeDeadline) = (.seconds(1), .seconds(1))
        try await Office.run(on: database, engine: settings) { office in
            let path = "/api/objects/Account/" + (try await office.account())
            for isWholeServer in [false, true] {
                strait.goQuiet()
                if !isWholeServer { strait.flow() }
                // Within their deadline, callers are told.
                for reply in [try await office.client.get(path), try await office.client.patch(path, ["Name": "Other"])] {
                    #expect([503, 504].contains(reply.status), "\(reply.text)")
                }
                strait.flow()
                let end = ContinuousClock.now + .seconds(10)
                var statuses: [Int] = []
                while statuses != [200, 200], ContinuousClock.now < end {
                    let (read, write) = (
                        try await office.client.get(path), try await office.client.patch(path, ["Name": "Other"])
                    )
                    statuses = [read.status, write.status]
                }
                #expect(statuses == [200, 200])
            }
        }
        await strait.close()
        await database.close()
        withExtendedLifetime(test) {}
    }
}

extension Office {
    fileprivate func texts(_ sql: String) async throws -> [String] {
        try await engine.database.read(Statement(sql: sql), lane: .long, deadline: .after(.seconds(60))) { rows in
            var texts: [String] = []
            while try rows.next() { texts.append(rows.cell(0).string ?? "") }
            return texts
        }
    }

    /// Runs `body` while a transaction has the table of accounts to itself.
    fileprivate func holdingAccounts(_ body: () async throws -> Void) async throws {
        let gate = Gate()
        async let holding: Void = engine.database.transaction(deadline: .after(.seconds(60))) { connection in
            try await connection.run(Statement(sql: #"LOCK TABLE "Account""#))
            await gate.pass()
        }
        await gate.waitForArrival()
        try await body()
        gate.open()
        try await holding
    }
}

extension Connection {
    fileprivate func rename(_ id: String) async throws {
        try await run(Statement(sql: #"UPDATE "Account" SET "Name" = 'Theirs' WHERE "Id" = $1"#, binds: [.id(id)]))
    }

    /// Whether somebody waits for what this transaction holds.
    fileprivate func isInTheWay() async throws -> Bool {
        let blocked = Statement(
            sql: "SELECT count(*) FROM pg_stat_activity WHERE pg_backend_pid() = ANY (pg_blocking_pids(pid))")
        return try await rows(blocked) { try $0.next() && $0.cell(0).integer != 0 }
    }
}

extension PostgresDatabase {
    /// Makes a table that takes what room there is in a table space.
    fileprivate func fill(_ space: String) async throws {
        try await command("CREATE TABLE filler (text text) TABLESPACE \(space)")
        let text = "(SELECT string_agg(md5(random()::text), '') FROM generate_series(1, 60))"
        // The smaller the pieces, the less is left.
        for rows in [1000, 100, 10, 1] {
            do {
                while true { try await command("INSERT INTO filler SELECT \(text) FROM generate_series(1, \(rows))") }
            } catch StorageError.full {}
        }
    }
}
