import Storage
import Synchronization

/// Tells in lines how far a migration has come: of each step that works on rows, and of each tenth of a long one.
final class MigrationLog: Sendable {
    private let latest = Mutex("")
    private let tell: @Sendable (String) -> Void

    init(_ tell: @escaping @Sendable (String) -> Void) { self.tell = tell }

    func note(_ state: MigrationProgress) {
        guard let step = state.step, step.rows > 0 else { return }
        let part = state.rows == 0 ? "" : ": \(min(100, state.rows * 10 / step.rows * 10)) %"
        let line = "\(step.description) (\(counted(step.rows, "row")))\(part)"
        let isNews = latest.withLock { latest in
            defer { latest = line }
            return latest != line
        }
        if isNews { tell(line) }
    }
}
