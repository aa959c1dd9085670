import Foundation
import Measuring
import PostgresCluster
import Simulation
import Subprocess
import SystemPackage

/// Snowfakery makes accounts, contacts and opportunities, into files, in the format that it writes fastest; a simulation makes
/// records through rules, triggers and change log into a database.
func snowfakery(_ report: inout Report) async throws {
    guard try await run().isSuccess else {
        print("        Snowfakery cannot be fetched (python3 with venv, and PyPI): it is not measured")
        return
    }
    let accounts = 3000
    var rates: [(format: String, rate: Double)] = []
    for format in ["csv", "json", "sql", "txt"] {
        let folder = NSTemporaryDirectory() + "martlet-snowfakery-\(ProcessInfo.processInfo.processIdentifier)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var isDone = false
        let time = try await seconds { isDone = try await run("\(accounts)", format, folder).isSuccess }
        // An account, four contacts, an opportunity.
        if isDone { rates.append((format, Double(accounts * 6) / time)) }
    }
    guard let fastest = rates.max(by: { $0.rate < $1.rate }) else { return print("        Snowfakery does not run") }
    for kind in DatabaseKind.allCases {
        let ours = try await Stage.run(on: kind) { stage in
            let simulations = Simulations(stage.engine, stage.industries)
            _ = try await stage.begin(simulations, 1000)
            let time = try await stage.drain(simulations, kind.workers)
            return try await Double(stage.records()) / time
        }
        report.line(
            "Records a second on \(kind.name), of Snowfakery's into \(fastest.format)", ours / fastest.rate, .atLeast(2),
            "\(rounded(ours))/s against \(rounded(fastest.rate))/s")
    }
}

private func run(_ arguments: String...) async throws -> TerminationStatus {
    try await Subprocess.run(
        .path("/bin/sh"), arguments: Arguments(["Benchmarks/peers/snowfakery/run"] + arguments), input: .none,
        output: .discarded, error: .discarded
    ).terminationStatus
}
