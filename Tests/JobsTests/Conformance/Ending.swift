import Jobs
import PostgresCluster
import SQL
import Storage
import Testing
import Values

@Suite struct Ending {
    @Test(arguments: DatabaseKind.allCases)
    func `a job that is done is gone`(_ kind: DatabaseKind) async throws {
        try await World.run(kind) { world in
            let id = try #require(try await world.queue.enqueue(NewJob(.note, "a")))
            try await world.worker().work()
            await #expect(throws: JobProblem.notFound(id: id)) { try await world.queue.job(id) }
        }
    }

    @Test(arguments: DatabaseKind.allCases)
    func `a job that fails is tried again, later each time, and is dead after its last attempt`(_ kind: DatabaseKind) async throws
    {
        try await World.run(kind) { world in
            try await world.enqueue("a")
            let worker = world.worker([JobHandler(.note) { _, _ in throw Mishap() }])
            for (attempt, seconds) in [(1, 10), (2, 20)] {
                try await worker.work()
                let job = try await world.only()
                #expect(job.state == .waiting && job.attempt == attempt && job.error == "mishap" && job.owner == nil)
                let wait = job.runAt - world.clock.now
                #expect(wait >= Int64(seconds) * 500_000 && wait <= Int64(seconds) * 1_000_000)
                #expect(try await worker.work().taken == 0)
                world.clock.advance(by: .seconds(seconds))
            }
            try await worker.work()
            #expect(try await world.only().state == .dead)
            world.clock.advance(by: .seconds(86_400))
            #expect(try await worker.work().taken == 0)
            #expect(world.diary.lines == ["a failed: mishap", "a failed: mishap", "a failed: mishap, dead"])
        }
    }

    @Test(arguments: DatabaseKind.allCases)
    func `a handler says when to try again, or never`(_ kind: DatabaseKind) async throws {
        try await World.run(kind) { world in
            try await world.enqueue("later")
            try await world.enqueue("never")
            let worker = world.worker([
                JobHandler(.note) { text, _ in throw JobFailure("no", text == "later" ? .after(.seconds(7)) : .never) }
            ])
            try await worker.work()
            let jobs = try await world.queue.jobs()
            #expect(jobs.map(\.state) == [.waiting, .dead])
            #expect(jobs[0].runAt == world.clock.now + 7_000_000)
        }
    }

    @Test(arguments: DatabaseKind.allCases)
    func `a payload that the handler does not know is dead at once`(_ kind: DatabaseKind) async throws {
        try await World.run(kind) { world in
            try await world.enqueue("a")
            let strict = JobKind<Strict>("note")
            try await world.worker([JobHandler(strict) { _, _ in }]).work()
            let job = try await world.only()
            #expect(job.state == .dead && job.error == "The payload is not that of a job note: mishap")
        }
    }

    @Test(arguments: DatabaseKind.allCases)
    func `an attempt that takes too long has failed, even where its handler goes on`(_ kind: DatabaseKind) async throws {
        try await World.run(kind) { world in
            try await world.enqueue("a")
            let (gate, isDeaf) = (Gate(), Gate())
            let worker = world.worker([
                JobHandler(.note) { _, _ in
                    await gate.pass()
                    // Deaf to its cancellation.
                    await Task { await isDeaf.pass() }.value
                }
            ])
            try await worker.turn()
            async let performing: Void = worker.performTaken()
            await gate.waitForArrival()
            world.clock.advance(by: .seconds(61))
            await worker.tend()
            await isDeaf.waitForArrival()
            try await worker.turn()
            let job = try await world.only()
            #expect(job.state == .waiting && job.error == "It took longer than 60.0 seconds")
            isDeaf.open()
            await performing
            try await worker.turn()
            #expect(try await world.only() == job)
        }
    }

    @Test(arguments: DatabaseKind.allCases)
    func `an effect in the database and the end of its job are one`(_ kind: DatabaseKind) async throws {
        try await World.run(kind) { world in
            try await world.enqueue("a")
            let worker = world.worker([
                JobHandler(.note) { _, run in
                    try await world.transaction { connection in
                        try await world.queue.enqueue(NewJob(.letter, "effect"), on: connection)
                        try await run.finish(on: connection)
                    }
                }
            ])
            try await worker.work()
            #expect(try await world.only().payload == "effect")
            #expect(world.diary.lines == [])
        }
    }

    @Test(arguments: DatabaseKind.allCases)
    func `progress is seen while a job runs`(_ kind: DatabaseKind) async throws {
        try await World.run(kind) { world in
            try await world.enqueue("a")
            let gate = Gate()
            let worker = world.worker([
                JobHandler(.note) { _, run in
                    run.report(done: 3, of: 10, "third")
                    await gate.pass()
                }
            ])
            try await worker.turn()
            async let performing: Void = worker.performTaken()
            await gate.waitForArrival()
            await worker.tend()
            let job = try await world.only()
            #expect(job.state == .running && job.progress == JobProgress(done: 3, total: 10, note: "third"))
            gate.open()
            await performing
        }
    }
}

/// A payload that no document is.
private struct Strict: JobPayload {
    var json: JSON { .null }
    init(json: JSON) throws { throw Mishap() }
}
