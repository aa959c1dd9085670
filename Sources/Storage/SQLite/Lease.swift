import SQL

/// The connection as it is lent to the body of one transaction or snapshot: dead once the body has ended, and once the
/// database has given the transaction up.
///
/// That a body lets it escape is mostly impossible already: it is not `Sendable`, and a body is.
final class Lease: Connection {
    private let connection: SQLiteConnection
    private let isWriting: Bool
    private var isOver = false

    init(_ connection: SQLiteConnection, isWriting: Bool) { (self.connection, self.isWriting) = (connection, isWriting) }

    var dialect: Dialect { .sqlite }

    func end() { isOver = true }

    func run(_ statement: Statement) async throws -> Int {
        try prepare(statement.sql)
        return try connection.run(statement.sql, statement.binds)
    }

    func run(_ sql: String, each binds: [[Bind]]) async throws -> Int {
        try prepare(sql)
        return try connection.run(sql, each: binds)
    }

    func insert(_ insertion: Insertion, rows: [[Bind]]) async throws -> Int {
        try await run(insertion.sql, each: rows)
    }

    func update(_ alteration: Alteration, rows: [[Bind]]) async throws -> Int {
        try await run(alteration.sql, each: rows)
    }

    func load(_ rows: [[Bind]], into table: String, columns: [String]) async throws {
        _ = try await run(RowStatements(.sqlite).insert(into: table, columns: columns), each: rows)
    }

    func rows<Result>(_ statement: Statement, _ body: (inout any Rows) throws -> Result) async throws -> Result {
        try prepare(statement.sql)
        return try connection.rows(statement.sql, statement.binds, body)
    }

    func nested<Result>(_ body: () async throws -> Result) async throws -> Result {
        try check("SAVEPOINT")
        try connection.beginSavepoint()
        do {
            let result = try await body()
            try connection.releaseSavepoint()
            return result
        } catch {
            // Where the database gave up the whole transaction there is no savepoint left, and the writer sees to the rest.
            if connection.isInTransaction { try connection.undoSavepoint() }
            throw error
        }
    }

    private func prepare(_ sql: String) throws {
        try check(sql)
        switch try connection.prepared(sql).verb {
        case .control: throw misuse("Only the database begins and ends transactions", sql)
        case .change, .other: if !isWriting { throw misuse("A snapshot only reads", sql) }
        case .read: break
        }
    }

    private func check(_ sql: String) throws {
        if isOver { throw misuse("The connection is used after the end of the body it was lent to", sql) }
        if !connection.isInTransaction { throw StorageError.lost }
        // Between two statements only this transaction is undone; an interrupted statement may take the neighbours with it.
        try connection.check()
    }

    private func misuse(_ message: String, _ sql: String) -> StorageError { .statement(message: message, sql: sql) }
}

extension StorageError {
    static let lost = StorageError.unavailable("it gave the transaction up")
}
