import Subprocess
import SystemPackage

/// A streaming replica of a server, in a temporary directory; gone when this process ends, however it ends.
package struct PostgresReplica: Sendable {
    /// Holds the socket; the database's files are in `data`.
    package let folder: String
    /// While this is open, the replica's directory is there.
    private let lifeline: FileDescriptor

    package var address: String { "postgres://postgres@/postgres?host=\(folder)" }

    /// Copies the server with `pg_basebackup -R` and starts the copy.
    package static func start(of primary: PostgresServer) async throws -> PostgresReplica {
        let pipe = try FileDescriptor.pipe(options: .closeOnExec)
        let output = try await run(
            making, [primary.folder], input: .fileDescriptor(pipe.readEnd, closeAfterSpawningProcess: true))
        guard let folder = output.split(separator: "\n").last else { throw PostgresProblem(text: "The replica names no folder") }
        return PostgresReplica(folder: String(folder), lifeline: pipe.writeEnd)
    }

    /// Ends it without any clearing up, as a crash does.
    package func kill() async throws {
        try await PostgresReplica.run(PostgresReplica.control, [folder, "-m", "immediate", "stop"])
    }

    package func restart() async throws { try await PostgresReplica.run(PostgresReplica.control, [folder, "start"]) }

    @discardableResult
    private static func run(
        _ script: String, _ arguments: [String], input: FileDescriptorInput? = nil
    ) async throws -> String {
        let all = Arguments(["-c", tools + script, "sh"] + arguments)
        let result =
            if let input {
                try await Subprocess.run(
                    .path("/bin/sh"), arguments: all, input: input, output: .string(limit: 1 << 16),
                    error: .string(limit: 1 << 16))
            } else {
                try await Subprocess.run(
                    .path("/bin/sh"), arguments: all, output: .string(limit: 1 << 16), error: .string(limit: 1 << 16))
            }
        guard result.terminationStatus.isSuccess else {
            throw PostgresProblem(text: "The replica fails:\n\(result.standardError)")
        }
        return result.standardOutput
    }

    private static let tools = """
        set -e
        bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
        [ -n "$bin" ] || bin=$(dirname "$(command -v initdb)")
        as=""
        if [ "$(id -u)" = 0 ]; then as="runuser -u postgres --"; fi

        """

    private static let making = """
        dir=$(mktemp -d /tmp/martlet-replica-XXXXXX)
        [ -z "$as" ] || chown postgres "$dir"
        cd "$dir"
        $as "$bin/pg_basebackup" -h "$1" -U postgres -D "$dir/data" -R -X stream --checkpoint=fast --no-sync >&2
        $as "$bin/pg_ctl" -D "$dir/data" -l "$dir/data/server.log" -w -o "-k $dir -c listen_addresses= \\
            -c shared_buffers=32MB" start >&2
        exec 3<&0
        ( cat <&3; $as "$bin/pg_ctl" -D "$dir/data" -m immediate stop; rm -rf "$dir" ) >/dev/null 2>&1 &
        echo "$dir"
        """

    private static let control = """
        dir=$1; shift
        cd "$dir"
        $as "$bin/pg_ctl" -D "$dir/data" -l "$dir/data/server.log" -w -o "-k $dir -c listen_addresses= \\
            -c shared_buffers=32MB" "$@" >&2
        """
}
