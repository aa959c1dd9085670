import Engine
import NIOHTTP1
import SQL
import Server
import Storage
import Testing
import Values

/// What callers see of a database in trouble.
@Suite("A database in trouble")
struct FaultTests {
    private static func account(_ number: Int) -> JSON {
        [
            "Name": .string("Account \(number)"), "Email": "a@b.example",
            "Code": .string("\(number)-" + String(repeating: "x", count: 240)),
        ]
    }

    @Test func `a full disk is told, and what was acknowledged is there and nothing else`() async throws {
        try await Office.run(storage: SQLiteDatabase.Options()) { office in
            let kept = try await office.account()
            let pages = try await office.number("PRAGMA page_count")
            try await office.pragma("PRAGMA max_page_count = \(pages + 10)")
            let replies = try await withThrowingTaskGroup(of: Reply.self) { group in
                for number in 0..<60 {
                    group.addTask { try await office.client.post("/api/objects/Account", FaultTests.account(number)) }
                }
                return try await group.reduce(into: [Reply]()) { $0.append($1) }
            }
            let refused = replies.filter { $0.status != 201 }
            #expect(!refused.isEmpty && refused.count < 60)
            for reply in refused {
                #expect(reply.status == 507 && reply.code == "disk_full", "\(reply.text)")
                #expect(reply.hint == "Free disk space; nothing was changed")
            }
            let acknowledged = Set(replies.compactMap { $0.status == 201 ? $0.json["Id"]?.string : nil })
            #expect(try await office.ids("Account") == acknowledged.union([kept]))
            // Reading goes on.
            #expect(try await office.client.get("/api/objects/Account/\(kept)").status == 200)
            #expect(try await office.client.get("/health").status == 200)

            try await office.pragma("PRAGMA max_page_count = 100000")
            let after = try await office.client.post("/api/objects/Account", FaultTests.account(99))
            #expect(after.status == 201, "\(after.text)")
        }
    }

    @Test func `a batch that no longer fits leaves nothing behind`() async throws {
        try await Office.run(storage: SQLiteDatabase.Options()) { office in
            let pages = try await office.number("PRAGMA page_count")
            try await office.pragma("PRAGMA max_page_count = \(pages + 10)")
            let operations = (0..<200).map { JSON.object(["create": FaultTests.account($0)]) }
            for allOrNone in [true, false] {
                let reply = try await office.client.post(
                    "/api/objects/Account/batch", ["operations": .array(operations), "allOrNone": .bool(allOrNone)],
                    ["Idempotency-Key": "k\(allOrNone)"])
                #expect(reply.status == 507, "\(reply.text.prefix(400))")
            }
            #expect(try await office.count("Account") == 0)
            try await office.pragma("PRAGMA max_page_count = 100000")
            // The refused request left no trace: the same key carries it out now.
            let again = try await office.client.post(
                "/api/objects/Account/batch", ["operations": .array(operations), "allOrNone": true], ["Idempotency-Key": "ktrue"])
            #expect(again.status == 200 && again[header: "Idempotency-Replayed"] == nil)
            #expect(try await office.count("Account") == 200)
        }
    }

    @Test func `a file that another process holds is told in time, and is written when it is free again`() async throws {
        var patience = SQLiteDatabase.Options()
        patience.busyTimeout = .milliseconds(50)
        try await Office.run(storage: patience) { office in
            let id = try await office.account()
            let other = try await SQLiteDatabase.open(path: office.path)
            let gate = Gate()
            async let holding: Void = other.transaction(deadline: .after(.seconds(600))) { _ in await gate.pass() }
            await gate.waitForArrival()
            let requests = [
                try await office.client.post("/api/objects/Account", FaultTests.account(1)),
                try await office.client.patch("/api/objects/Account/\(id)", ["Name": "Other"]),
                try await office.client.delete("/api/objects/Account/\(id)"),
                try await office.client.post(
                    "/api/batch", ["operations": [["object": "Account", "create": FaultTests.account(2)]]]),
            ]
            for reply in requests {
                #expect(reply.status == 503 && reply.code == "busy", "\(reply.text)")
                #expect(reply[header: "Retry-After"] == "1")
            }
            #expect(try await office.client.get("/api/objects/Account/\(id)").json["Name"] == "Acme")
            gate.open()
            try await holding
            await other.close()
            #expect(try await office.ids("Account") == [id])
            #expect(try await office.client.patch("/api/objects/Account/\(id)", ["Name": "Other"]).status == 200)
        }
    }
}

extension Office {
    fileprivate func pragma(_ sql: String) async throws {
        try await engine.database.transaction(deadline: .after(.seconds(60))) { connection in
            _ = try await connection.run(Statement(sql: sql, binds: []))
        }
    }

    fileprivate func number(_ sql: String) async throws -> Int {
        try await engine.database.read(Statement(sql: sql, binds: []), lane: .short, deadline: .after(.seconds(60))) {
            try $0.next() ? Int($0.cell(0).integer ?? 0) : 0
        }
    }

    fileprivate func ids(_ object: String) async throws -> Set<String> {
        let reply = try await client.get("/api/objects/\(object)?fields=Id&limit=2000")
        return Set((reply.json["records"]?.array ?? []).compactMap { $0["Id"]?.string })
    }
}
