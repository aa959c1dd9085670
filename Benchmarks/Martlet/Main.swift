import Engine
import Foundation
import Measuring

/// Measures Martlet on this machine: everything as a ratio of two things measured side by side, in alternating rounds, of which
/// the median counts. Run it with `make bench`; `MartletBenchmark 20000 creates list` measures a part on less data.
@main
struct Main {
    private static let parts = ["batch", "stream", "key", "list", "creates", "idle"]

    static func main() async throws {
        let arguments = CommandLine.arguments.dropFirst()
        let size = Dataset.Size(opportunities: arguments.compactMap { Int($0) }.first ?? 200_000)
        let words = arguments.filter { Int($0) == nil }
        if let word = words.first(where: { !parts.contains($0) }) {
            fatal("There is no part \(word): \(parts.joined(separator: ", "))")
        }
        let wanted = Set(words.isEmpty ? parts : words)
        let folder = NSTemporaryDirectory() + "martlet-benchmark-\(ProcessInfo.processInfo.processIdentifier)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }

        var report = Report()
        let bench = try await Bench.open(in: folder)
        print("Filling a database with \(size.opportunities) opportunities ...")
        let data = try await Dataset.fill(bench, size)
        if wanted.contains("batch") { try await batchCreate(bench, data, &report) }
        try await bench.serving { server in
            if wanted.contains("key") { try await readByKey(server, data, &report) }
            if wanted.contains("list") { try await list(server, bench, &report) }
            if wanted.contains("creates") { try await creates(server, data, &report) }
        }
        await bench.close()
        if wanted.contains("stream") { try await streaming(from: bench.path, &report) }
        if wanted.contains("idle") { try await idleMemory(in: folder, &report) }
        report.finish()
    }
}
