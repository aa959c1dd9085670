import SQL
import Synchronization

/// Connections for short reads, which run on the thread that asks.
///
/// A read by key takes a few microseconds, less than handing it to another thread and back. It never waits for a lock:
/// readers of a write-ahead log take none that a writer holds, and where the file is locked all the same (another process
/// recovers it) the read is passed on to a reader with a thread.
final class InlineReaders: Sendable {
    /// A connection, whose lock is never contended: it is taken by one thread at a time.
    private final class Reader: Sendable {
        let connection: Mutex<SQLiteConnection>

        init(path: String, options: SQLiteDatabase.Options) throws {
            connection = Mutex(try SQLiteConnection(path: path, role: .inline, options: options))
        }
    }

    private struct State {
        var free: [Reader] = []
        var count = 0
        var isClosed = false
    }

    private let state = Mutex(State())
    private let path: String
    private let options: SQLiteDatabase.Options

    init(path: String, options: SQLiteDatabase.Options) { (self.path, self.options) = (path, options) }

    /// Nil when every connection is taken or the file is locked.
    func read<Result: Sendable>(
        _ statement: Statement, deadline: Deadline, _ body: @Sendable (inout any Rows) throws -> Result
    ) throws -> Result? {
        guard let reader = try take() else { return nil }
        defer { give(reader) }
        do {
            return try reader.connection.withLock { connection in
                try connection.working(on: Ticket(deadline: deadline)) {
                    try connection.rows(statement.sql, statement.binds, body)
                }
            }
        } catch StorageError.busy { return nil }
    }

    func close() {
        state.withLock { state in
            state.free = []
            state.isClosed = true
        }
    }

    private func take() throws -> Reader? {
        enum Found { case free(Reader), room, none }
        let found: Found = try state.withLock { state in
            if state.isClosed { throw StorageError.unavailable("it is closed") }
            if let reader = state.free.popLast() { return .free(reader) }
            guard state.count < options.inlineReaders else { return .none }
            state.count += 1
            return .room
        }
        switch found {
        case .free(let reader): return reader
        case .none: return nil
        case .room:
            do { return try Reader(path: path, options: options) } catch {
                state.withLock { $0.count -= 1 }
                throw error
            }
        }
    }

    private func give(_ reader: Reader) {
        state.withLock { state in
            if !state.isClosed { state.free.append(reader) }
        }
    }
}
