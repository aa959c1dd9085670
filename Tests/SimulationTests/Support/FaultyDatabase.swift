import PostgresCluster
import SQL
import Storage
import Synchronization

/// A database whose transactions come to harm when the test says so.
final class FaultyDatabase: WrappedDatabase {
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

    let database: any Database
    private let state = Mutex((count: 0, fault: { @Sendable (_: Int) -> Fault? in nil }, error: Death() as any Error))

    init(_ database: any Database) { self.database = database }

    /// - Parameters:
    ///   - error: what those hear whose transaction comes to harm.
    ///   - fault: asked with the number of each transaction.
    func fail(with error: any Error = Death(), _ fault: @escaping @Sendable (Int) -> Fault?) {
        state.withLock { ($0.fault, $0.error) = (fault, error) }
    }

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
