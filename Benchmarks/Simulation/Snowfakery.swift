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
    var rates: [(format: String, rate: Double)] = []
    for format in ["csv", "json", "sql", "txt"] {
        if let rate = try await theirs(format) { rates.append((format, rate)) }
    }
    guard let fastest = rates.max(by: { $0.rate < $1.rate }) else { return print("        Snowfakery does not run") }
    for kind in DatabaseKind.allCases {
        // Turn by turn: the machine may be faster at one moment than at another.
        var rounds: [(ours: Double, theirs: Double)] = []
        for _ in 0..<3 {
            guard let theirs = try await theirs(fastest.format) else { continue }
            rounds.append((try await ours(kind), theirs))
        }
        if rounds.isEmpty { return print("        Snowfakery does not run any more") }
        let all = rounds.map { "\(rounded($0.ours))/s against \(rounded($0.theirs))/s" }.joined(separator: ", ")
        let ratio = median(rounds.map { $0.ours / $0.theirs })
        report.line("Records a second on \(kind.name), of Snowfakery's into \(fastest.format)", ratio, .atLeast(2), all)
    }
}

/// Rows a second into files of that format; nil where it fails.
private func theirs(_ format: String) async throws -> Double? {
    let accounts = 3000
    let folder = NSTemporaryDirectory() + "martlet-snowfakery-\(ProcessInfo.processInfo.processIdentifier)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    var isDone = false
    let time = try await seconds { isDone = try await run("\(accounts)", format, folder).isSuccess }
    // An account, four contacts, an opportunity.
    return isDone ? Double(accounts * 6) / time : nil
}

/// Records a second of whole stories.
private func ours(_ kind: DatabaseKind) async throws -> Double {
    try await Stage.run(on: kind) { stage in
        let simulations = Simulations(stage.engine, stage.industries)
        _ = try await stage.begin(simulations, 1000)
        let time = try await stage.drain(simulations, kind.workers)
        return try await Double(stage.records()) / time
    }
}

private func run(_ arguments: String...) async throws -> TerminationStatus {
    try await Subprocess.run(
        .path("/bin/sh"), arguments: Arguments(["Benchmarks/peers/snowfakery/run"] + arguments), input: .none,
        output: .discarded, error: .discarded
    ).terminationStatus
}
