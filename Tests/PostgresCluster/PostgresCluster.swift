import Storage
import Subprocess
import Synchronization
import SystemPackage

/// A PostgreSQL server of the tests' own: in a temporary directory, on a socket in it, gone when the tests end, however they end.
package actor PostgresCluster {
    /// The one all tests share; it starts when the first of them asks.
    package static let shared = PostgresCluster()

    private var starting: Task<Running, any Error>?
    private var made = 0
    private var shared: [String: Task<String, any Error>] = [:]

    private struct Running: Sendable {
        let folder: String
        let maintenance: PostgresDatabase
        /// While this is open, the server runs.
        let lifeline: FileDescriptor
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

    /// Runs a statement as the server's owner.
    package func command(_ sql: String) async throws { try await running().maintenance.command(sql) }

    private func make(below other: String?) async throws -> TestDatabase {
        let server = try await running()
        let dropped = Dropped.names.withLock { names in
            defer { names = [] }
            return names
        }
        for name in dropped { try await server.maintenance.command("DROP SCHEMA IF EXISTS \(name) CASCADE") }
        made += 1
        let name = "test_\(made)"
        try await server.maintenance.command("CREATE SCHEMA \(name)")
        let path = ([name] + (other.map { [$0] } ?? [])).joined(separator: ",")
        let address = PostgresCluster.address(in: server.folder) + "&options=-c%20search_path%3D" + path
        return TestDatabase(name: name, address: address)
    }

    private static func address(in folder: String) -> String { "postgres://postgres@/postgres?host=\(folder)" }

    private func running() async throws -> Running {
        if let starting { return try await starting.value }
        let task = Task { try await PostgresCluster.start() }
        starting = task
        return try await task.value
    }

    private static func start() async throws -> Running {
        let pipe = try FileDescriptor.pipe(options: .closeOnExec)
        let result = try await Subprocess.run(
            .path("/bin/sh"), arguments: ["-c", script],
            input: .fileDescriptor(pipe.readEnd, closeAfterSpawningProcess: true), output: .string(limit: 1 << 16),
            error: .string(limit: 1 << 16))
        guard result.terminationStatus.isSuccess, let folder = result.standardOutput.split(separator: "\n").last else {
            throw ClusterProblem(text: "PostgreSQL does not start (make setup installs it):\n\(result.standardError)")
        }
        let maintenance = try await PostgresDatabase.open(PostgresAddress(address(in: String(folder)))) { $0.readers = 1 }
        return Running(folder: String(folder), maintenance: maintenance, lifeline: pipe.writeEnd)
    }

    /// Starts the server, leaves somebody behind who stops it when standard input ends, and prints its folder. Its own
    /// collation is one that orders texts otherwise than SQLite does.
    private static let script = """
        set -e
        bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
        [ -n "$bin" ] || bin=$(dirname "$(command -v initdb)")
        dir=$(mktemp -d /tmp/martlet-postgres-XXXXXX)
        as=""
        if [ "$(id -u)" = 0 ]; then chown postgres "$dir"; as="runuser -u postgres --"; fi
        cd "$dir"
        $as "$bin/initdb" -D "$dir/data" -U postgres --auth=trust -E UTF8 --locale=C.UTF-8 --locale-provider=icu \\
            --icu-locale=en-US --no-sync >"$dir/initdb.log" 2>&1 || { cat "$dir/initdb.log" >&2; exit 1; }
        $as "$bin/pg_ctl" -D "$dir/data" -l "$dir/data/server.log" -w -o "-k $dir -c listen_addresses= -c fsync=off \\
            -c max_connections=1500 -c shared_buffers=64MB -c autovacuum=off -c max_locks_per_transaction=256" start >&2
        exec 3<&0
        ( cat <&3; $as "$bin/pg_ctl" -D "$dir/data" -m immediate stop; rm -rf "$dir" ) >/dev/null 2>&1 &
        echo "$dir"
        """
}

private struct ClusterProblem: Error, CustomStringConvertible {
    let text: String
    var description: String { text }
}

/// A schema of one test; it is dropped some time after nobody holds it any more.
package final class TestDatabase: Sendable {
    package let name: String
    package let address: String
    private let isKept = Atomic(false)

    fileprivate init(name: String, address: String) { (self.name, self.address) = (name, address) }

    deinit { if !isKept.load(ordering: .relaxed) { Dropped.names.withLock { $0.append(name) } } }

    fileprivate func keep() -> String {
        isKept.store(true, ordering: .relaxed)
        return name
    }
}

private enum Dropped {
    static let names = Mutex<[String]>([])
}
