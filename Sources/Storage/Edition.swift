/// What a schema was made from, for the servers that share a database: they agree on the one in force.
package struct Edition: Sendable, Hashable {
    /// Tells editions apart.
    package let version: String
    /// What every server can make the same of.
    package let source: String

    package init(version: String, source: String) { (self.version, self.source) = (version, source) }
}

// A file has one server, which has nobody to agree with.

extension Database {
    package func migrate(
        to schema: Schema, edition: Edition, allowDestructive: Bool, progress: @escaping @Sendable (MigrationProgress) -> Void
    ) async throws -> Migration {
        try await migrate(to: schema, allowDestructive: allowDestructive, progress: progress)
    }

    package func transaction<Result: Sendable>(
        under version: String, deadline: Deadline, _ body: @escaping @Sendable (any Connection) async throws -> Result
    ) async throws -> Result {
        try await transaction(deadline: deadline, body)
    }

    package func edition(otherThan version: String) async throws -> Edition? { nil }
    package func isKnown(edition version: String) async throws -> Bool { false }
}
