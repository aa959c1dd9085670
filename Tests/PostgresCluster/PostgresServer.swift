import Subprocess
import SystemPackage

/// A PostgreSQL server in a temporary directory, on a socket in it; gone when this process ends, however it ends.
package struct PostgresServer: Sendable {
    /// Holds the socket; the database's files are in `data`.
    package let folder: String
    /// While this is open, the server runs.
    private let lifeline: FileDescriptor

    package var address: String { "postgres://postgres@/postgres?host=\(folder)" }

    /// A folder of its own on a small file system, where one was asked for.
    package var space: String { folder + "/space" }

    /// Whether a small file system can be mounted.
    package static func mayMount() async -> Bool {
        let trial = "dir=$(mktemp -d) && mount -t tmpfs -o size=64k tmpfs $dir && umount $dir; code=$?; rmdir $dir; exit $code"
        let result = try? await Subprocess.run(
            .path("/bin/sh"), arguments: ["-c", trial], input: .none, output: .discarded, error: .discarded)
        return result?.terminationStatus.isSuccess ?? false
    }

    /// - Parameters:
    ///   - settings: of `postgresql.conf`, as `name=value`.
    ///   - space: the size of a small file system to be mounted, such as `24m`.
    package static func start(settings: [String] = [], space: String = "") async throws -> PostgresServer {
        let pipe = try FileDescriptor.pipe(options: .closeOnExec)
        let options = settings.map { "-c \($0)" }.joined(separator: " ")
        let result = try await Subprocess.run(
            .path("/bin/sh"), arguments: ["-c", script, "sh", options, space],
            input: .fileDescriptor(pipe.readEnd, closeAfterSpawningProcess: true), output: .string(limit: 1 << 16),
            error: .string(limit: 1 << 16))
        guard result.terminationStatus.isSuccess, let folder = result.standardOutput.split(separator: "\n").last else {
            throw PostgresProblem(text: "PostgreSQL does not start (make setup installs it):\n\(result.standardError)")
        }
        return PostgresServer(folder: String(folder), lifeline: pipe.writeEnd)
    }

    /// Runs `pg_ctl`: `restart`, `-m`, `fast`.
    package func control(_ arguments: String...) async throws {
        let result = try await Subprocess.run(
            .path("/bin/sh"), arguments: Arguments(["-c", PostgresServer.control, "sh", folder] + arguments), input: .none,
            output: .discarded, error: .string(limit: 1 << 16))
        if !result.terminationStatus.isSuccess { throw PostgresProblem(text: "pg_ctl: \(result.standardError)") }
    }

    /// Has the server stop and its directory go.
    package func stop() throws { try lifeline.close() }

    private static let control = """
        bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
        [ -n "$bin" ] || bin=$(dirname "$(command -v initdb)")
        dir=$1; shift; cd "$dir"; as=""
        if [ "$(id -u)" = 0 ]; then as="runuser -u postgres --"; fi
        $as "$bin/pg_ctl" -D "$dir/data" -l "$dir/data/server.log" -w "$@" >/dev/null
        """

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
        if [ -n "$2" ]; then mkdir space; mount -t tmpfs -o "size=$2" tmpfs space; chown postgres space; fi
        $as "$bin/initdb" -D "$dir/data" -U postgres --auth=trust -E UTF8 --locale=C.UTF-8 --locale-provider=icu \\
            --icu-locale=en-US --no-sync >"$dir/initdb.log" 2>&1 || { cat "$dir/initdb.log" >&2; exit 1; }
        $as "$bin/pg_ctl" -D "$dir/data" -l "$dir/data/server.log" -w -o "-k $dir -c listen_addresses= \\
            -c shared_buffers=64MB $1" start >&2
        exec 3<&0
        ( cat <&3; $as "$bin/pg_ctl" -D "$dir/data" -m immediate stop; umount -l space || true; rm -rf "$dir" ) >/dev/null 2>&1 &
        echo "$dir"
        """
}

struct PostgresProblem: Error, CustomStringConvertible {
    let text: String
    var description: String { text }
}
