import CSQLite
import SQL

/// One connection to the file, used by one thread at a time, with its prepared statements.
final class SQLiteConnection {
    enum Role {
        case writer
        /// Reads on a thread of its own, which may wait for a lock.
        case reader
        /// Reads on whatever thread asks: it never waits.
        case inline
    }

    let handle: OpaquePointer
    let checksReferences: Bool
    private let watch = Watch()
    private let search = SearchNotes()
    private var cache: StatementCache

    /// Pages in the write-ahead log after the latest commit of this connection.
    private(set) var logPages = 0

    init(path: String, role: Role, options: SQLiteDatabase.Options) throws {
        _ = isConfigured
        let flags = role == .writer ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY
        var handle: OpaquePointer?
        let code = sqlite3_open_v2(path, &handle, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nil)
        guard code == SQLITE_OK, let handle else {
            let error = StorageError(code, on: handle, sql: "open \(path)")
            sqlite3_close_v2(handle)
            throw error
        }
        (self.handle, checksReferences) = (handle, options.checksReferences)
        cache = StatementCache(capacity: options.statementCacheSize)
        watch.attach(to: handle)
        if role != .inline { watch.waitWhileBusy(on: handle, atMost: options.busyTimeout) }
        martlet_sqlite_no_double_quoted_strings(handle)
        martlet_sqlite_defensive(handle)
        for function in options.functions + Conversion.functions { try function.register(on: handle) }
        if role == .writer { try search.function.register(on: handle, isPure: false) }
        try working(on: Ticket(deadline: .after(options.busyTimeout))) { try configure(role, options) }
    }

    deinit {
        cache.removeAll()
        sqlite3_close_v2(handle)
    }

    private func configure(_ role: Role, _ options: SQLiteDatabase.Options) throws {
        if role == .writer {
            followLog()
            guard try texts("PRAGMA journal_mode = WAL") == ["wal"]
            else { throw StorageError.unavailable("its folder takes no write-ahead log; a local disk is needed") }
            try run("PRAGMA synchronous = \(options.synchronous.rawValue)")
            try run("PRAGMA journal_size_limit = \(options.checkpointPages * 4096)")
        }
        try run("PRAGMA foreign_keys = \(checksReferences ? "ON" : "OFF")")
        try run("PRAGMA cache_size = -\(role == .writer ? options.writerCacheKilobytes : options.readerCacheKilobytes)")
    }

    /// Counts the pages of the write-ahead log; SQLite's own checkpoints, which would stall a commit, are off by that.
    private func followLog() {
        let pointer = Unmanaged.passUnretained(self).toOpaque()
        sqlite3_wal_hook(
            handle,
            { pointer, _, _, pages in
                if let pointer { Unmanaged<SQLiteConnection>.fromOpaque(pointer).takeUnretainedValue().logPages = Int(pages) }
                return SQLITE_OK
            }, pointer)
    }
}

/// Set once in the process and before SQLite's first use. The lock of its memory statistics would be the bottleneck of
/// parallel reads. What a savepoint keeps to be undone, 4 KB a page, stays in memory up to 124 KB (it writes no more than 128 KB
/// at once to the file which then takes over): by default nearly every record written would make and remove such a file.
private let isConfigured =
    martlet_sqlite_config_memstatus(0) == SQLITE_OK && martlet_sqlite_config_statement_journal(31 * 4_100) == SQLITE_OK

extension SQLiteConnection {
    /// Does `body` for a caller: its statements are interrupted when the caller no longer wants them.
    func working<Result>(on ticket: Ticket, _ body: () throws -> Result) throws -> Result {
        try ticket.check()
        begin(ticket)
        defer { end() }
        return try body()
    }

    /// From now until `end`, statements are interrupted when the caller no longer wants them.
    func begin(_ ticket: Ticket) { watch.ticket = ticket }
    func end() { watch.ticket = nil }

