import Foundation
import PostgresCluster
import SQL
import Storage
import Testing

/// A kind of database that must hold every promise of `Database`.
struct Driver: Sendable, CustomTestStringConvertible {
    let name: String
    let dialect: Dialect
    /// How many transactions run at the same time.
    let writers: Int
    /// Makes an empty database of its own for one test; it is gone when nothing holds it any more.
    let make: @Sendable () async throws -> any Scratch

    var testDescription: String { name }

    static let all = Pooler.isInstalled ? direct + [pooled] : direct

    /// Transactions go to whatever connection of PgBouncer's is free.
    private static let pooled = Driver(name: "PgBouncer", dialect: .postgres, writers: PostgresScratch.writers) {
        try await PostgresScratch(isPooled: true)
    }

    private static let direct = [
        Driver(name: "SQLite", dialect: .sqlite, writers: 1) { try SQLiteScratch() },
        Driver(name: "PostgreSQL", dialect: .postgres, writers: PostgresScratch.writers) { try await PostgresScratch() },
    ]
}

/// The database of one test, which may be opened more than once.
protocol Scratch: Sendable {
    func open() async throws -> any Database
}

final class SQLiteScratch: Scratch {
    let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "martlet-storage-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    var path: String { folder.appending(path: "test.sqlite").path }
    var logSize: Int { ((try? FileManager.default.attributesOfItem(atPath: path + "-wal"))?[.size] as? Int) ?? 0 }

    func open() async throws -> any Database {
        var options = SQLiteDatabase.Options()
        options.busyTimeout = .seconds(60)
        return try await open(options)
    }
    func open(_ options: SQLiteDatabase.Options) async throws -> SQLiteDatabase {
        try await SQLiteDatabase.open(path: path, options: options)
    }
}

final class PostgresScratch: Scratch {
    static let writers = 3
    let database: TestDatabase
    private let address: String

    init(isPooled: Bool = false) async throws {
        database = try await PostgresCluster.shared.makeDatabase()
        // Told apart from the connections of other tests by its name.
        address =
            isPooled
            ? try await PostgresCluster.shared.pooled(database) : database.address + "&application_name=" + database.name
    }

    /// Ends all connections to the database on the server's side.
    func cutConnections() async throws {
        try await PostgresCluster.shared.command(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = '\(database.name)'")
    }

    func open() async throws -> any Database { try await open { _ in } }
    func open(_ change: (inout PostgresDatabase.Options) -> Void) async throws -> PostgresDatabase {
        try await PostgresDatabase.open(PostgresAddress(address)) { options in
            (options.writers, options.largeTable) = (PostgresScratch.writers, 1_000)
            // Many tests share the machine.
            (options.linePatience, options.connectTimeout) = (.seconds(60), .seconds(60))
            options.serverSettings.append(("lock_timeout", "60s"))
            change(&options)
        }
    }
}

extension Driver {
    /// A database that holds the sales schema, for one test.
    func withDatabase(_ body: (any Database) async throws -> Void) async throws {
        let scratch = try await make()
        let database = try await scratch.open()
        try await database.migrate(to: .sales)
        try await body(database)
        await database.close()
        withExtendedLifetime(scratch) {}
    }

    /// Runs `body` while every connection that writes is taken.
    func holdingWriters(of database: any Database, _ body: () async throws -> Void) async throws {
        let (gate, started) = (Gate(), Tally())
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<writers {
                group.addTask {
                    try await database.transaction(deadline: .ample) { _ in
                        started.add()
                        await gate.pass()
                    }
                }
            }
            await started.reach(writers)
            try await body()
            gate.open()
            try await group.waitForAll()
        }
    }
}
