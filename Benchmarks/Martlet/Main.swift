import Engine
import Foundation
import Measuring
import PostgresCluster
import Storage

/// Measures Martlet on this machine: everything as a ratio of two things measured side by side, in alternating rounds, of which
/// the median counts. Run it with `make bench`; `MartletBenchmark 20000 creates list` measures a part on less data.
@main
struct Main {
    private static let sqliteParts = ["batch", "children", "keyset", "stream", "key", "list", "creates", "idle"]
    private static let postgresParts =
        ["pg-copy", "pg-key", "pg-list", "pg-writes"] + peersToBeat.map { "pg-" + $0.name } + ["pg-memory"]
    private static let partsThatServe: Set = ["stream", "idle", "pg-memory"]

    static func main() async throws {
        let arguments = CommandLine.arguments.dropFirst()
        let size = Dataset.Size(opportunities: arguments.compactMap { Int($0) }.first ?? 200_000)
        let words = arguments.filter { Int($0) == nil }
        let parts = sqliteParts + postgresParts
        if let word = words.first(where: { !parts.contains($0) }) {
            fatal("There is no part \(word): \(parts.joined(separator: ", "))")
        }
        let wanted = Set(words.isEmpty ? parts : words)
        if !wanted.isDisjoint(with: partsThatServe), !FileManager.default.isExecutableFile(atPath: Served.program) {
            fatal("\(partsThatServe.sorted().joined(separator: ", ")) start \(Served.program): build the product martlet, too")
        }
        var report = Report()
        if !wanted.isDisjoint(with: sqliteParts) { try await onSQLite(wanted, size, &report) }
        if !wanted.isDisjoint(with: postgresParts) { try await onPostgres(wanted, size, &report) }
        report.finish()
    }

    private static func onSQLite(_ wanted: Set<String>, _ size: Dataset.Size, _ report: inout Report) async throws {
        let folder = NSTemporaryDirectory() + "martlet-benchmark-\(ProcessInfo.processInfo.processIdentifier)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let bench = try await Bench.open(in: folder)
        let data = try await Dataset.fill(bench, size)
        if wanted.contains("batch") { try await batchCreate(bench, data, &report) }
        if wanted.contains("children") { try await children(bench, &report) }
        if wanted.contains("keyset") { try await keyset(bench, &report) }
        try await bench.serving { server in
            if wanted.contains("key") { try await readByKey(server, data, &report) }
            if wanted.contains("list") { try await list(server, bench, &report) }
            if wanted.contains("creates") { try await creates(server, data, &report) }
        }
        await bench.close()
        if wanted.contains("stream") { try await streaming(from: bench.path, &report) }
        if wanted.contains("idle") { try await idleMemory(in: folder, &report) }
    }

    /// On a server of its own, with fsync as it comes.
    private static func onPostgres(_ wanted: Set<String>, _ size: Dataset.Size, _ report: inout Report) async throws {
        // Segments of the log are used again, as on a server that has been up for a while, not made while something is measured.
        let server = try await PostgresServer.start(
            settings: ["max_connections=200", "shared_buffers=512MB", "min_wal_size=2GB", "max_wal_size=4GB"])
        let bench = try await Bench.open(on: server)
        let data = try await Dataset.fill(bench, size)
        try await bench.database.refreshStatistics()
        let pg = Pgbench(server)
        if wanted.contains("pg-copy") { try await batchAgainstCopy(bench, data, pg, &report) }
        try await bench.serving { server in
            if wanted.contains("pg-key") { try await readByKey(server, bench, data, pg, &report) }
            if wanted.contains("pg-list") { try await lists(server, bench, pg, &report) }
            if wanted.contains("pg-writes") { try await writes(server, data, pg, &report) }
            try await peers(wanted, server, data, pg, &report)
        }
        await bench.close()
        if wanted.contains("pg-memory") { try await memoryUnderLoad(on: server.address, data, &report) }
        try server.stop()
    }
}
