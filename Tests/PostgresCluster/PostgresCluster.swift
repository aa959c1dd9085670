import Storage
import Synchronization

/// The PostgreSQL server that tests share.
package actor PostgresCluster {
    /// The one all tests share; it starts when the first of them asks.
    package static let shared = PostgresCluster()

    private var starting: Task<Running, any Error>?
    private var made = 0
    private var shared: [String: Task<String, any Error>] = [:]
    private var pooler: Task<Pooler, any Error>?

    private struct Running: Sendable {
        let server: PostgresServer
        let maintenance: PostgresDatabase
    }

    /// An empty schema of its own, which is as good as a database and made in no time.
    package func makeDatabase() async throws -> TestDatabase { try await make(below: nil) }

    /// The same; what is not found in it is looked for in the schema of that name, which `fill` fills once: functions.
    package func makeDatabase(
        sharing name: String, _ fill: @escaping @Sendable (String) async throws -> Void
    ) async throws -> TestDatabase {
        if shared[name] == nil {
            shared[name] = Task {
                let schema = try await self.make(below: nil)
                try await fill(schema.address)
                return schema.keep()
            }
        }
        return try await make(below: shared[name]?.value)
    }

    /// The address of a database through PgBouncer, which starts when the first test asks. What would be said by the address
    /// belongs to the role.
    package func pooled(_ database: TestDatabase) async throws -> String {
        let running = try await running()
        let starting = pooler ?? Task { try await Pooler.start(in: running.server.folder) }
        pooler = starting
        let role = database.name
        try await running.maintenance.command("CREATE ROLE \(role) SUPERUSER LOGIN")
        try await running.maintenance.command("ALTER ROLE \(role) SET search_path = \(role)")
        try await running.maintenance.command("ALTER ROLE \(role) SET TimeZone = 'UTC'")
        return try await starting.value.address(as: role)
    }

    /// Runs a statement as the server's owner.
    package func command(_ sql: String) async throws { try await running().maintenance.command(sql) }

    private func make(below other: String?) async throws -> TestDatabase {
        let running = try await running()
        let dropped = Dropped.names.withLock { names in
            defer { names = [] }
            return names
        }
        for name in dropped { try await running.maintenance.command("DROP SCHEMA IF EXISTS \(name) CASCADE") }
        made += 1
        let name = "test_\(made)"
        try await running.maintenance.command("CREATE SCHEMA \(name)")
        let path = ([name] + (other.map { [$0] } ?? [])).joined(separator: ",")
        let address = running.server.address + "&options=-c%20search_path%3D" + path
        return TestDatabase(name: name, address: address, folder: running.server.folder)
    }

    private func running() async throws -> Running {
        if let starting { return try await starting.value }
        let task = Task { try await PostgresCluster.start() }
        starting = task
        return try await task.value
    }

    private static func start() async throws -> Running {
        let server = try await PostgresServer.start(settings: [
            "fsync=off", "max_connections=1500", "autovacuum=off", "max_locks_per_transaction=256",
            // A pooler does not pass on what we ask of a session: a query whose caller has gone would run for ever.
            "client_connection_check_interval=1s", "statement_timeout=60s",
        ])
        let maintenance = try await PostgresDatabase.open(PostgresAddress(server.address)) { options in
            (options.readers, options.connectTimeout) = (1, .seconds(60))
            options.serverSettings.append(("lock_timeout", "60s"))
        }
        return Running(server: server, maintenance: maintenance)
    }
}

/// A schema of one test; it is dropped some time after nobody holds it any more.
package final class TestDatabase: Sendable {
    package let name: String
    package let address: String
    private let folder: String
    private let isKept = Atomic(false)

    fileprivate init(name: String, address: String, folder: String) {
        (self.name, self.address, self.folder) = (name, address, folder)
    }

    /// The server's.
    package var socket: String { folder + "/.s.PGSQL.5432" }

    /// The same database, by way of that port of this machine.
    package func address(through port: Int) -> String {
        address.replacing("host=\(folder)", with: "host=127.0.0.1&port=\(port)")
    }

    deinit { if !isKept.load(ordering: .relaxed) { Dropped.names.withLock { $0.append(name) } } }

    fileprivate func keep() -> String {
        isKept.store(true, ordering: .relaxed)
        return name
    }
}

private enum Dropped {
    static let names = Mutex<[String]>([])
}
