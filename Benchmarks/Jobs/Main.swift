import Foundation
import Jobs
import Measuring
import PostgresCluster
import Storage

/// Measures the queue: how many empty jobs pass through it, how long a job waits, and what is left behind.
///
///     JobsBenchmark                     all of it, in about a minute
///     JobsBenchmark snapshot 600        the old snapshot stays open for ten minutes
@main
struct Main {
    private static let parts = ["throughput", "latency", "snapshot"]

    static func main() async throws {
        let arguments = Array(CommandLine.arguments.dropFirst())
        if arguments.first == "work", arguments.count == 2 { return try await WorkerProcess.main(arguments[1]) }
        let words = arguments.filter { Int($0) == nil }
        if let word = words.first(where: { !parts.contains($0) }) {
            print("There is no part \(word): \(parts.joined(separator: ", "))")
            exit(64)
        }
        let (wanted, seconds) = (Set(words.isEmpty ? parts : words), arguments.compactMap { Int($0) }.first ?? 20)

        var report = Report()
        let server = try await PostgresServer.start()
        let postgres = try await Bench.open(server.address)
        if wanted.contains("throughput") {
            try await throughput(postgres, "PostgreSQL, two worker processes", bound: 10_000, &report)
            let folder = NSTemporaryDirectory() + "martlet-jobs-\(ProcessInfo.processInfo.processIdentifier)"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(atPath: folder) }
            let sqlite = try await Bench.open(folder + "/jobs.sqlite")
            try await throughput(sqlite, "SQLite, a worker beside the writer", bound: 10_000, &report)
            await sqlite.database.close()
        }
        if wanted.contains("latency") { try await latency(postgres, seconds: 10, &report) }
        await postgres.database.close()
        try server.stop()
        if wanted.contains("snapshot") {
            // What other parts have left dead is not to be counted.
            let server = try await PostgresServer.start()
            let fresh = try await Bench.open(server.address)
            try await snapshot(fresh, seconds: seconds, &report)
            await fresh.database.close()
            try server.stop()
        }
        report.finish()
    }
}
