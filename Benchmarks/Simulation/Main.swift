import Foundation
import Measuring
import PostgresCluster

/// Measures simulations: how fast they are planned, begun and carried out, what the machinery around the records costs, and how that
/// is beside Snowfakery.
///
///     SimulationBenchmark                          all of it, in about five minutes
///     SimulationBenchmark full sqlite              some parts, on one kind of database
@main
struct Main {
    private static let parts = ["planning", "first", "empty", "full", "overhead", "snowfakery"]

    static func main() async throws {
        let words = CommandLine.arguments.dropFirst().map(\.description)
        let kinds = words.compactMap(DatabaseKind.init)
        let wanted = words.filter { DatabaseKind(rawValue: $0) == nil }
        if let word = wanted.first(where: { !parts.contains($0) }) {
            print("There is no part \(word): \(parts.joined(separator: ", ")); or \(DatabaseKind.allCases.map(\.rawValue))")
            exit(64)
        }
        func isWanted(_ part: String) -> Bool { wanted.isEmpty || wanted.contains(part) }

        var report = Report()
        if isWanted("planning") { await planning(&report) }
        for kind in kinds.isEmpty ? DatabaseKind.allCases : kinds {
            if isWanted("first") { try await firstRecord(kind, &report) }
            if isWanted("empty") { try await emptyStories(kind, &report) }
            if isWanted("full") { try await fullStories(kind, &report) }
            if isWanted("overhead") { try await overhead(kind, &report) }
        }
        if isWanted("snowfakery") { try await snowfakery(&report) }
        report.finish()
    }
}
