import Synchronization

/// Statements that were found to take long, for a while.
final class SlowStatements: Sendable {
    private let memory: Duration
    private let known = Mutex<[String: ContinuousClock.Instant]>([:])
    private static let capacity = 1000

    init(memory: Duration) { self.memory = memory }

    func contains(_ sql: String) -> Bool {
        known.withLock { known in
            guard !known.isEmpty, let end = known[sql] else { return false }
            if end > .now { return true }
            known[sql] = nil
            return false
        }
    }

    func note(_ statements: [String]) {
        let end = ContinuousClock.now + memory
        known.withLock { known in
            if known.count >= SlowStatements.capacity { known.removeAll() }
            for sql in statements { known[sql] = end }
        }
    }
}
