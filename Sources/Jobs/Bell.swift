import Synchronization

/// Wakes one who has nothing to do. Rings are not counted, and one that nobody waits for is heard by the next who waits.
package final class Bell: Sendable {
    private enum State {
        case quiet
        case rung
        case waitedFor(CheckedContinuation<Void, Never>)
    }

    private let state = Mutex(State.quiet)

    package init() {}

    package func ring() {
        let waiting = state.withLock { state -> CheckedContinuation<Void, Never>? in
            guard case .waitedFor(let continuation) = state else {
                state = .rung
                return nil
            }
            state = .quiet
            return continuation
        }
        waiting?.resume()
    }

    /// Whether it was rung while nobody waited; it is quiet afterwards.
    package func wasRung() -> Bool {
        state.withLock { state in
            guard case .rung = state else { return false }
            state = .quiet
            return true
        }
    }

    /// Returns at a ring, and when the task is cancelled.
    func wait() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isRung = state.withLock { state in
                    if case .rung = state {
                        state = .quiet
                        return true
                    }
                    state = .waitedFor(continuation)
                    return false
                }
                if isRung { continuation.resume() }
            }
        } onCancel: {
            ring()
        }
    }

    /// Returns at a ring, and when that long has passed.
    package func wait(atMost duration: Duration, _ clock: any JobClock) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.wait() }
            group.addTask { try? await clock.sleep(for: duration) }
            await group.next()
            group.cancelAll()
        }
    }
}

/// The bells of those in this process who want to know when there is something to do.
package final class Bells: Sendable {
    private let all = Mutex<[ObjectIdentifier: Bell]>([:])

    package init() {}

    package func add(_ bell: Bell) { all.withLock { $0[ObjectIdentifier(bell)] = bell } }
    package func remove(_ bell: Bell) { all.withLock { $0[ObjectIdentifier(bell)] = nil } }
    package func ring() { for bell in all.withLock({ Array($0.values) }) { bell.ring() } }
}
