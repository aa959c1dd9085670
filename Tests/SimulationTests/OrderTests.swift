import Engine
import PostgresCluster
import Simulation
import Testing
import Values

/// Orders given while workers work.
@Suite(.timeLimit(.minutes(3))) struct `A simulation that is steered` {
    /// Lets workers work until `body` returns. The clock stands still: no lease ends by itself.
    private func work(_ theatre: Theatre, _ count: Int = 3, _ body: () async throws -> Void) async throws {
        let workers = (0..<count).map { _ in
            theatre.worker {
                $0.batch = 10
                $0.patience = .milliseconds(5)
            }
        }
        try await withThrowingTaskGroup { group in
            for worker in workers { group.addTask { await worker.run() } }
            try await body()
            group.cancelAll()
        }
    }

    /// Waits until more steps are done than so many.
    private func progress(_ id: String, _ theatre: Theatre, beyond steps: Int) async throws {
        while try await theatre.simulations.progress(id).steps <= steps { await Task.yield() }
    }

    @Test(arguments: DatabaseKind.allCases) func `writes nothing after the commit of a pause, and goes on at once after it`(
        kind: DatabaseKind
    ) async throws {
        try await Theatre.run(on: [kind]) { theatre in
            let (id, simulations) = (try await theatre.begin(), theatre.simulations)
            try await work(theatre) {
                for _ in 0..<4 {
                    try await progress(id, theatre, beyond: try await simulations.progress(id).steps)
                    try await simulations.pause(id, as: theatre.session)
                    let (records, steps) = (try await theatre.changes(), try await simulations.progress(id).steps)
                    for _ in 0..<30 { _ = try await simulations.known(id) }
                    #expect(try await theatre.changes() == records)
                    #expect(try await simulations.progress(id).steps == steps)
                    try await simulations.resume(id, as: theatre.session)
                }
                #expect(try await theatre.isOver(id))
            }
            #expect(try await theatre.state(id) == "Completed")
            try await theatre.expect(Theatre.play)
        }
    }

    private enum Command: CaseIterable {
        case start, pause, resume, speed

        /// The state after it, by the state before it alone; nil where it is refused.
        func next(_ state: Run.State) -> Run.State? {
            switch (self, state) {
            case (.pause, .running): .paused
            case (.resume, .paused): .running
            case (.speed, .running), (.speed, .paused): state
            default: nil
            }
        }

        func give(_ theatre: Theatre, _ id: String, speed: Int) async throws {
            let (simulations, session) = (theatre.simulations, theatre.session)
            switch self {
            case .start: try await simulations.start(id, as: session)
            case .pause: try await simulations.pause(id, as: session)
            case .resume: try await simulations.resume(id, as: session)
            case .speed: try await simulations.setSpeed(id, to: .times(Double(speed)), as: session)
            }
        }
    }

    @Test(arguments: DatabaseKind.allCases) func `obeys a storm of orders as a model of it does`(kind: DatabaseKind) async throws
    {
        try await Theatre.run(on: [kind]) { theatre in
            let id = try await theatre.begin(Theatre.play(["speed": 24]))
            var (stream, state) = (Stream(seed: 3, Purpose("storm")), Run.State.running)
            var reached = Instant.earliest
            try await work(theatre) {
                for _ in 0..<60 {
                    let command = stream.pick(Command.allCases)
                    theatre.clock.pass(days: stream.unit() / 40)
                    let next = command.next(state)
                    do {
                        try await command.give(theatre, id, speed: stream.number(1...100))
                        #expect(next != nil, "\(command) is obeyed while it is \(state)")
                        state = next ?? state
                    } catch let problem as Problem {
                        #expect(next == nil && problem.code == "simulation_state", "\(command) while it is \(state): \(problem)")
                    }
                    let run = try await theatre.simulations.known(id)
                    #expect(run.state == state)
                    #expect(run.now >= reached, "it went back in time")
                    reached = run.now
                }
                if state == .paused { try await theatre.simulations.resume(id, as: theatre.session) }
                try await theatre.simulations.setSpeed(id, to: .max, as: theatre.session)
                #expect(try await theatre.isOver(id))
            }
            try await theatre.expect(Theatre.play)
        }
    }
}
