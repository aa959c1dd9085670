import PostgresCluster
import Simulation
import Subprocess
import Testing
import Values

/// The server of the database goes away and comes back while worker processes write.
@Suite(.timeLimit(.minutes(3))) struct `A simulation whose database server is restarted` {
    /// In small chunks, so that there are many commits to be interrupted.
    private static let play = Theatre.play(["totalRecords": 56, "chunkSize": 2])

    @Test func `is the same, whether that was in order or not`() async throws {
        let server = try await PostgresServer.start(settings: ["fsync=off", "max_connections=60"])
        try await Theatre.run(on: server) { theatre in
            let id = try await theatre.make(Self.play)
            let process = WorkerProcess(theatre)
            let (working, isWorking) = AsyncStream.makeStream(of: Void.self)
            try await withThrowingTaskGroup { group in
                for _ in 0..<2 {
                    group.addTask {
                        let status = try await process.run { send in
                            isWorking.yield()
                            _ = try await untilRun(id, of: theatre) { $0.state.isOver }
                            try send(.terminate)
                        }
                        #expect(status.isSuccess, "\(status)")
                    }
                }
                // A worker that finds no database when it starts says so and ends.
                for await _ in working.prefix(2) {}
                try await theatre.simulations.start(id, as: theatre.session)
                for mode in ["fast", "immediate"] {
                    let steps = try await steps(of: id, theatre)
                    while try await self.steps(of: id, theatre) == steps, try await theatre.state(id) == "Running" {}
                    #expect(try await theatre.state(id) == "Running")
                    try await server.control("restart", "-m", mode)
                    _ = try await untilRun(id, of: theatre) { _ in true }
                }
                try await group.waitForAll()
            }
            #expect(try await theatre.state(id) == "Completed")
            #expect(try await theatre.chunks().allSatisfy { $0.hasSuffix(" free") }, "a lease is left")
            try await theatre.expect(Self.play)
        }
        try server.stop()
    }

    private func steps(of id: String, _ theatre: Theatre) async throws -> Int { try await theatre.simulations.progress(id).steps }

    /// Looks at a simulation until it is as wanted; where the database is away, later again.
    private func untilRun(_ id: String, of theatre: Theatre, _ isWanted: (Run) -> Bool) async throws -> Run {
        while true {
            if let run = try? await theatre.simulations.known(id), isWanted(run) { return run }
            try await Task.sleep(for: .milliseconds(20))
        }
    }
}
