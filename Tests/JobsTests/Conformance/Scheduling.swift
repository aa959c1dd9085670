import Jobs
import PostgresCluster
import SQL
import Storage
import Testing
import Values

@Suite struct Scheduling {
    private static let tidy = JobKind<NoPayload>("tidy")

    private static func daily(_ pattern: String = "0 9 * * *", in zone: Zone = .utc) throws -> [JobSchedule] {
        [JobSchedule("daily", try Cron(pattern, in: zone), tidy)]
    }

    private static func worker(_ world: World, _ schedules: [JobSchedule]) -> JobWorker {
        world.worker([JobHandler(tidy) { _, _ in world.diary.write("tidied") }], schedules: schedules)
    }

    @Test(arguments: DatabaseKind.allCases)
    func `what is due is enqueued once, whichever worker sees it first`(_ kind: DatabaseKind) async throws {
        try await World.run(kind, at: "2026-03-02T08:59:58Z") { world in
            let workers = try (0..<3).map { _ in Self.worker(world, try Self.daily()) }
            for worker in workers { try await worker.turn() }
            for _ in 0..<5 {
                for worker in workers { await worker.tend() }
                world.clock.advance(by: .seconds(1))
            }
            #expect(world.diary.lines == ["scheduled daily"])
            try await workers[0].work()
            #expect(world.diary.lines == ["scheduled daily", "tidied"])
        }
    }

    @Test(arguments: DatabaseKind.allCases)
    func `times that passed while nobody worked are made up for once`(_ kind: DatabaseKind) async throws {
        try await World.run(kind) { world in
            try await Self.worker(world, try Self.daily()).turn()
            world.clock.advance(by: .seconds(7 * 86_400))
            let worker = Self.worker(world, try Self.daily())
            try await worker.turn()
            for _ in 0..<3 {
                await worker.tend()
                try await worker.work()
            }
            #expect(world.diary.lines.filter { $0 == "tidied" }.count == 1)
        }
    }

    @Test(arguments: DatabaseKind.allCases)
    func `while the job of one time waits, the next is left out`(_ kind: DatabaseKind) async throws {
        try await World.run(kind) { world in
            let worker = Self.worker(world, try Self.daily())
            try await worker.turn()
            for _ in 0..<3 {
                world.clock.advance(by: .seconds(86_400))
                await worker.tend()
            }
            #expect(try await world.queue.jobs().count == 1)
        }
    }

    @Test(arguments: DatabaseKind.allCases)
    func `a clock that is set back repeats nothing`(_ kind: DatabaseKind) async throws {
        try await World.run(kind, at: "2026-03-02T09:00:00Z") { world in
            let worker = Self.worker(world, try Self.daily("0 * * * *"))
            try await worker.turn()
            world.clock.advance(by: .seconds(3600))
            await worker.tend()
            world.clock.setWall(by: .seconds(-1800))
            world.clock.advance(by: .seconds(1800))
            await worker.tend()
            #expect(world.diary.lines == ["scheduled daily"])
        }
    }

    @Test(arguments: DatabaseKind.allCases)
    func `a schedule that is changed is due by what it is now`(_ kind: DatabaseKind) async throws {
        try await World.run(kind) { world in
            try await Self.worker(world, try Self.daily("0 9 * * *")).turn()
            let worker = Self.worker(world, try Self.daily("30 8 * * *"))
            try await worker.turn()
            world.clock.advance(by: .seconds(1800))
            await worker.tend()
            #expect(world.diary.lines == ["scheduled daily"])
        }
    }
}
