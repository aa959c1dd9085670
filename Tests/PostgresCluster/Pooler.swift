import Foundation
import Subprocess
import SystemPackage

/// PgBouncer in transaction mode, before a server of the tests; gone when this process ends.
package struct Pooler: Sendable {
    private let folder: String
    /// While this is open, it runs.
    private let lifeline: FileDescriptor

    private static let program = "/usr/sbin/pgbouncer"

    package static var isInstalled: Bool { FileManager.default.isExecutableFile(atPath: program) }

    func address(as role: String) -> String { "postgres://\(role)@/postgres?host=\(folder)&port=6432&pgbouncer=true" }

    /// - Parameter folder: that of the server's socket; it holds the pooler's, too.
    static func start(in folder: String) async throws -> Pooler {
        let pipe = try FileDescriptor.pipe(options: .closeOnExec)
        let result = try await Subprocess.run(
            .path("/bin/sh"), arguments: ["-c", script, "sh", folder, program],
            input: .fileDescriptor(pipe.readEnd, closeAfterSpawningProcess: true), output: .discarded,
            error: .string(limit: 1 << 16))
        guard result.terminationStatus.isSuccess else {
            throw PostgresProblem(text: "PgBouncer does not start (make test installs it):\n\(result.standardError)")
        }
        return Pooler(folder: folder, lifeline: pipe.writeEnd)
    }

    /// Starts it, and leaves somebody behind who stops it when standard input ends. It asks the server which roles there are.
    private static let script = """
        cd "$1"; as=""
        if [ "$(id -u)" = 0 ]; then as="runuser -u postgres --"; fi
        echo '"postgres" ""' > pooler.users
        cat > pooler.ini <<INI
        [databases]
        * = host=$1 auth_user=postgres
        [pgbouncer]
        listen_port = 6432
        unix_socket_dir = $1
        auth_type = trust
        auth_file = $1/pooler.users
        auth_query = SELECT rolname, '' FROM pg_roles WHERE rolname = \\$1
        pool_mode = transaction
        max_client_conn = 2000
        default_pool_size = 20
        server_idle_timeout = 5
        INI
        exec 3<&0
        $as "$2" pooler.ini >pooler.log 2>&1 3<&- </dev/null &
        pid=$!
        ( cat <&3; kill $pid ) >/dev/null 2>&1 &
        for try in $(seq 1200); do [ -S .s.PGSQL.6432 ] && exit 0; sleep 0.05; done
        cat pooler.log >&2; exit 1
        """
}