    /// Throws when the caller worked for no longer wants that.
    func check() throws { try watch.ticket?.check() }

    var isInTransaction: Bool { sqlite3_get_autocommit(handle) == 0 }

    /// Whether a row written since the last commit points at nothing, as deferred foreign keys allow until then.
    var hasDanglingKeys: Bool {
        var (current, highest): (Int32, Int32) = (0, 0)
        sqlite3_db_status(handle, SQLITE_DBSTATUS_DEFERRED_FKS, &current, &highest, 0)
        return current != 0
    }

    /// Ends a transaction that only read, whatever state it is in.
    func endSnapshot() {
        end()
        if isInTransaction { sqlite3_exec(handle, "ROLLBACK", nil, nil, nil) }
    }

    /// Copies the write-ahead log into the file, as far as readers allow.
    func checkpoint(_ mode: Int32) { sqlite3_wal_checkpoint_v2(handle, nil, mode, nil, nil) }

    @discardableResult
    func run(_ sql: String, _ binds: [Bind] = []) throws -> Int { try run(sql, each: [binds]) }

    func run(_ sql: String, each sets: [[Bind]]) throws -> Int {
        let changed = try ready(sql).use { statement in
            var changed = 0
            for binds in sets {
                let count = search.count
                do {
                    try statement.bind(binds)
                    changed += try statement.run()
                } catch {
                    search.forget(after: count)
                    throw error
                }
                statement.restart()
                if search.areMany { try writeSearch() }
            }
            return changed
        }
        if !isInTransaction { try writeSearch() }
        return changed
    }

    func rows<Result>(_ sql: String, _ binds: [Bind] = [], _ body: (inout any Rows) throws -> Result) throws -> Result {
        try ready(sql).use { statement in
            try statement.bind(binds)
            var rows: any Rows = SQLiteRows(statement)
            return try body(&rows)
        }
    }

    func integer(_ sql: String, _ binds: [Bind] = []) throws -> Int {
        try rows(sql, binds) { rows in try rows.next() ? Int(rows.cell(0).integer ?? 0) : 0 }
    }

    /// The first column of every row.
    func texts(_ sql: String, _ binds: [Bind] = []) throws -> [String] {
        try rows(sql, binds) { rows in
            var texts: [String] = []
            while try rows.next() { texts.append(rows.cell(0).string ?? "") }
            return texts
        }
    }

    /// Prepared, with everything in the indexes that it may search.
    private func ready(_ sql: String) throws -> PreparedStatement {
        let statement = try prepared(sql)
        if statement.searches { try writeSearch() }
        return statement
    }

    func prepared(_ sql: String) throws -> PreparedStatement {
        if let statement = cache.find(sql), !statement.isRunning { return statement }
        let statement = try PreparedStatement(sql, on: handle, watch: watch)
        cache.keep(statement)
        return statement
    }
}

// MARK: Transactions

extension SQLiteConnection {
    /// Takes the file's write lock.
    func beginWriting() throws {
        search.clear()
        try run("BEGIN IMMEDIATE")
    }

    func commit() throws {
        try writeSearch()
        try run("COMMIT")
        search.clear()
    }

    func rollBack() throws {
        search.clear()
        try run("ROLLBACK")
    }

    /// Savepoints nest.
    func beginSavepoint() throws {
        try run("SAVEPOINT inner")
        search.markSavepoint()
    }

    func releaseSavepoint() throws {
        try run("RELEASE inner")
        search.releaseSavepoint()
    }

    /// Undoes everything since the latest savepoint, and removes it.
    func undoSavepoint() throws {
        try run("ROLLBACK TO inner")
        search.undoToSavepoint()
        try releaseSavepoint()
    }

    /// Writes what triggers have noted for full-text search.
    func writeSearch() throws {
        if search.isEmpty { return }
        for note in search.take() {
            try prepared(note.sql).use { statement in
                try statement.bind(note.values)
                _ = try statement.run()
            }
        }
    }
}
