import PostgresCluster
import Simulation
import Storage
import Synchronization
import Testing
import Values

/// The words come from a model, and nothing else is different: whoever works on it, the content is that of the clean run.
@Suite(.timeLimit(.minutes(3))) struct `A simulation with written words` {
    @Test(arguments: DatabaseKind.allCases, [1, 2, 8]) func `is the same with any number of workers`(
        kind: DatabaseKind, workers: Int
    ) async throws {
        try await Theatre.run(on: [kind], writer: Scribe()) { theatre in
            let id = try await theatre.begin(Theatre.written)
            try await theatre.drain(workers) { if workers == 2 { $0.batch = 7 } }
            #expect(try await theatre.state(id) == "Completed")
            #expect(try await theatre.pack(of: id)["from"] == "model")
            try await theatre.expect(Theatre.written)
        }
    }

    @Test(arguments: DatabaseKind.allCases, [FaultyDatabase.Fault.beforeCommit, .afterCommit])
    func `is the same where workers die before and after their commits`(kind: DatabaseKind, fault: FaultyDatabase.Fault)
        async throws
    {
        let faulty = Mutex<FaultyDatabase?>(nil)
        let through = { (database: any Database) -> any Database in
            let wrapped = FaultyDatabase(database)
            faulty.withLock { $0 = wrapped }
            return wrapped
        }
        try await Theatre.run(on: [kind], writer: Scribe(), through: through) { theatre in
            let wrapped = faulty.withLock { $0 }
            let database = try #require(wrapped)
            let id = try await theatre.begin(Theatre.written)
            database.fail { number in
                var stream = Stream(seed: 9, Purpose("faults"), number)
                return stream.chance(0.4) ? fault : nil
            }
            while try await !theatre.simulations.known(id).state.isOver {
                do { try await theatre.worker { $0.batch = 25 }.drain() } catch is FaultyDatabase.Death {}
                theatre.clock.pass(days: 1)
            }
            database.fail { _ in nil }
            try await theatre.expect(Theatre.written)
        }
    }

    @Test func `is another one than that of the theme's own words`() async throws {
        let (written, offline) = (
            try await Clean.shared.content(of: Theatre.written), try await Clean.shared.content(of: Theatre.play)
        )
        #expect(written.count { $0.hasPrefix("Account ") } == offline.count { $0.hasPrefix("Account ") })
        #expect(written != offline)
    }
}
