import CSQLite

extension StorageError {
    /// What a code of SQLite means here. `handle` is the connection it came from, for SQLite's message.
    init(_ code: Int32, on handle: OpaquePointer?, sql: String) {
        let message = handle.flatMap { sqlite3_errmsg($0) }.map { String(cString: $0) } ?? String(cString: sqlite3_errstr(code))
        self =
            switch code & 0xFF {
            case SQLITE_CONSTRAINT: StorageError(constraint: handle.map(sqlite3_extended_errcode) ?? code, message, sql: sql)
            case SQLITE_INTERRUPT: .deadline
            case SQLITE_BUSY, SQLITE_LOCKED: .busy("The database is locked by another connection; try again in a moment")
            case SQLITE_FULL: .full("There is no room left for the database; free some on its disk (\(message))")
            case SQLITE_CORRUPT, SQLITE_NOTADB: .corrupt("The file is damaged or no database of Martlet (\(message))")
            case SQLITE_READONLY, SQLITE_PERM, SQLITE_AUTH:
                .unavailable("The database or its folder may not be written (\(message))")
            case SQLITE_CANTOPEN: .unavailable("The database cannot be opened (\(message))")
            case SQLITE_IOERR, SQLITE_NOMEM, SQLITE_PROTOCOL: .unavailable("The database cannot be read or written (\(message))")
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
