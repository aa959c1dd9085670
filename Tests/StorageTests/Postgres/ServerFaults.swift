import PostgresCluster
import SQL
import Storage
import Synchronization
import Testing

/// What happens to those who work when a process is killed: ours, or the server's.
@Suite(.serialized, .timeLimit(.minutes(2))) struct `When processes die` {
    @Test func `every write that was acknowledged survives kill -9 amid 64 writers, and none is there by half`() async throws {
        let test = try await PostgresCluster.shared.makeDatabase()
        let acknowledged = try await acknowledgedUntilKilled(in: test.address, after: 500)

        let database = try await PostgresDatabase.open(PostgresAddress(test.address))
        let parents = Set(try await database.texts("SELECT \(name: "Id") FROM \(name: "Parent")", lane: .long))
        let children = Set(try await database.texts("SELECT \(name: "Id") FROM \(name: "Child")", lane: .long))
        #expect(acknowledged.count >= 500)
        #expect(acknowledged.subtracting(parents) == [])
        #expect(parents == children)
        await database.close()
    }

    @Test func `while a server is restarted and its processes are ended, work succeeds or is told, and goes on after`()
        async throws
    {
        let server = try await PostgresServer.start(settings: ["fsync=off", "max_connections=100"])
        let database = try await PostgresDatabase.open(PostgresAddress(server.address + "&application_name=tried"))
        let maintenance = try await PostgresDatabase.open(PostgresAddress(server.address)) { $0.readers = 1 }
        try await database.migrate(to: .sales)
        let load = Load(on: database)
        try await load.write()
        try await withThrowingTaskGroup(of: Void.self) { group in
            load.begin(in: &group)
            defer { load.end() }
            let before = try await load.pace()
            // 5 a second, for a second.
            for _ in 0..<5 {
                try await maintenance.command(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'tried'")
                _ = try await load.pace(over: .milliseconds(200))
            }
            for mode in ["fast", "immediate"] {
                try await server.control("restart", "-m", mode)
                // All other tests run at the same time: paces are compared roughly.
                try await load.recover(to: before * 0.3, within: .seconds(5))
            }
        }
        let accounts = try await database.texts("SELECT \(name: "Id") FROM \(name: "Account") ORDER BY 1")
        #expect(try await database.texts("SELECT \(name: "Id") FROM \(name: "Contact") ORDER BY 1") == accounts)
        #expect(load.acknowledged.subtracting(accounts) == [])
        #expect(load.surprises == [])
        await maintenance.close()
        await database.close()
        try server.stop()
    }
}

/// Writers and readers who go on whatever comes.
private final class Load: Sendable {
    private struct State {
        var written: Set<String> = []
        var surprises: [String] = []
        var next = 1
        var done = 0
        var isOver = false
    }

    private let database: PostgresDatabase
    private let state = Mutex(State())

    init(on database: PostgresDatabase) { self.database = database }

    var acknowledged: Set<String> { state.withLock { $0.written } }
    /// Answers that were wrong, and errors that are no refusal.
    var surprises: [String] { state.withLock { $0.surprises } }

    func begin(in group: inout ThrowingTaskGroup<Void, any Error>) {
        for _ in 0..<8 {
            group.addTask { await self.repeating { try await self.write() } }
            group.addTask { await self.repeating { try await self.read() } }
        }
    }

    func end() { state.withLock { $0.isOver = true } }

    /// How many pieces of work are done in a second.
    func pace(over time: Duration = .milliseconds(300)) async throws -> Double {
        let before = state.withLock { $0.done }
        try await Task.sleep(for: time)
        return Double(state.withLock { $0.done } - before) / (time / .seconds(1))
    }

    func recover(to pace: Double, within limit: Duration) async throws {
        let end = ContinuousClock.now + limit
        while true {
            let present = try await self.pace()
            if present >= pace { return }
            if ContinuousClock.now > end {
                Issue.record("\(present) a second after \(limit), instead of \(pace)")
                return
            }
        }
    }

    private func repeating(_ work: () async throws -> Void) async {
        while !Task.isCancelled, !state.withLock({ $0.isOver }) {
            do {
                try await work()
                state.withLock { $0.done += 1 }
            } catch StorageError.unavailable, StorageError.uncertain, StorageError.busy {
                // Whoever is refused comes again, but not at once: 16 who ask without a pause would keep both cores.
                try? await Task.sleep(for: .milliseconds(5))
            } catch { state.withLock { $0.surprises.append("\(error)") } }
        }
    }

    func write() async throws {
        let number = state.withLock { state in
            state.next += 1
            return state.next
        }
        try await database.transaction(deadline: .ample) { connection in
            try await connection.run(.account(number, name: "\(number)"))
            try await connection.run(.contact(number, of: number))
        }
        state.withLock { _ = $0.written.insert(id(number)) }
    }

    /// Of a record that was acknowledged.
    private func read() async throws {
        let key = state.withLock { $0.written.randomElement() } ?? ""
        let found = try await database.texts("SELECT \(name: "Name") FROM \(name: "Account") WHERE \(name: "Id") = \(.id(key))")
        if found.count != 1 || id(Int(found[0]) ?? 0) != key {
            state.withLock { $0.surprises.append("\(key) reads as \(found)") }
        }
    }
}
