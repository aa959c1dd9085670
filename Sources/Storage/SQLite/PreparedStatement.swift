import CSQLite
import SQL

/// One compiled statement of one connection.
final class PreparedStatement {
    let handle: OpaquePointer
    let sql: String
    let verb: Verb
    /// Whether it may look into an index of full-text search.
    let searches: Bool
    private let watch: Watch

    /// When it was used last, in uses of its connection's cache.
    var lastUse = 0
    /// Counts uses, so that rows of an earlier one are recognised.
    private(set) var use = 0
    private(set) var isRunning = false
    private var isDone = false

    init(_ sql: String, on connection: OpaquePointer, watch: Watch) throws {
        var handle: OpaquePointer?
        var text = sql
        let code = text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { bytes in
                sqlite3_prepare_v3(
                    connection, bytes.baseAddress, Int32(bytes.count), UInt32(SQLITE_PREPARE_PERSISTENT), &handle, nil)
            }
        }
        guard code == SQLITE_OK else { throw StorageError(code, on: connection, sql: sql) }
        guard let handle else { throw StorageError.statement(message: "The statement is empty", sql: sql) }
        (self.handle, self.sql, self.watch) = (handle, sql, watch)
        verb = Verb(sql, isReadOnly: sqlite3_stmt_readonly(handle) != 0)
        searches = sql.contains(Table.searchTable(of: "") + "\"")
    }

    deinit { sqlite3_finalize(handle) }

    /// Lends the statement to `body`, and leaves it reset and empty however that ends.
    func use<Result>(_ body: (PreparedStatement) throws -> Result) throws -> Result {
        (isRunning, isDone) = (true, false)
        defer {
            restart()
            sqlite3_clear_bindings(handle)
            isRunning = false
            use += 1
        }
        return try body(self)
    }

    /// Ready for the next set of values.
    func restart() {
        sqlite3_reset(handle)
        isDone = false
    }

    func bind(_ binds: [Bind]) throws {
        guard binds.count == sqlite3_bind_parameter_count(handle) else {
            throw problem("\(binds.count) values are given, \(sqlite3_bind_parameter_count(handle)) are expected")
        }
        var index: Int32 = 1
        for bind in binds {
            do throws(Misfit) {
                try bind.write(to: Place(statement: handle, index: index))
            } catch { throw problem("Value \(index): \(error.message)") }
            index += 1
        }
    }

    /// Goes to the next row; false at the end.
    func step() throws -> Bool {
        if isDone { return false }
        switch sqlite3_step(handle) {
        case SQLITE_ROW: return true
        case SQLITE_DONE:
            isDone = true
            return false
        case let code:
            isDone = true
            if code & 0xFF == SQLITE_INTERRUPT, watch.ticket?.isCancelled == true { throw CancellationError() }
            throw StorageError(code, on: sqlite3_db_handle(handle), sql: sql)
        }
    }

    /// Runs to the end; how many rows an INSERT, UPDATE or DELETE changed.
    func run() throws -> Int {
        while try step() {}
        return verb == .change ? Int(sqlite3_changes64(sqlite3_db_handle(handle))) : 0
    }

    func problem(_ message: String) -> StorageError { .statement(message: message, sql: sql) }
}

/// What a statement does, as far as its connection must know.
enum Verb {
    case read
    /// INSERT, UPDATE or DELETE: it counts the rows it changed.
    case change
    /// Begins or ends transactions: only the connection's owner may.
    case control
    case other

    init(_ sql: String, isReadOnly: Bool) {
        let word = sql.drop { $0.isWhitespace }.prefix { $0.isLetter }.uppercased()
        self =
            switch word {
            case "BEGIN", "COMMIT", "END", "ROLLBACK", "SAVEPOINT", "RELEASE", "ATTACH", "DETACH", "VACUUM": .control
            case "INSERT", "UPDATE", "DELETE", "REPLACE": .change
            case "WITH": isReadOnly ? .read : .change
            default: isReadOnly ? .read : .other
            }
    }
}
