import SQL
import Synchronization

/// What a connection has still to write into the indexes of full-text search.
///
/// An FTS5 table writes out what it has gathered whenever a savepoint begins or ends, and a statement that fires a trigger is one by
/// itself: a third of the time of a write would go there. So the triggers only note what is to be written, and the connection
/// writes it before the commit, and before it searches.
final class SearchNotes: Sendable {
    /// One statement for one row.
    struct Note: Sendable {
        let index: String
        let row: Int64
        let sql: String
        let values: [Bind]
    }

    private struct State {
        var notes: [Note] = []
        /// So many of them are in the indexes.
        var written = 0
        /// Where each open savepoint began.
        var marks: [(count: Int, written: Int)] = []
    }

    private let state = Mutex(State())

    /// Known to connections that write: `martlet_search_later(index, row, sql, row, value, ...)`.
    var function: SQLFunction {
        SQLFunction(name: SearchNotes.function, arguments: -1) { [self] cells in
            let note = Note(
                index: cells[0].string ?? "", row: cells[1].integer ?? 0, sql: cells[2].string ?? "",
                values: cells[1...].enumerated().filter { $0.offset != 1 }.map { SearchNotes.bind($0.element) })
            state.withLock { $0.notes.append(note) }
            return .null
        }
    }

    static let function = "martlet_search_later"

    /// How many there are.
    var count: Int { state.withLock { $0.notes.count } }
    var isEmpty: Bool { state.withLock { $0.notes.count == $0.written } }

    /// Whether they take much memory.
    var areMany: Bool { state.withLock { $0.notes.count - $0.written > 10_000 } }

    /// Those that are to be written now, a row's in their order. Rows of an index go up, as it takes them best.
    func take() -> [Note] {
        state.withLock { state in
            // A savepoint that is undone takes out of the indexes what was written since.
            defer {
                if state.marks.isEmpty { state.notes = [] }
                state.written = state.notes.count
            }
            let due = state.notes[state.written...].enumerated()
            return due.sorted {
                ($0.element.index, $0.element.row, $0.offset) < ($1.element.index, $1.element.row, $1.offset)
            }.map(\.element)
        }
    }

    /// The statement that made those after the first `count` was undone.
    func forget(after count: Int) { state.withLock { $0.notes.removeSubrange(count...) } }

    /// The transaction is over, or a new one begins.
    func clear() { state.withLock { $0 = State() } }

    func markSavepoint() { state.withLock { $0.marks.append(($0.notes.count, $0.written)) } }
    func releaseSavepoint() { state.withLock { _ = $0.marks.popLast() } }

    /// What was written since the savepoint is no longer in the indexes, be it noted before.
    func undoToSavepoint() {
        state.withLock { state in
            guard let mark = state.marks.last else { return }
            state.notes.removeSubrange(mark.count...)
            state.written = mark.written
        }
    }

    private static func bind(_ cell: Cell) -> Bind {
        switch cell {
        case .null: .null
        case .integer(let integer): .integer(integer)
        case .real, .text, .bytes: cell.string.map(Bind.text) ?? .null
        }
    }
}
