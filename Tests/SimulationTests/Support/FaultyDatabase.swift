import SQL
import Storage
import Synchronization

/// A database whose transactions come to harm when the test says so.
final class FaultyDatabase: Database {
    enum Fault: Sendable, CaseIterable {
        /// Everything is done, and then undone.
        case beforeCommit
        /// It is committed, but whoever asked for it hears of an error.
        case afterCommit
        /// The server ends the session in its midst. Only PostgreSQL has sessions.
        case terminated
    }

    /// What a worker hears of it that was killed: it is to work no more.
    struct Death: Error {}

    private let database: any Database
    private let state = Mutex((count: 0, fault: { @Sendable (_: Int) -> Fault? in nil }, error: Death() as any Error))

    init(_ database: any Database) { self.database = database }

    /// - Parameters:
    ///   - error: what those hear whose transaction comes to harm.
    ///   - fault: asked with the number of each transaction.
    func fail(with error: any Error = Death(), _ fault: @escaping @Sendable (Int) -> Fault?) {
        state.withLock { ($0.fault, $0.error) = (fault, error) }
    }

    var dialect: Dialect { database.dialect }

    func transaction<Result: Sendable>(
        deadline: Deadline, _ body: @escaping @Sendable (any Connection) async throws -> Result
    ) async throws -> Result {
        try await failing { fault, error in
            try await self.database.transaction(deadline: deadline) { try await fault.strike($0, error, body) }
        }
    }

    func transaction<Result: Sendable>(
        under version: String, deadline: Deadline, _ body: @escaping @Sendable (any Connection) async throws -> Result
    ) async throws -> Result {
        try await failing { fault, error in
            try await self.database.transaction(under: version, deadline: deadline) { try await fault.strike($0, error, body) }
        }
    }

    private func failing<Result: Sendable>(
        _ transaction: (Fault?, any Error) async throws -> Result
    ) async throws -> Result {
        let (fault, error) = state.withLock { state in
            state.count += 1
            return (state.fault(state.count), state.error)
        }
        let result = try await transaction(fault, error)
        if fault == .afterCommit { throw error }
        return result
    }

    func read<Result: Sendable>(
        _ statement: Statement, lane: Lane, deadline: Deadline,
        _ body: @escaping @Sendable (inout any Rows) throws -> Result
    ) async throws -> Result { try await database.read(statement, lane: lane, deadline: deadline, body) }

    func snapshot<Result: Sendable>(
        deadline: Deadline, _ body: @escaping @Sendable (any Connection) async throws -> Result
    ) async throws -> Result { try await database.snapshot(deadline: deadline, body) }

    func inspect(_ wanted: Schema) async throws -> Schema { try await database.inspect(wanted) }
    func plan(_ schema: Schema) async throws -> Migration { try await database.plan(schema) }

    func migrate(
        to schema: Schema, allowDestructive: Bool, progress: @escaping @Sendable (MigrationProgress) -> Void
    ) async throws -> Migration { try await database.migrate(to: schema, allowDestructive: allowDestructive, progress: progress) }

    func migrate(
        to schema: Schema, edition: Edition, allowDestructive: Bool, progress: @escaping @Sendable (MigrationProgress) -> Void
    ) async throws -> Migration {
        try await database.migrate(to: schema, edition: edition, allowDestructive: allowDestructive, progress: progress)
    }

    func edition(otherThan version: String) async throws -> Edition? { try await database.edition(otherThan: version) }
    func isKnown(edition version: String) async throws -> Bool { try await database.isKnown(edition: version) }
    func refreshStatistics() async throws { try await database.refreshStatistics() }
    func close() async { await database.close() }
}

extension FaultyDatabase.Fault? {
    fileprivate func strike<Result>(
        _ connection: any Connection, _ error: any Error, _ body: (any Connection) async throws -> Result
    ) async throws -> Result {
        let result = try await body(connection)
        switch self {
        case .beforeCommit: throw error
        case .terminated:
            let end = Statement(sql: "SELECT pg_terminate_backend(pg_backend_pid())")
            _ = try await connection.rows(end) { try $0.next() }
        case .afterCommit, nil: break
        }
        return result
    }
}
