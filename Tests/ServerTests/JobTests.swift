import Engine
import Jobs
import Testing
import Values

@Suite struct `Jobs over HTTP` {
    private static let send = JobKind<JSON>("mail.send", queue: "mail", attempts: 1)

    /// What a worker makes of the jobs that are due: it fails those that say so.
    private static func work(_ office: Office) async throws {
        let handler = JobHandler(send) { text, _ in if text == "bad" { throw JobFailure("no such address") } }
        let worker = JobWorker(office.engine.jobs, handlers: [handler])
        try await worker.turn()
        await worker.performTaken()
        try await worker.turn()
    }

    private static func enqueue(_ office: Office, _ texts: String..., at: Instant? = nil, key: String? = nil) async throws
        -> [String]
    {
        var ids: [String] = []
        for text in texts {
            let id = try await office.engine.jobs.enqueue(NewJob(send, .string(text), at: at, key: key))
            ids.append(try #require(id))
        }
        return ids
    }

    @Test func `a job is read as it is, and is gone when it is done`() async throws {
        try await Office.run { office in
            let at = try #require(Instant("2020-05-01T10:00:00Z"))
            let id = try await Self.enqueue(office, "hello", at: at, key: "k")[0]
            let job = try await office.client.get("/api/jobs/\(id)").json
            #expect(
                job["kind"] == "mail.send" && job["queue"] == "mail" && job["state"] == "waiting" && job["payload"] == "hello")
            #expect(job["runAt"] == "2020-05-01T10:00:00Z" && job["priority"] == "normal" && job["key"] == "k")
            #expect(job["progress"] == .null && job["cancelling"] == false)
            try await Self.work(office)
            let reply = try await office.client.get("/api/jobs/\(id)")
            #expect(reply.status == 404 && reply.code == "unknown_job")
        }
    }

    @Test func `jobs are listed by state, kind and queue, page by page`() async throws {
        try await Office.run { office in
            let ids = try await Self.enqueue(office, "a", "b", "c")
            let first = try await office.client.get("/api/jobs?queue=mail&kind=mail.send&limit=2").json
            #expect(first["jobs"]?.array?.compactMap { $0["id"]?.string } == Array(ids[..<2]))
            let next = try #require(first["nextCursor"]?.string)
            let second = try await office.client.get("/api/jobs?limit=2&cursor=\(next)").json
            #expect(second["jobs"]?.array?.compactMap { $0["id"]?.string } == [ids[2]] && second["nextCursor"] == .null)
            #expect(try await office.client.get("/api/jobs?state=dead").json["jobs"] == [])
            for (query, message) in [
                ("state=daed", "daed is none of waiting, running, dead (did you mean dead?)"),
                ("cursor=x", "it is not the nextCursor of a page before"), ("limit=0", "0 is no number from 1 to 1000"),
            ] {
                let reply = try await office.client.get("/api/jobs?\(query)")
                #expect(reply.status == 400 && reply.errors.first?.hasSuffix(message) == true, "\(reply.text)")
            }
        }
    }

    @Test func `the dead are listed with their error, and run again one by one or together`() async throws {
        try await Office.run { office in
            let ids = try await Self.enqueue(office, "bad", "bad", "bad")
            try await Self.work(office)
            let dead = try await office.client.get("/api/jobs/dead").json["jobs"]?.array ?? []
            #expect(dead.map { $0["error"] } == Array(repeating: "no such address", count: 3))
            let one = try await office.client.post("/api/jobs/\(ids[0])/retry", [:])
            #expect(one.status == 200 && one.json["state"] == "waiting" && one.json["attempt"] == 0)
            let rest = try await office.client.post("/api/jobs/dead/retry?kind=mail.send", [:])
            #expect(rest.json == ["retried": 2])
        }
    }

    @Test func `a job is cancelled`() async throws {
        try await Office.run { office in
            let id = try await Self.enqueue(office, "a")[0]
            let reply = try await office.client.post("/api/jobs/\(id)/cancel", [:])
            #expect(reply.json == ["id": .string(id), "status": "cancelled"])
            #expect(try await office.client.post("/api/jobs/\(id)/cancel", [:]).status == 404)
            #expect(try await office.client.post("/api/jobs/nonsense/retry", [:]).code == "unknown_job")
        }
    }

    @Test func `a dead job whose key is taken is not retried`() async throws {
        try await Office.run { office in
            let id = try await Self.enqueue(office, "bad", key: "k")[0]
            try await Self.work(office)
            _ = try await Self.enqueue(office, "good", key: "k")
            let reply = try await office.client.post("/api/jobs/\(id)/retry", [:])
            #expect(reply.status == 409 && reply.code == "job_key_taken" && reply.hint != nil)
        }
    }

    @Test func `a queue and a kind are paused and go on, and the board says so`() async throws {
        try await Office.run { office in
            _ = try await Self.enqueue(office, "a")
            #expect(try await office.client.post("/api/jobs/queues/mail/pause", [:]).json == ["queue": "mail", "paused": true])
            #expect(
                try await office.client.post("/api/jobs/kinds/mail.send/pause", [:]).json == [
                    "kind": "mail.send", "paused": true,
                ])
            try await Self.work(office)
            let board = try await office.client.get("/api/jobs/queues").json["queues"]?.array?.first { $0["name"] == "mail" }
            #expect(board?["paused"] == true && board?["waiting"] == 1 && board?["dead"] == 0)
            #expect(board?["kinds"]?.array?.first?["paused"] == true)
            _ = try await office.client.post("/api/jobs/queues/mail/resume", [:])
            _ = try await office.client.post("/api/jobs/kinds/mail.send/resume", [:])
            try await Self.work(office)
            #expect(try await office.client.get("/api/jobs").json["jobs"] == [])
            let typo = try await office.client.post("/api/jobs/queues/mial/pause", [:])
            #expect(typo.status == 404 && typo.code == "unknown_queue")
        }
    }

    @Test func `workers and schedules are listed`() async throws {
        try await Office.run { office in
            let schedules = try Engine.maintenanceSchedules()
            let worker = JobWorker(office.engine.jobs, handlers: office.engine.maintenanceHandlers, schedules: schedules)
            try await worker.turn()
            let workers = try await office.client.get("/api/jobs/workers").json["workers"]?.array ?? []
            #expect(workers.map { $0["name"] } == ["worker"])
            let listed = try await office.client.get("/api/jobs/schedules").json["schedules"]?.array ?? []
            #expect(listed.map { $0["name"] } == ["forget-idempotency-keys", "make-room-ahead", "refresh-statistics"])
            #expect(listed.map { $0["lastAt"] } == [.null, .null, .null])
        }
    }
}
