import SQL
import Storage
import Synchronization

/// A database whose answers to transactions can be lost on their way: they are committed, and whoever asked hears of an error.
final class DeafDatabase: Database {
    private let database: any Database
    private let deafness = Mutex(false)

    init(_ database: any Database) { self.database = database }

    var isDeaf: Bool {
        get { deafness.withLock { $0 } }
        set { deafness.withLock { $0 = newValue } }
    }

    var dialect: Dialect { database.dialect }

    func transaction<Result: Sendable>(
        deadline: Deadline, _ body: @escaping @Sendable (any Connection) async throws -> Result
    ) async throws -> Result {
        let result = try await database.transaction(deadline: deadline, body)
        if isDeaf { throw StorageError.deadline }
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

    func transaction<Result: Sendable>(
        under version: String, deadline: Deadline, _ body: @escaping @Sendable (any Connection) async throws -> Result
    ) async throws -> Result { try await database.transaction(under: version, deadline: deadline, body) }

    func edition(otherThan version: String) async throws -> Edition? { try await database.edition(otherThan: version) }
    func isKnown(edition version: String) async throws -> Bool { try await database.isKnown(edition: version) }
    func refreshStatistics() async throws { try await database.refreshStatistics() }
    func close() async { await database.close() }
}
