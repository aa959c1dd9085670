import Jobs
import PostgresCluster
import SQL
import Storage
import Testing
import Values

/// A worker as it runs by itself.
@Suite struct Running {
    @Test(arguments: DatabaseKind.allCases)
    func `a nudge wakes a worker that has nothing to do`(_ kind: DatabaseKind) async throws {
        try await World.run(kind) { world in
            let world = world.live
            let done = AsyncStream.makeStream(of: String.self)
            let worker = world.worker([JobHandler(.note) { text, _ in done.continuation.yield(text.string ?? "") }]) {
                $0.idle = .seconds(3600)...(.seconds(3600))
            }
            async let running: Void = worker.run()
            var found = done.stream.makeAsyncIterator()
            for text in ["a", "b", "c"] {
                _ = try await world.queue.enqueue(NewJob(JobKind.note, .string(text)))
                #expect(await found.next() == text)
            }
            worker.stop()
            await running
            #expect(try await world.queue.jobs().isEmpty)
            #expect(try await world.queue.workers().isEmpty)
        }
    }

    @Test(arguments: DatabaseKind.allCases)
    func `a worker that stops finishes what runs and gives back what it has not begun`(_ kind: DatabaseKind) async throws {
        try await World.run(kind) { world in
            let world = world.live
            try await world.enqueue("a", "b")
            let gate = Gate()
            let worker = world.worker(
                [
                    JobHandler(.note) { text, _ in
                        await gate.pass()
                        world.diary.write("did \(text.string ?? "")")
                    }
                ], slots: 1)
            async let running: Void = worker.run()
            await gate.waitForArrival()
            worker.stop()
            gate.open()
            await running
            #expect(world.diary.lines == ["did a"])
            let left = try await world.only()
            #expect(left.payload == "b" && left.state == .waiting && left.attempt == 0)
            #expect(try await world.queue.workers().isEmpty)
        }
    }

    @Test(arguments: DatabaseKind.allCases)
    func `what does not finish within the grace period is cancelled and given back`(_ kind: DatabaseKind) async throws {
        try await World.run(kind) { world in
            let world = world.live
            try await world.enqueue("a")
            let gate = Gate()
            let handler = JobHandler(JobKind.note) { _, _ in
                await gate.pass()
                try Task.checkCancellation()
            }
            let worker = world.worker([handler]) { $0.grace = .zero }
            async let running: Void = worker.run()
            await gate.waitForArrival()
            worker.stop()
            await running
            let job = try await world.only()
            #expect(job.state == .waiting && job.attempt == 0 && job.error == nil && job.owner == nil)
            #expect(world.diary.lines == ["a released"])
        }
    }

    @Test(arguments: DatabaseKind.allCases)
    func `a worker outlives trouble with its database`(_ kind: DatabaseKind) async throws {
        try await World.run(kind) { world in
            let world = world.live
            try await world.transaction { try await $0.run(Statement(sql: "ALTER TABLE martlet_job RENAME TO away")) }
            let done = AsyncStream.makeStream(of: Void.self)
            let troubled = AsyncStream.makeStream(of: Void.self)
            let handler = JobHandler(JobKind.note) { _, _ in done.continuation.yield() }
            let worker = JobWorker(world.queue, handlers: [handler]) { event in
                if case .trouble = event { troubled.continuation.yield() }
            }
            async let running: Void = worker.run()
            for await _ in troubled.stream { break }
            try await world.transaction { try await $0.run(Statement(sql: "ALTER TABLE away RENAME TO martlet_job")) }
            try await world.enqueue("a")
            for await _ in done.stream { break }
            worker.stop()
            await running
            #expect(try await world.queue.jobs().isEmpty)
        }
    }
}
