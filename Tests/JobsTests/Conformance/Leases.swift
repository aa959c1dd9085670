import Jobs
import PostgresCluster
import SQL
import Storage
import Testing
import Values

/// What happens when a worker falls silent, and when it comes back.
@Suite struct Leases {
    @Test(arguments: DatabaseKind.allCases)
    func `the jobs of a silent worker are given to others after a lease`(_ kind: DatabaseKind) async throws {
        try await World.run(kind) { world in
            try await world.enqueue("a")
            let (silent, other) = (world.worker(), world.worker())
            try await silent.turn()
            try await other.turn()
            await other.tend()
            world.clock.advance(by: .seconds(19))
            await other.tend()
            #expect(try await other.work().taken == 0)
            world.clock.advance(by: .seconds(1))
            await other.tend()
            #expect(try await other.work().taken == 1)
            #expect(world.diary.lines == ["took off a worker with 1", "note a"])
        }
    }

    @Test(arguments: DatabaseKind.allCases)
    func `a worker that beats keeps its jobs`(_ kind: DatabaseKind) async throws {
        try await World.run(kind) { world in
            try await world.enqueue("a")
            let (slow, other) = (world.worker(), world.worker())
            try await slow.turn()
            try await other.turn()
            for _ in 0..<30 {
                // The surplus of a worker that does not begin is not what this is about.
                async let performing: Void = slow.performTaken()
                await performing
                await slow.tend()
                await other.tend()
                world.clock.advance(by: .seconds(5))
            }
            #expect(try await world.only().state == .running)
            #expect(world.diary.lines == ["note a"])
            #expect(try await world.queue.workers().count == 2)
        }
    }

    @Test(arguments: DatabaseKind.allCases)
    func `a stalled worker that wakes up cannot complete its jobs`(_ kind: DatabaseKind) async throws {
        try await World.run(kind) { world in
            try await world.enqueue("a")
            let gate = Gate()
            let stalled = world.worker([JobHandler(.note) { _, _ in await Task { await gate.pass() }.value }])
            try await stalled.turn()
            async let performing: Void = stalled.performTaken()
            await gate.waitForArrival()
            let other = world.worker([JobHandler(.note) { _, _ in throw Mishap() }])
            try await other.turn()
            await other.tend()
            world.clock.advance(by: .seconds(20))
            await other.tend()
            try await other.work()
            let job = try await world.only()
            #expect(job.state == .waiting && job.epoch == 2 && job.attempt == 2)

            gate.open()
            await performing
            try await stalled.turn()
            #expect(try await world.only() == job)
            #expect(world.diary.lines == ["took off a worker with 1", "a failed: mishap", "lost"])
        }
    }

    @Test(arguments: DatabaseKind.allCases)
    func `of two owners only the later can finish, and the other's effect is undone`(_ kind: DatabaseKind) async throws {
        try await World.run(kind) { world in
            try await world.enqueue("a")
            let gates = [Gate(), Gate()]
            let workers = gates.map { gate in
                world.worker([
                    JobHandler(.note) { _, run in
                        await Task { await gate.pass() }.value
                        try await world.transaction { connection in
                            try await world.queue.enqueue(
                                NewJob(JobKind.letter, .string("effect of epoch \(run.job.epoch)")), on: connection)
                            try await run.finish(on: connection)
                        }
                    }
                ])
            }
            try await workers[0].turn()
            async let first: Void = workers[0].performTaken()
            await gates[0].waitForArrival()
            try await workers[1].turn()
            await workers[1].tend()
            world.clock.advance(by: .seconds(20))
            await workers[1].tend()
            try await workers[1].turn()
            async let second: Void = workers[1].performTaken()
            await gates[1].waitForArrival()

            gates[0].open()
            await first
            try await workers[0].turn()
            #expect(try await world.queue.jobs().map(\.state) == [.running])
            gates[1].open()
            await second
            try await workers[1].turn()
            #expect(try await world.queue.jobs().map(\.payload) == ["effect of epoch 2"])
            #expect(world.diary.lines == ["took off a worker with 1", "lost"])
        }
    }

