import Storage
import Synchronization

extension JobWorker {
    /// The end: what was not begun goes back at once, what runs may finish for a while, then it is cancelled and goes back too.
    func finishUp() async {
        state.withLock { state in
            state.ended += state.taken.map { Ended(job: $0, fate: .released, took: .zero) }
            state.taken = []
        }
        let start = clock.uptime
        var isCancelled = false
        while true {
            do { try await turn() } catch { report(error) }
            let running = state.withLock { Array($0.running.values) }
            if running.isEmpty || Task.isCancelled { break }
            if !isCancelled, clock.uptime - start >= settings.grace {
                for run in running { run.abort(.stopped) }
                isCancelled = true
            }
            await bell.wait(atMost: isCancelled ? settings.tick : max(.zero, settings.grace - (clock.uptime - start)), clock)
        }
    }

    /// Writes down the rest and takes the worker off.
    func leave() async {
        do {
            if state.withLock({ !$0.ended.isEmpty }) { try await turn() }
            guard let id = state.withLock({ $0.id }) else { return }
            let leaving = statements.leave(id)
            _ = try await queue.database.transaction(deadline: deadline) { try await $0.run(leaving) }
        } catch { report(error) }
        state.withLock { $0.id = nil }
    }
}
