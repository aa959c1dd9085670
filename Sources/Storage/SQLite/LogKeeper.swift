import CSQLite
import Dispatch
import Synchronization

/// Keeps the write-ahead log short without holding up commits.
///
/// A log that has grown is copied into the file on a thread aside, while writing goes on. What was written meanwhile the
/// writer copies itself, between two commits, after which the log starts over: only a copy that leaves nothing allows that.
final class LogKeeper: Sendable {
    private let log: Mutex<WriteAheadLog>
    private let queue = DispatchQueue(label: "sqlite-checkpoint", qos: .utility)
    private let path: String
    private let options: SQLiteDatabase.Options

    init(path: String, options: SQLiteDatabase.Options) {
        (self.path, self.options) = (path, options)
        log = Mutex(WriteAheadLog(limit: options.checkpointPages))
    }

    /// To be called by the writer after each commit.
    func grew(on connection: SQLiteConnection) {
        switch log.withLock({ $0.grew(to: connection.logPages) }) {
        case .nothing: break
        case .copyAside: queue.async { [self] in copyAside() }
        case .copyRest: connection.checkpoint(SQLITE_CHECKPOINT_PASSIVE)
        }
    }

    /// Empties the log, as the writer's last act.
    func finish(on connection: SQLiteConnection) {
        queue.sync {}
        connection.checkpoint(SQLITE_CHECKPOINT_TRUNCATE)
    }

    private func copyAside() {
        // A failure shows again, and is told, where the writer meets it.
        try? SQLiteConnection(path: path, role: .writer, options: options).checkpoint(SQLITE_CHECKPOINT_PASSIVE)
        log.withLock { $0.copied() }
    }
}

/// When the write-ahead log is due to be copied.
package struct WriteAheadLog {
    package enum Action { case nothing, copyAside, copyRest }
    private enum State { case growing, copying, copied }

    private let limit: Int
    private var state = State.growing
    /// Pages at which the next copy is due.
    private var due: Int
    private var pages = 0

    package init(limit: Int) { (self.limit, due) = (limit, limit) }

    package mutating func grew(to pages: Int) -> Action {
        if pages < self.pages { due = limit }
        self.pages = pages
        switch state {
        case .copying: return .nothing
        case .copied:
            // Readers of old pages may keep the log from starting over: then the next copy is due a while later.
            (state, due) = (.growing, pages + limit)
            return .copyRest
        case .growing:
            guard pages >= due else { return .nothing }
            state = .copying
            return .copyAside
        }
    }

    package mutating func copied() { state = .copied }
}
