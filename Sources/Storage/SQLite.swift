import Foundation
package import SQL

/// A database in one file: one writer that commits groups of transactions, many readers.
///
///     let database = try await SQLiteDatabase.open(path: "martlet.sqlite")
///     let names = try await database.read(Statement(sql: "SELECT Name FROM Account"), lane: .long, deadline: .after(.seconds(5))) { rows in
///         var names: [String] = []
///         while try rows.next() { names.append(rows.cell(0).string ?? "") }
///         return names
///     }
package final class SQLiteDatabase: Database {
    package struct Options: Sendable {
        /// How durable a commit is.
        package enum Synchronous: String, Sendable {
            /// An acknowledged write survives the loss of power.
            case full = "FULL"
            /// It survives the end of the process; a loss of power may take the latest ones.
            case normal = "NORMAL"
        }

        /// Known to every connection.
        package var functions: [SQLFunction] = []
        package var synchronous = Synchronous.full
        /// Off while tables are filled one after the other; what points at nothing is found when the schema is brought up.
        package var checksReferences = true
        /// Threads for long reads and snapshots.
        package var readers = max(2, ProcessInfo.processInfo.activeProcessorCount)
        /// Most connections for short reads; they are opened as needed.
        package var inlineReaders = 8
        /// How long to wait for another process that holds the file, at most.
        package var busyTimeout = Duration.seconds(5)
        /// Statements each connection keeps compiled.
        package var statementCacheSize = 128
        /// Memory for pages, at most, of the connection that writes; a batch reads its indexes again.
        package var writerCacheKilobytes = 65_536
        /// The same for each connection that reads.
        package var readerCacheKilobytes = 8_192
        /// Transactions that share one commit, at most.
        package var groupLimit = 256
        /// Callers that wait for the writer, and for the readers, at most.
        package var lineLimit = 4096
        /// Size of the write-ahead log at which it is copied into the file.
        package var checkpointPages = 20_000

        package init() {}
    }

    /// The line whose transactions the present task serves.
    @TaskLocal private static var served: ObjectIdentifier?

    let writing: Writer.Line
    let reading: Reader.Line
    private let inline: InlineReaders
    private let tasks: [Task<Void, Never>]

    /// Opens the file, which is made where there is none. `:memory:` is refused: readers and writer must share a file.
    package static func open(path: String, options: Options = Options()) async throws -> SQLiteDatabase {
        if path.isEmpty || path == ":memory:" {
            throw StorageError.unavailable("it needs a file, and \"\(path)\" names none")
        }
        return try SQLiteDatabase(path: path, options: options)
    }

    private init(path: String, options: Options) throws {
        let (writing, reading) = (Writer.Line(limit: options.lineLimit), Reader.Line(limit: options.lineLimit))
        let writer = try Writer(path: path, line: writing, options: options)
        let readers = try (1...max(1, options.readers)).map {
            try Reader(path: path, number: $0, line: reading, options: options)
        }
        inline = InlineReaders(path: path, options: options)
        (self.writing, self.reading) = (writing, reading)
        // Each ends when its line is closed, which `close` and `deinit` do.
        tasks =
            [
                Task(executorPreference: writer.thread) {
                    await Self.$served.withValue(ObjectIdentifier(writing)) { await writer.run() }
                }
            ]
            + readers.map { reader in Task(executorPreference: reader.thread) { await reader.run() } }
    }

    deinit {
        writing.close()
        reading.close()
    }

    package var dialect: Dialect { .sqlite }

    package func close() async {
        writing.close()
        reading.close()
        inline.close()
        for task in tasks { await task.value }
    }
}

extension SQLiteDatabase {
    package func read<Result: Sendable>(
        _ statement: Statement, lane: Lane, deadline: Deadline,
        _ body: @escaping @Sendable (inout any Rows) throws -> Result
    ) async throws -> Result {
        if lane == .short, let result = try inline.read(statement, deadline: deadline, body) { return result }
        return try await reading.submit(deadline: deadline) { connection in
            try connection.rows(statement.sql, statement.binds, body)
        }
    }

    package func snapshot<Result: Sendable>(
        deadline: Deadline, _ body: @escaping @Sendable (any Connection) async throws -> Result
    ) async throws -> Result {
        try await reading.submit(deadline: deadline) { connection in
            try connection.run("BEGIN DEFERRED")
            let lease = Lease(connection, isWriting: false)
            defer {
                lease.end()
                connection.endSnapshot()
            }
            return try await body(lease)
        }
    }

    package func aside<Result: Sendable>(
        _ statement: Statement, deadline: Deadline, _ body: @escaping @Sendable (inout any Rows) throws -> Result
    ) async throws -> Result {
        try await transaction(deadline: deadline) { try await $0.rows(statement, body) }
    }

    package func transaction<Result: Sendable>(
        deadline: Deadline, _ body: @escaping @Sendable (any Connection) async throws -> Result
    ) async throws -> Result {
        // It would wait for itself.
        if Self.served == ObjectIdentifier(writing) {
            throw StorageError.statement(message: "A transaction is begun inside another", sql: "BEGIN")
        }
        return try await writing.submit(deadline: deadline) { connection in
            let lease = Lease(connection, isWriting: true)
            defer { lease.end() }
            return try await body(lease)
        }
    }

    package func refreshStatistics() async throws {
        try await transaction(deadline: .after(.seconds(600))) { connection in
            try await connection.run(Statement(sql: "PRAGMA analysis_limit = 1000"))
            try await connection.run(Statement(sql: "ANALYZE"))
            // Other connections look at the statistics again only when the schema has changed.
            try await connection.run(Statement(sql: "CREATE VIEW martlet_statistics AS SELECT 1"))
            try await connection.run(Statement(sql: "DROP VIEW martlet_statistics"))
        }
    }
}
