import Jobs
import PostgresCluster
import SQL
import Storage
import Testing
import Values

@Suite struct Taking {
    @Test(arguments: DatabaseKind.allCases)
    func `higher priorities come first, then what is longest due`(_ kind: DatabaseKind) async throws {
        try await World.run(kind) { world in
            for (text, priority, seconds) in [
                ("low", JobPriority.low, -9), ("late", .normal, -1), ("early", .normal, -5), ("high", .high, 0),
            ] {
                let at = world.clock.now + Int64(seconds * 1_000_000)
                _ = try await world.queue.enqueue(NewJob(JobKind.note, .string(text), at: at, priority: priority))
            }
            try await world.worker().work()
            #expect(world.diary.lines == ["note high", "note early", "note late", "note low"])
        }
    }

    @Test(arguments: DatabaseKind.allCases)
    func `nothing is begun before it is due, and the worker knows when that is`(_ kind: DatabaseKind) async throws {
        try await World.run(kind) { world in
            let at = world.clock.now + 60_000_000
            _ = try await world.queue.enqueue(NewJob(JobKind.note, "later", at: at))
            let worker = world.worker()
            #expect(try await worker.work() == Turn(next: at))
            world.clock.advance(by: .seconds(59))
            #expect(try await worker.work().taken == 0)
            world.clock.advance(by: .seconds(1))
            #expect(try await worker.work().taken == 1)
        }
    }

    @Test(arguments: DatabaseKind.allCases)
    func `each job is taken once, however many take`(_ kind: DatabaseKind) async throws {
        try await World.run(kind) { world in
            let jobs = (0..<400).map { NewJob(JobKind.note, .string("\($0)")) }
            _ = try await world.transaction { try await world.queue.enqueue(jobs, on: $0) }
            let workers = (0..<4).map { _ in world.worker(slots: 7) }
            try await withThrowingTaskGroup { group in
                for worker in workers {
                    group.addTask { while try await worker.work().taken > 0 {} }
                }
                try await group.waitForAll()
            }
            #expect(world.diary.lines.count == 400)
            #expect(Set(world.diary.lines).count == 400)
            #expect(try await world.queue.jobs().isEmpty)
        }
    }

    @Test(arguments: DatabaseKind.allCases)
    func `a worker takes only what it has a handler for`(_ kind: DatabaseKind) async throws {
        try await World.run(kind) { world in
            let strange = JobKind<JSON>("strange")
            try await world.enqueue("a", kind: strange)
            try await world.enqueue("b")
            try await world.worker().work()
            #expect(world.diary.lines == ["note b"])
            #expect(try await world.only().kind == "strange")
        }
    }

    @Test(arguments: DatabaseKind.allCases)
    func `a worker takes as many as it has slots until it knows how long a job takes`(_ kind: DatabaseKind) async throws {
        try await World.run(kind) { world in
            let jobs = (0..<1000).map { NewJob(JobKind.note, .string("\($0)")) }
            _ = try await world.transaction { try await world.queue.enqueue(jobs, on: $0) }
            let slow = world.worker([JobHandler(.note) { _, _ in world.clock.advance(by: .seconds(1)) }])
            for _ in 0..<3 {
                #expect(try await slow.turn().taken == 4)
                await slow.performTaken()
            }
            let quick = world.worker([JobHandler(.note) { _, _ in world.clock.advance(by: .milliseconds(2)) }])
            #expect(try await quick.turn().taken == 4)
            await quick.performTaken()
            #expect(try await quick.turn().taken == 200)
        }
    }

    @Test(arguments: DatabaseKind.allCases)
    func `what was taken and stands behind a slow job goes back to the others`(_ kind: DatabaseKind) async throws {
        try await World.run(kind) { world in
            try await world.enqueue("one", "two")
            let (slow, other) = (world.worker(), world.worker())
            try await slow.turn()
            world.clock.advance(by: .seconds(2))
            await slow.tend()
            try await slow.turn()
            try await other.work()
            #expect(world.diary.lines.contains("note one") && world.diary.lines.contains("note two"))
        }
    }

    @Test(arguments: DatabaseKind.allCases)
    func `nothing of a paused queue or kind is begun until it goes on`(_ kind: DatabaseKind) async throws {
        try await World.run(kind) { world in
            let card = JobKind<JSON>("card", queue: "mail")
            let worker = world.worker([world.writing(.note), world.writing(.letter), world.writing(card)])
            try await world.queue.pause(.queue("default"))
            try await world.queue.pause(.kind("letter"))
            try await world.queue.pause(.kind("letter"))
            #expect(try await world.queue.paused() == [.kind("letter"), .queue("default")])
            try await world.enqueue("a")
            try await world.enqueue("b", kind: .letter)
            try await world.enqueue("c", kind: card)
            try await worker.work()
            #expect(world.diary.lines == ["card c"])
            try await world.queue.resume(.kind("letter"))
            try await worker.work()
            #expect(world.diary.lines == ["card c", "letter b"])
            try await world.queue.resume(.queue("default"))
            try await worker.work()
            #expect(world.diary.lines == ["card c", "letter b", "note a"])
        }
    }
}
