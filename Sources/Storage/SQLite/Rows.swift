import CSQLite
import SQL

/// The rows of a running statement, read where SQLite holds them.
struct SQLiteRows: Rows {
    private let statement: PreparedStatement
    private let use: Int

    init(_ statement: PreparedStatement) { (self.statement, use) = (statement, statement.use) }

    /// False once the body the rows were lent to has ended.
    private var isValid: Bool { use == statement.use }

    var columnCount: Int { Int(sqlite3_column_count(statement.handle)) }

    var columnNames: [String] {
        (0..<Int32(columnCount)).map { index in sqlite3_column_name(statement.handle, index).map { String(cString: $0) } ?? "" }
    }

    mutating func next() throws -> Bool {
        guard isValid else { throw statement.problem("The rows are used after the end of the body they were lent to") }
        return try statement.step()
    }

    func cell(_ index: Int) -> Cell {
        guard isValid else { return .null }
        let (handle, index) = (statement.handle, Int32(truncatingIfNeeded: index))
        switch sqlite3_column_type(handle, index) {
        case SQLITE_INTEGER: return .integer(sqlite3_column_int64(handle, index))
        case SQLITE_FLOAT: return .real(sqlite3_column_double(handle, index))
        case SQLITE_TEXT:
            let start = sqlite3_column_text(handle, index)
            return .text(UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, index))))
        case SQLITE_BLOB:
            let start = sqlite3_column_blob(handle, index)?.assumingMemoryBound(to: UInt8.self)
            return .bytes(UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, index))))
        default: return .null
        }
    }
}
