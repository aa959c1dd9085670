import Engine
import Jobs
import Simulation
import Values

/// Has a pack of a model's words made, and waits for it.
struct PackVigil {
    let simulations: Simulations

    init(_ simulations: Simulations) { self.simulations = simulations }

    /// Longer than this nobody watches a provider that wants to be left alone.
    private static let patience = 15_000_000 as Int64

    func makePack(_ order: JSON) async throws {
        let key = try await simulations.askForPack(order, now: .wallClock)
        let worker = JobWorker(simulations.engine.jobs, handlers: simulations.handlers)
        try await withThrowingTaskGroup { group in
            group.addTask { await worker.run() }
            defer { group.cancelAll() }
            try await watch(key)
            worker.stop()
        }
    }

    private func watch(_ key: String) async throws {
        let progress = Progress()
        defer { progress.end() }
        while let state = try await simulations.packState(key) {
            if let hash = state.hash {
                progress.end()
                return try Terminal.output.line(
                    "The pack \(hash) is made: \(state.words) of \(state.slots) slots by the model, \(state.tokens) tokens")
            }
            progress.show(state.words, of: state.slots, "\(state.words) of \(state.slots) slots, \(state.tokens) tokens")
            if state.isDead { throw Failure(.refused, "The pack could not be made: \(state.error ?? "its job was cancelled")") }
            if let next = state.nextAt, let error = state.error, next - .wallClock > Self.patience {
                throw Failure(
                    .unavailable, "The pack is not made yet: \(error)",
                    hint: "Whoever works on jobs here tries again at \(next); what is written is kept")
            }
            try await Task.sleep(for: .milliseconds(100))
        }
    }
}
