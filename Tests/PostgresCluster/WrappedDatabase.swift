package import SQL
package import Storage

/// A database that does as another one, except for what whoever conforms does itself: to have transactions come to harm.
package protocol WrappedDatabase: Database {
    var database: any Database { get }
}

extension WrappedDatabase {
    package var dialect: Dialect { database.dialect }

    package func read<Result: Sendable>(
        _ statement: Statement, lane: Lane, deadline: Deadline,
        _ body: @escaping @Sendable (inout any Rows) throws -> Result
    ) async throws -> Result { try await database.read(statement, lane: lane, deadline: deadline, body) }

    package func transaction<Result: Sendable>(
        deadline: Deadline, _ body: @escaping @Sendable (any Connection) async throws -> Result
    ) async throws -> Result { try await database.transaction(deadline: deadline, body) }

    package func transaction<Result: Sendable>(
        under version: String, deadline: Deadline, _ body: @escaping @Sendable (any Connection) async throws -> Result
    ) async throws -> Result { try await database.transaction(under: version, deadline: deadline, body) }

    package func snapshot<Result: Sendable>(
        deadline: Deadline, _ body: @escaping @Sendable (any Connection) async throws -> Result
    ) async throws -> Result { try await database.snapshot(deadline: deadline, body) }

    package func aside<Result: Sendable>(
        _ statement: Statement, deadline: Deadline, _ body: @escaping @Sendable (inout any Rows) throws -> Result
    ) async throws -> Result { try await database.aside(statement, deadline: deadline, body) }

    package func inspect(_ wanted: Schema) async throws -> Schema { try await database.inspect(wanted) }
    package func plan(_ schema: Schema) async throws -> Migration { try await database.plan(schema) }

    package func migrate(
        to schema: Schema, allowDestructive: Bool, progress: @escaping @Sendable (MigrationProgress) -> Void
    ) async throws -> Migration { try await database.migrate(to: schema, allowDestructive: allowDestructive, progress: progress) }

    package func migrate(
        to schema: Schema, edition: Edition, allowDestructive: Bool, progress: @escaping @Sendable (MigrationProgress) -> Void
    ) async throws -> Migration {
        try await database.migrate(to: schema, edition: edition, allowDestructive: allowDestructive, progress: progress)
    }

    package func edition(otherThan version: String) async throws -> Edition? { try await database.edition(otherThan: version) }
    package func isKnown(edition version: String) async throws -> Bool { try await database.isKnown(edition: version) }
    package func refreshStatistics() async throws { try await database.refreshStatistics() }
    package func close() async { await database.close() }
}
