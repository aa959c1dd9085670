import Jobs
import PostgresCluster
import SQL
import Storage
import Testing
import Values

@Suite struct Compacting {
    @Test(arguments: [false, true])
    func `rows of jobs that are gone do not pile up, though an old snapshot is open`(isRead: Bool) async throws {
        try await World.run(.postgres) { world in
            let (gate, opened) = (Gate(), Gate())
            // Another's: the snapshot keeps the connection that it is open on.
            let another = try #require(try await world.opened.another())
            async let reading: Void = another.snapshot(deadline: .after(.seconds(60))) { connection in
                _ = try await connection.rows(Statement(sql: isRead ? "SELECT 1 FROM martlet_job" : "SELECT 1")) { try $0.next() }
                opened.open()
                await gate.pass()
            }
            // Declared after the reading, and so done before it is waited for.
            defer { gate.open() }
            await opened.pass()
            let worker = world.worker { $0.compactBytes = 64 << 10 }
            let jobs = (0..<500).map { NewJob(JobKind.note, .string("\($0)")) }
            _ = try await world.transaction { try await world.queue.enqueue(jobs, on: $0) }
            for _ in 0..<3 where try await worker.work().taken > 0 {}
            let later = NewJob(JobKind.note, ["later": true], at: world.clock.now + 1_000_000, key: "k")
            let id = try #require(try await world.queue.enqueue(later))
            let before = try await world.queue.job(id)
            for _ in 0..<8 { try await worker.work() }
            await worker.tend()
            // Who reads the table, as a backup does, is not disturbed; the queue goes on either way.
            #expect(world.diary.lines.contains("compacted") == !isRead)
            #expect(try await world.queue.job(id) == before)
            #expect(try await world.queue.enqueue(later) == nil)
            world.clock.advance(by: .seconds(1))
            try await worker.work()
            #expect(try await world.queue.jobs().isEmpty)
            gate.open()
            try await reading
            await another.close()
        }
    }
}
