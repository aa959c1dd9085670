import Engine
import PostgresCluster
import Simulation
import Storage
import Testing
import Values

/// What may happen to workers and their database, at every point at which it may.
@Suite(.timeLimit(.minutes(3))) struct `A simulation whose database fails it` {
    private static let places: [(DatabaseKind, FaultyDatabase.Fault)] = [
        (.sqlite, .beforeCommit), (.sqlite, .afterCommit), (.postgres, .beforeCommit), (.postgres, .afterCommit),
        (.postgres, .terminated),
    ]

    /// Whether a transaction is struck: about two in five.
    private static func isStruck(_ number: Int) -> Bool {
        var stream = Stream(seed: 4, Purpose("faults"), number)
        return stream.chance(0.4)
    }

    private func run(_ kind: DatabaseKind, _ body: (Theatre, FaultyDatabase) async throws -> Void) async throws {
        var faulty: FaultyDatabase?
        let through = { (database: any Database) -> any Database in
            let wrapped = FaultyDatabase(database)
            faulty = wrapped
            return wrapped
        }
        try await Theatre.run(on: [kind], through: through) { try await body($0, #require(faulty)) }
    }

    @Test(arguments: places) func `is the same where workers die before and after their commits`(
        kind: DatabaseKind, fault: FaultyDatabase.Fault
    ) async throws {
        try await run(kind) { theatre, database in
            let id = try await theatre.begin()
            database.fail { Self.isStruck($0) ? fault : nil }
            var deaths = 0
            while try await !theatre.simulations.known(id).state.isOver {
                do { try await theatre.worker { $0.batch = 25 }.drain() } catch { deaths += 1 }
                // Nobody says that a worker is dead: its lease ends.
                theatre.clock.pass(days: 1)
            }
            database.fail { _ in nil }
            #expect(deaths > 2)
            try await theatre.expect(Theatre.play)
        }
    }

    /// In days: an hour, a day and more, forward and back.
    private static let leaps = [1.0 / 24, -1.0 / 24, 1, -1.0 / 24, 2, -1]

    @Test(arguments: DatabaseKind.allCases)
    func `is the same, in the same order, where the clock is set forward and back between workers that die`(
        kind: DatabaseKind
    ) async throws {
        try await run(kind) { theatre, database in
            let id = try await theatre.begin(Theatre.play(["speed": 24]))
            database.fail { Self.isStruck($0) ? .afterCommit : nil }
            var (deaths, steps, turn) = (0, 0, 0)
            while try await !theatre.simulations.known(id).state.isOver {
                do { try await theatre.worker { $0.batch = 25 }.drain() } catch { deaths += 1 }
                let done = try await theatre.simulations.progress(id).steps
                #expect(done >= steps)
                theatre.clock.pass(days: Self.leaps[turn % Self.leaps.count])
                (steps, turn) = (done, turn + 1)
            }
            database.fail { _ in nil }
            #expect(deaths > 2)
            #expect(try await theatre.reversals() == 0)
            try await theatre.expect(Theatre.play)
        }
    }

    @Test(arguments: DatabaseKind.allCases)
    func `does not wait for the lease of a dead worker where the clock was set back by a day`(kind: DatabaseKind) async throws {
        try await run(kind) { theatre, database in
            let id = try await theatre.begin()
            database.fail { Self.isStruck($0) ? .afterCommit : nil }
            while try await !theatre.chunks().contains(where: { $0.hasSuffix(" held") }) {
                try? await theatre.worker { $0.batch = 5 }.drain()
            }
            database.fail { _ in nil }
            theatre.clock.pass(days: -1)
            try await theatre.drain()
            #expect(try await theatre.state(id) == "Completed")
            try await theatre.expect(Theatre.play)
        }
    }

    /// The clock stands still: no lease ends by itself.
    @Test(arguments: DatabaseKind.allCases) func `goes on with the same workers once the database is there again`(
        kind: DatabaseKind
    ) async throws {
        try await run(kind) { theatre, database in
            let id = try await theatre.begin()
            database.fail(with: StorageError.unavailable("it is away for a moment")) { number in
                Self.isStruck(number) ? number % 2 == 0 ? .beforeCommit : .afterCommit : nil
            }
            let workers = (0..<2).map { _ in
                var settings = SimulationWorker.Settings()
                (settings.batch, settings.afterTrouble) = (25, .milliseconds(1))
                return SimulationWorker(theatre.simulations, settings: settings)
            }
            try await withThrowingTaskGroup { group in
                for worker in workers { group.addTask { await worker.run() } }
                try await theatre.isOver(id)
                database.fail { _ in nil }
                group.cancelAll()
            }
            #expect(try await theatre.state(id) == "Completed")
            try await theatre.expect(Theatre.play)
        }
    }
}