    @Test(arguments: DatabaseKind.allCases)
    func `a worker that was taken off ends what it does and begins anew`(_ kind: DatabaseKind) async throws {
        try await World.run(kind) { world in
            try await world.enqueue("a")
            let gate = Gate()
            let stalled = world.worker([
                JobHandler(.note) { _, _ in
                    await gate.pass()
                    try Task.checkCancellation()
                    world.diary.write("went on")
                }
            ])
            try await stalled.turn()
            async let performing: Void = stalled.performTaken()
            await gate.waitForArrival()
            let other = world.worker()
            try await other.turn()
            await other.tend()
            world.clock.advance(by: .seconds(20))
            await other.tend()
            await stalled.tend()
            await performing
            try await stalled.turn()
            #expect(world.diary.lines == ["took off a worker with 1", "taken off"])
            #expect(try await world.queue.workers().count == 2)
            #expect(try await world.only().owner == (try await world.queue.workers().last?.id))
        }
    }

    @Test(arguments: DatabaseKind.allCases)
    func `a worker that was taken off takes nothing under its old name`(_ kind: DatabaseKind) async throws {
        try await World.run(kind) { world in
            let (stalled, other) = (world.worker(), world.worker())
            try await stalled.turn()
            try await other.turn()
            await other.tend()
            world.clock.advance(by: .seconds(20))
            await other.tend()
            try await world.enqueue("a")
            #expect(try await stalled.turn().taken == 0)
            #expect(try await world.only().state == .waiting)
            #expect(try await stalled.work().taken == 1)
        }
    }

    @Test(arguments: DatabaseKind.allCases)
    func `a job that ends every worker is dead after its last attempt`(_ kind: DatabaseKind) async throws {
        try await World.run(kind) { world in
            try await world.enqueue("poison")
            let undertaker = world.worker([world.writing(.letter)])
            try await undertaker.turn()
            for _ in 0..<3 {
                let victim = world.worker()
                #expect(try await victim.turn().taken == 1)
                await undertaker.tend()
                world.clock.advance(by: .seconds(20))
                await undertaker.tend()
            }
            let job = try await world.only()
            #expect(job.state == .dead && job.error == "Its worker was lost")
        }
    }

    @Test(arguments: DatabaseKind.allCases, [Duration.seconds(3600), .seconds(-3600), .seconds(86_400), .seconds(-86_400)])
    func `a step of the wall clock ends no lease and prolongs none`(_ kind: DatabaseKind, step: Duration) async throws {
        try await World.run(kind) { world in
            try await world.enqueue("a")
            let (silent, other) = (world.worker(), world.worker())
            try await silent.turn()
            try await other.turn()
            await other.tend()
            world.clock.setWall(by: step)
            world.clock.advance(by: .seconds(10))
            await other.tend()
            #expect(try await world.only().state == .running)
            world.clock.advance(by: .seconds(10))
            await other.tend()
            #expect(try await world.only().state == .waiting)
        }
    }

    @Test(arguments: DatabaseKind.allCases)
    func `what was taken goes back where the answer to that was lost`(_ kind: DatabaseKind) async throws {
        try await World.run(kind) { world in
            try await world.enqueue("a")
            let database = DeafDatabase(world.database)
            let worker = World(
                opened: world.opened, clock: world.clock, queue: JobQueue(database, clock: world.clock), diary: world.diary
            ).worker()
            // It enters itself, and hears of nothing from then on.
            try await worker.turn()
            await worker.performTaken()
            try await worker.turn()
            try await world.enqueue("b")
            database.isDeaf = true
            await #expect(throws: StorageError.self) { try await worker.turn() }
            #expect(try await world.only().state == .running)
            database.isDeaf = false
            for _ in 0..<2 { try await worker.work() }
            #expect(try await world.queue.jobs().isEmpty)
            #expect(world.diary.lines == ["note a", "b released", "note b"])
        }
    }
}
