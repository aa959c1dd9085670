/// A table that both databases hold now.
package struct TransferredTable: Sendable, Hashable {
    package let name: String
    package let rows: Int
    /// Of all its rows, whatever their order: 32 hexadecimal digits.
    package let hash: String
}

/// How far a transfer has come.
package enum TransferProgress: Sendable, Hashable {
    package enum Stage: Sendable { case filling, checking }

    /// A stage begins: rows of all tables, and how many of them an earlier attempt has done.
    case beginning(Stage, done: Int, of: Int)
    /// Rows of all tables, at a moment in a stage.
    case rows(Stage, table: String, done: Int, of: Int)
    /// A table begins, with its rows.
    case table(Stage, String, rows: Int)
    /// Indexes and references.
    case building(String, done: Int, of: Int)
}

/// Counts rows.
struct TransferMeter: Sendable {
    var total = 0
    private var done = 0
    private var stage = TransferProgress.Stage.filling
    let tell: @Sendable (TransferProgress) -> Void

    init(_ tell: @escaping @Sendable (TransferProgress) -> Void) { self.tell = tell }

    mutating func begin(_ stage: TransferProgress.Stage, done: Int) {
        (self.stage, self.done) = (stage, done)
        tell(.beginning(stage, done: done, of: total))
    }

    mutating func advance(_ rows: Int, _ table: String) {
        done += rows
        peek(0, table)
    }

    /// Tells of rows that are counted later.
    func peek(_ rows: Int, _ table: String) { tell(.rows(stage, table: table, done: done + rows, of: max(total, done + rows))) }
}

/// Why a transfer did not begin, or did not end well. Nothing is lost: the source is only read.
package enum TransferProblem: Error, Sendable, Hashable {
    case sameDatabase
    /// The target has rows in these tables, and not from a transfer that was interrupted.
    case targetHoldsData([String])
    /// The target is that of an interrupted transfer from another source.
    case otherTransfer(String)
    /// The source is itself the target of a transfer that did not come to its end.
    case sourceIsUnfinished
    /// These tables of the source were written to meanwhile; the next attempt transfers them anew.
    case sourceChanged([String])
    /// These tables have not arrived as they were sent; the next attempt transfers them anew.
    case differs([String])
    /// A cell holds what its type does not.
    case unreadable(table: String, key: String, column: String, text: String)
}
