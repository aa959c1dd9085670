import CSQLite

extension StorageError {
    /// What a code of SQLite means here. `handle` is the connection it came from, for SQLite's message.
    init(_ code: Int32, on handle: OpaquePointer?, sql: String) {
        let message = handle.flatMap { sqlite3_errmsg($0) }.map { String(cString: $0) } ?? String(cString: sqlite3_errstr(code))
        self =
            switch code & 0xFF {
            case SQLITE_CONSTRAINT: StorageError(constraint: handle.map(sqlite3_extended_errcode) ?? code, message, sql: sql)
            case SQLITE_INTERRUPT: .deadline
            case SQLITE_BUSY, SQLITE_LOCKED: .busy("another connection holds the file")
            case SQLITE_FULL: .full(message)
            case SQLITE_CORRUPT, SQLITE_NOTADB: .corrupt("\(message); restore the file from a copy")
            case SQLITE_READONLY, SQLITE_PERM, SQLITE_AUTH:
                .unavailable("the file or its folder may not be written (\(message))")
            case SQLITE_CANTOPEN:
                .unavailable("the file cannot be opened (\(message)); does its folder exist, and may it be written?")
            case SQLITE_IOERR, SQLITE_NOMEM, SQLITE_PROTOCOL: .unavailable("the file cannot be read or written (\(message))")
            default: .statement(message: message, sql: sql)
            }
    }

    private init(constraint code: Int32, _ message: String, sql: String) {
        // `UNIQUE constraint failed: Account.Email, Account.Name`
        let parts = message.split(separator: ": ", maxSplits: 1).last.map { $0.split(separator: ", ") } ?? []
        let names = parts.map { $0.split(separator: ".", maxSplits: 1).map(String.init) }
        let (table, columns) = (names.first?.first ?? "", names.compactMap(\.last))
        self =
            switch Int(code) {
            case MARTLET_CONSTRAINT_UNIQUE, MARTLET_CONSTRAINT_PRIMARYKEY, MARTLET_CONSTRAINT_ROWID:
                .unique(table: table, columns: columns)
            case MARTLET_CONSTRAINT_NOTNULL: .notNull(table: table, column: columns.first ?? "")
            case MARTLET_CONSTRAINT_FOREIGNKEY: .foreignKey(message)
            case MARTLET_CONSTRAINT_CHECK, MARTLET_CONSTRAINT_TRIGGER: .check(message)
            default: .statement(message: message, sql: sql)
            }
    }
}
