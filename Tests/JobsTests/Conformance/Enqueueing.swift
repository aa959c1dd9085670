import Jobs
import PostgresCluster
import SQL
import Storage
import Testing
import Values

/// The promises of the queue, on every database.
@Suite struct Enqueueing {
    @Test(arguments: DatabaseKind.allCases)
    func `a job is there exactly when its transaction is`(_ kind: DatabaseKind) async throws {
        try await World.run(kind) { world in
            await #expect(throws: Mishap.self) {
                try await world.transaction { connection in
                    try await world.queue.enqueue(NewJob(.note, "undone"), on: connection)
                    throw Mishap()
                }
            }
            try await world.transaction { try await world.queue.enqueue(NewJob(.note, "kept"), on: $0) }
            try await world.worker().work()
            #expect(world.diary.lines == ["note kept"])
        }
    }

    @Test(arguments: DatabaseKind.allCases)
    func `a job is as it was put in`(_ kind: DatabaseKind) async throws {
        try await World.run(kind) { world in
            let at = world.clock.now + 3_600_000_000
            let id = try #require(
                try await world.queue.enqueue(NewJob(.letter, ["to": "ada"], at: at, key: "ada", priority: .high)))
            let job = try await world.queue.job(id)
            #expect(job.kind == "letter" && job.queue == "mail" && job.priority == .high && job.state == .waiting)
            #expect(job.payload == ["to": "ada"] && job.key == "ada" && job.runAt == at)
            #expect(job.attempt == 0 && job.attempts == 10 && job.epoch == 0 && job.owner == nil && job.error == nil)
            #expect(job.enqueuedAt == world.clock.now && job.startedAt == nil)
        }
    }

    @Test(arguments: DatabaseKind.allCases)
    func `a job with the key of one that waits or runs is left out`(_ kind: DatabaseKind) async throws {
        try await World.run(kind) { world in
            let gate = Gate()
            let worker = world.worker([JobHandler(.note) { _, _ in await gate.pass() }])
            let job = NewJob(JobKind.note, "one", key: "k")
            #expect(try await world.queue.enqueue(job) != nil)
            #expect(try await world.queue.enqueue(job) == nil)
            try await worker.turn()
            async let performing: Void = worker.performTaken()
            await gate.waitForArrival()
            #expect(try await world.queue.enqueue(job) == nil)
            gate.open()
            await performing
            try await worker.turn()
            #expect(try await world.queue.enqueue(job) != nil)
        }
    }

    @Test(arguments: DatabaseKind.allCases)
    func `a dead job does not hold its key`(_ kind: DatabaseKind) async throws {
        try await World.run(kind) { world in
            let worker = world.worker([JobHandler(.note) { _, _ in throw JobFailure("no", .never) }])
            let job = NewJob(JobKind.note, "one", key: "k")
            let first = try #require(try await world.queue.enqueue(job))
            try await worker.work()
            #expect(try await world.queue.enqueue(job) != nil)
            await #expect(throws: JobProblem.keyTaken(id: first, key: "k")) { try await world.queue.retry(first) }
        }
    }

    @Test(arguments: DatabaseKind.allCases)
    func `many are put in at once, but for those whose key is taken`(_ kind: DatabaseKind) async throws {
        try await World.run(kind) { world in
            let jobs = (0..<1200).map { NewJob(JobKind.note, .string("\($0)"), key: $0 % 2 == 0 ? "k\($0 % 600)" : nil) }
            let count = try await world.transaction { try await world.queue.enqueue(jobs, on: $0) }
            #expect(count == 600 + 300)
            #expect(try await world.queue.counts().map(\.count) == [900])
        }
    }

    @Test(arguments: DatabaseKind.allCases)
    func `a payload that is too large is refused with its size`(_ kind: DatabaseKind) async throws {
        try await World.run(kind) { world in
            let text = String(repeating: "x", count: JobQueue.payloadLimit)
            await #expect(
                throws: JobProblem.payloadTooLarge(kind: "note", bytes: text.count + 2, limit: JobQueue.payloadLimit)
            ) { try await world.queue.enqueue(NewJob(.note, .string(text))) }
        }
    }
}
