import Synchronization

/// Statements that take long, for a while.
///
/// One long time tells little: the machine may have been busy with something else, or the statement travelled with a slow one. A
/// statement is slow that takes long twice without being quick eight times in between.
final class SlowStatements: Sendable {
    private struct Doubt {
        /// Quick times that are to come until it is forgotten.
        var quickTimes = 8
        /// When the long time was over.
        var at: ContinuousClock.Instant
        /// Until when the statement is slow.
        var end: ContinuousClock.Instant?
    }

    private static let capacity = 1000
    private let memory: Duration
    private let doubts = Mutex<[String: Doubt]>([:])

    init(memory: Duration) { self.memory = memory }

    func contains(_ sql: String) -> Bool {
        doubts.withLock { doubts in
            guard !doubts.isEmpty, let end = doubts[sql]?.end else { return false }
            if end > .now { return true }
            doubts[sql] = nil
            return false
        }
    }

    /// - Parameter start: long times that overlap have one reason, and count once.
    func note(
        _ statements: some Sequence<String>, isLong: Bool, since start: ContinuousClock.Instant, at end: ContinuousClock.Instant
    ) {
        doubts.withLock { doubts in
            if isLong {
                if doubts.count >= Self.capacity { doubts.removeAll() }
                for sql in statements { doubt(sql, since: start, at: end, &doubts) }
            } else if !doubts.isEmpty {
                for sql in statements { trust(sql, &doubts) }
            }
        }
    }

    private func doubt(
        _ sql: String, since start: ContinuousClock.Instant, at end: ContinuousClock.Instant, _ doubts: inout [String: Doubt]
    ) {
        let before = doubts[sql]
        if let before, before.at > start { return }
        doubts[sql] = Doubt(at: end, end: before == nil ? nil : end + memory)
    }

    private func trust(_ sql: String, _ doubts: inout [String: Doubt]) {
        guard let doubt = doubts[sql], doubt.end == nil else { return }
        doubts[sql]?.quickTimes -= 1
        if doubt.quickTimes <= 1 { doubts[sql] = nil }
    }
}
