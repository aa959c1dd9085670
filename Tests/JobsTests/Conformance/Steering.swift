import Jobs
import PostgresCluster
import SQL
import Storage
import Testing
import Values

@Suite struct Steering {
    @Test(arguments: DatabaseKind.allCases)
    func `a dead job is retried with all its attempts`(_ kind: DatabaseKind) async throws {
        try await World.run(kind) { world in
            try await world.enqueue("a")
            try await world.worker([JobHandler(.note) { _, _ in throw JobFailure("no", .never) }]).work()
            try await world.queue.retry(try await world.only().id)
            let job = try await world.only()
            #expect(job.state == .waiting && job.attempt == 0 && job.error == "no")
            try await world.worker().work()
            #expect(try await world.queue.jobs().isEmpty)
        }
    }

    @Test(arguments: DatabaseKind.allCases)
    func `a job between two attempts is retried at once`(_ kind: DatabaseKind) async throws {
        try await World.run(kind) { world in
            try await world.enqueue("a")
            try await world.worker([JobHandler(.note) { _, _ in throw Mishap() }]).work()
            try await world.queue.retry(try await world.only().id)
            #expect(try await world.only().attempt == 1)
            #expect(try await world.worker().work().taken == 1)
        }
    }

    @Test(arguments: DatabaseKind.allCases)
    func `the dead of a kind are retried together, but for those whose key is taken`(_ kind: DatabaseKind) async throws {
        try await World.run(kind) { world in
            for key in ["a", "b", "c"] {
                _ = try await world.queue.enqueue(NewJob(JobKind.note, .string(key), key: key))
                world.clock.advance(by: .milliseconds(1))
            }
            try await world.enqueue("d", kind: .letter)
            let failing = [JobKind.note, .letter].map { JobHandler($0) { _, _ in throw JobFailure("no", .never) } }
            try await world.worker(failing).work()
            _ = try await world.queue.enqueue(NewJob(JobKind.note, "new b", key: "b"))
            #expect(try await world.queue.retryDead(kind: "note") == 2)
            #expect(try await world.queue.jobs(JobFilter(state: .dead)).map(\.payload) == ["b", "d"])
            #expect(try await world.queue.retryDead() == 1)
        }
    }

    @Test(arguments: DatabaseKind.allCases)
    func `a waiting or dead job that is cancelled is gone`(_ kind: DatabaseKind) async throws {
        try await World.run(kind) { world in
            try await world.enqueue("a")
            let id = try await world.only().id
            #expect(try await world.queue.cancel(id))
            await #expect(throws: JobProblem.notFound(id: id)) { try await world.queue.cancel(id) }
            await #expect(throws: JobProblem.notFound(id: "nonsense")) { try await world.queue.cancel("nonsense") }
        }
    }

    @Test(arguments: DatabaseKind.allCases)
    func `a running job that is cancelled ends, and is not tried again`(_ kind: DatabaseKind) async throws {
        try await World.run(kind) { world in
            try await world.enqueue("a")
            let gate = Gate()
            let worker = world.worker([
                JobHandler(.note) { _, _ in
                    await gate.pass()
                    try Task.checkCancellation()
                }
            ])
            try await worker.turn()
            async let performing: Void = worker.performTaken()
            await gate.waitForArrival()
            let id = try await world.only().id
            await #expect(throws: JobProblem.running(id: id)) { try await world.queue.retry(id) }
            #expect(try await world.queue.cancel(id) == false)
            #expect(try await world.only().isCancelled)
            await worker.tend()
            await performing
            try await worker.turn()
            #expect(try await world.queue.jobs().isEmpty)
            #expect(world.diary.lines == ["a cancelled"])
        }
    }

    @Test(arguments: DatabaseKind.allCases)
    func `a cancelled job that fails is not tried again either`(_ kind: DatabaseKind) async throws {
        try await World.run(kind) { world in
            try await world.enqueue("a")
            let worker = world.worker([
                JobHandler(.note) { _, run in
                    _ = try await world.queue.cancel(run.job.id)
                    throw Mishap()
                }
            ])
            try await worker.work()
            #expect(try await world.queue.jobs().isEmpty)
        }
    }

    @Test(arguments: DatabaseKind.allCases)
    func `jobs are listed in their order, page by page`(_ kind: DatabaseKind) async throws {
        try await World.run(kind) { world in
            try await world.enqueue("a", "b", "c")
            try await world.enqueue("d", kind: .letter)
            let first = try await world.queue.jobs(limit: 3)
            #expect(first.map(\.payload) == ["a", "b", "c"])
            #expect(try await world.queue.jobs(after: first[2].id).map(\.payload) == ["d"])
            #expect(try await world.queue.jobs(JobFilter(queue: "mail")).map(\.payload) == ["d"])
            #expect(try await world.queue.jobs(JobFilter(state: .running)).isEmpty)
            #expect(
                try await world.queue.counts() == [
                    JobCount(queue: "default", kind: "note", state: .waiting, count: 3),
                    JobCount(queue: "mail", kind: "letter", state: .waiting, count: 1),
                ])
        }
    }
}
