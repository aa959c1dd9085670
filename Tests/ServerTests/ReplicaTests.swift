import Engine
import NIOHTTP1
import PostgresCluster
import SQL
import Storage
import Testing
import Values

@Suite("Reading one's own writes from replicas", .timeLimit(.minutes(3)))
struct ReplicaTests {
    @Test func `a caller who sends its position back reads what it wrote, others what the replica has`() async throws {
        try await withPausedReplica { office in
            let written = try await office.client.post("/api/objects/Account", ["Name": "Late", "Phone": "+1 555 0100"])
            #expect(written.status == 201)
            let id = written.json["Id"]?.string ?? ""
            let position = try #require(written[header: "Martlet-Position"])
            #expect(LogPosition(position) != nil)
            let cookie = try #require(written[header: "Set-Cookie"])
            #expect(cookie == "martlet-position=\(position); Path=/; HttpOnly; SameSite=Lax")

            let path = "/api/objects/Account/\(id)"
            #expect(try await office.client.get(path).status == 404)
            #expect(try await office.client.get(path, ["Martlet-Position": position]).json["Name"] == "Late")
            #expect(try await office.client.get(path, ["Martlet-Position": "latest"]).status == 200)
            #expect(try await office.client.get(path, ["Cookie": "a=b; martlet-position=\(position)"]).status == 200)
            #expect(try await office.client.get(path, ["Cookie": "martlet-position=nonsense"]).status == 200)
            #expect(try await office.client.get(path, ["Martlet-Position": "0/1"]).status == 404)
        }
    }

    @Test func `a question that is posted is a read, and every write has a position`() async throws {
        try await withPausedReplica { office in
            let id = try await office.account("Late")
            let question: JSON = ["object": "Account", "filters": ["Name": "Late"], "count": true]
            let answer = try await office.client.post("/api/query", question)
            #expect(answer.json["totalCount"] == 0)
            #expect(answer[header: "Martlet-Position"] == nil)
            let path = "/api/objects/Account/\(id)"
            // A write reads what is there now, whoever sends it.
            let changed = try await office.client.patch(path, ["Name": "Later"])
            #expect(changed.json["Name"] == "Later" && changed[header: "Martlet-Position"] != nil)
            let position = try #require(changed[header: "Martlet-Position"])
            let renamed: JSON = ["object": "Account", "filters": ["Name": "Later"], "count": true]
            #expect(try await office.client.post("/api/query", renamed, ["Martlet-Position": position]).json["totalCount"] == 1)
            #expect(try await office.client.patch(path, ["Nmae": "x"])[header: "Martlet-Position"] != nil)
            #expect(try await office.client.delete(path)[header: "Martlet-Position"] != nil)
        }
    }

    @Test func `a position that is none is refused`() async throws {
        try await Office.run { office in
            let reply = try await office.client.get("/api/objects/Account", ["Martlet-Position": "x"])
            #expect(reply.status == 400 && reply.code == "bad_header", "\(reply.text)")
        }
    }

    @Test func `without replicas nobody needs a position`() async throws {
        try await Office.run { office in
            let written = try await office.client.post("/api/objects/Account", ["Name": "Acme", "Phone": "+1 555 0100"])
            #expect(written[header: "Martlet-Position"] == nil && written[header: "Set-Cookie"] == nil)
        }
    }

    /// A server on a primary whose replica has the schema, and stands still.
    private func withPausedReplica(_ body: @Sendable (Office) async throws -> Void) async throws {
        let primary = try await PostgresServer.start(settings: ["fsync=off"])
        let writer = try await PostgresDatabase.open(PostgresAddress(primary.address)) { $0.functions = Engine.postgresFunctions }
        try await Office.run(on: writer) { _ in }
        let replica = try await PostgresReplica.start(of: primary)
        let reader = try await PostgresDatabase.open(PostgresAddress(replica.address))
        var options = ReplicatedDatabase.Options()
        (options.interval, options.lag, options.patience) = (nil, .seconds(3600), .seconds(20))
        let database = ReplicatedDatabase(writer, replicas: [try PostgresAddress(replica.address)], options: options)
        repeat { await database.look() } while !database.replicas.allSatisfy(\.isServing)
        _ = try await reader.text("SELECT pg_wal_replay_pause()")
        while try await reader.text("SELECT pg_get_wal_replay_pause_state()") != "paused" { await Task.yield() }
        // The replica is behind from now on, by no more than is allowed.
        try await Office.run(on: database, body)
        await database.close()
        await reader.close()
        try primary.stop()
    }
}

extension PostgresDatabase {
    fileprivate func text(_ sql: Fragment) async throws -> String {
        try await read(sql.statement(.postgres), lane: .long, deadline: .after(.seconds(60))) {
            try $0.next() ? $0.cell(0).string ?? "" : ""
        }
    }
}
