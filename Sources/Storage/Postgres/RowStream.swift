import SQL

extension PostgresSession {
    /// Hands the rows to `body` as they come, keeping the thread. A `ConnectionLost` or `Refusal` comes before the first of
    /// them: it may be tried again.
    func stream<Result>(
        _ statement: Statement, isPrepared: Bool = true, _ body: (inout any Rows) throws -> Result
    ) throws -> Result {
        try ticket?.check()
        try link.add(statement.sql, statement.binds, isPrepared: isPrepared)
        try link.takeOff()
        let stream = RowStream(self, statement.sql)
        var rows: any Rows = StreamedRows(stream: stream)
        do {
            let result = try body(&rows)
            finish(stream)
            return result
        } catch {
            finish(stream)
            if let loss = stream.loss, stream.count == 0 { throw loss }
            if let refusal = stream.refusal, refusal.isStalePlan, stream.count == 0 { throw refusal }
            throw error
        }
    }

    /// What the body did not want to see any more is not sent. A connection that breaks meanwhile is found out by its owner.
    private func finish(_ stream: RowStream) {
        stream.end()
        do {
            if stream.loss != nil || stream.isFinished { return }
            if stream.refusal == nil {
                if try link.land() != nil { return }
                interrupt()
            }
            _ = try landBlocking()
        } catch {}
    }

    /// The next row, or a result without rows, which is the end.
    fileprivate func piece() throws -> PostgresResult {
        while true {
            if let piece = try link.piece() {
                if piece.rowCount == 0 { _ = try landBlocking() }
                return piece
            }
            try react(loop.block(at: place, for: wish))
        }
    }
}

/// The rows of a statement that is still running.
private final class RowStream {
    private let session: PostgresSession
    private let sql: String
    private(set) var piece: PostgresResult?
    /// Rows handed out.
    private(set) var count = 0
    private(set) var isFinished = false
    private(set) var refusal: Refusal?
    private(set) var loss: ConnectionLost?
    private var isOver = false

    init(_ session: PostgresSession, _ sql: String) { (self.session, self.sql) = (session, sql) }

    func end() {
        isOver = true
        piece = nil
    }

    func next() throws -> Bool {
        if isOver { throw StorageError.rowsAreOver }
        if isFinished { return false }
        do {
            let piece = try session.piece()
            self.piece = piece
            isFinished = piece.rowCount == 0
            if !isFinished { count += 1 }
            return !isFinished
        } catch let refusal as Refusal {
            self.refusal = refusal
            if refusal.isInterruption { try session.ticket?.check() }
            throw StorageError(refusal, sql: sql)
        } catch let loss as ConnectionLost {
            self.loss = loss
            throw StorageError(loss)
        }
    }
}

private struct StreamedRows: Rows {
    let stream: RowStream

    var columnCount: Int { stream.piece?.columnCount ?? 0 }
    var columnNames: [String] { stream.piece?.columnNames ?? [] }
    mutating func next() throws -> Bool { try stream.next() }

    func cell(_ index: Int) -> Cell {
        guard let piece = stream.piece, piece.rowCount > 0 else { return .null }
        return piece.cell(0, Int32(truncatingIfNeeded: index))
    }
}
