import Jobs
import Synchronization
import Values

/// A clock that goes on when the test says so.
final class ManualClock: JobClock {
    private struct State {
        var now: Instant
        var uptime = Duration.zero
        var sleepers: [(id: Int, until: Duration, continuation: CheckedContinuation<Void, any Error>)] = []
        var nextID = 0
    }

    private let state: Mutex<State>

    init(_ text: String = "2026-03-02T08:00:00Z") { state = Mutex(State(now: Instant(text) ?? .earliest)) }

    var now: Instant { state.withLock { $0.now } }
    var uptime: Duration { state.withLock { $0.uptime } }

    /// Time passes.
    func advance(by duration: Duration) {
        let woken = state.withLock { state in
            state.uptime += duration
            state.now = state.now + Int64(duration / .microseconds(1))
            let uptime = state.uptime
            defer { state.sleepers.removeAll { $0.until <= uptime } }
            return state.sleepers.filter { $0.until <= uptime }
        }
        for sleeper in woken { sleeper.continuation.resume() }
    }

    /// Somebody sets the wall clock; no time passes.
    func setWall(by duration: Duration) { state.withLock { $0.now = $0.now + Int64(duration / .microseconds(1)) } }

    func sleep(for duration: Duration) async throws {
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let isOver = state.withLock { state in
                    if duration <= .zero { return true }
                    state.sleepers.append((id, state.uptime + duration, continuation))
                    return false
                }
                if isOver { continuation.resume() }
                if Task.isCancelled { cancel(id) }
            }
        } onCancel: {
            cancel(id)
        }
    }

    private func cancel(_ id: Int) {
        let sleeper = state.withLock { state in
            state.sleepers.firstIndex { $0.id == id }.map { state.sleepers.remove(at: $0) }
        }
        sleeper?.continuation.resume(throwing: CancellationError())
    }
}
