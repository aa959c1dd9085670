import PostgresCluster
import SQL
import Storage
import Synchronization

/// A database in which something happens right behind a read, when the test says so.
final class EventfulDatabase: WrappedDatabase {
    let database: any Database
    private let event = Mutex<(@Sendable () async throws -> Void)?>(nil)

    init(_ database: any Database) { self.database = database }

    func behindNextRead(_ happen: @escaping @Sendable () async throws -> Void) { event.withLock { $0 = happen } }

    func read<Result: Sendable>(
        _ statement: Statement, lane: Lane, deadline: Deadline, _ body: @escaping @Sendable (inout any Rows) throws -> Result
    ) async throws -> Result {
        let result = try await database.read(statement, lane: lane, deadline: deadline, body)
        let event = event.withLock { event in
            defer { event = nil }
            return event
        }
        try await event?()
        return result
    }
}
