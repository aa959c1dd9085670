import PostgresCluster
import Storage
import Synchronization

/// A database whose answers to transactions can be lost on their way: they are committed, and whoever asked hears of an error.
final class DeafDatabase: WrappedDatabase {
    let database: any Database
    private let deafness = Mutex(false)

    init(_ database: any Database) { self.database = database }

    var isDeaf: Bool {
        get { deafness.withLock { $0 } }
        set { deafness.withLock { $0 = newValue } }
    }

    func transaction<Result: Sendable>(
        deadline: Deadline, _ body: @escaping @Sendable (any Connection) async throws -> Result
    ) async throws -> Result {
        let result = try await database.transaction(deadline: deadline, body)
        if isDeaf { throw StorageError.deadline }
        return result
    }
}
