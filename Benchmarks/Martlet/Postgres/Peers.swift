import Foundation
import Measuring
import PostgresCluster
import Subprocess
import SystemPackage
import Values

/// Other servers that read the same row and the same list, with SQL written by hand: `Benchmarks/peers`.
let peersToBeat: [(name: String, row: Double, list: Double)] = [
    ("fastapi", 4, 4), ("django", 4, 4), ("node", 1.3, 1.3), ("go", 0.65, 1.3),
]

/// Martlet against each of some peers in alternating rounds, 64 connections.
func peers(
    _ wanted: Set<String>, _ server: RunningServer, _ data: Dataset, _ pgbench: Pgbench, _ report: inout Report
) async throws {
    let id = data.accounts[data.accounts.count / 2]
    let row = server.url("/api/objects/Account/\(id)?fields=\(accountFields.joined(separator: ","))")
    let script = try Wrk.script(posting: [plainList])
    defer { try? FileManager.default.removeItem(atPath: script) }
    for peer in peersToBeat where wanted.contains("pg-" + peer.name) {
        try await withPeer(peer.name, pgbench.server.folder) { url in
            let address = "\(url)/accounts/\(id)"
            try await compare("\(peer.name), row by key", peer.row, &report) {
                try await Wrk.rate(row, seconds: 2)
            } to: {
                try await Wrk.rate(address, seconds: 2)
            }
            try await compare("\(peer.name), list of 50", peer.list, &report) {
                try await Wrk.rate(server.url("/api/query"), seconds: 2, script: script)
            } to: {
                try await Wrk.rate("\(url)/opportunities?stage=Proposal&amount=1000", seconds: 2)
            }
        }
    }
}

private func compare(
    _ name: String, _ bound: Double, _ report: inout Report, _ ours: () async throws -> Double,
    to theirs: () async throws -> Double
) async throws {
    var ratios: [Double] = []
    var best = (ours: 0.0, theirs: 0.0)
    for _ in 0..<9 {
        let rates = (ours: try await ours(), theirs: try await theirs())
        ratios.append(rates.ours / rates.theirs)
        best = (max(best.ours, rates.ours), max(best.theirs, rates.theirs))
    }
    report.line(
        "PostgreSQL: Martlet, of \(name)", median(ratios), .atLeast(bound),
        "best \(rounded(best.ours))/s against \(rounded(best.theirs))/s, 64 connections")
}

private func withPeer(_ name: String, _ socket: String, _ body: (String) async throws -> Void) async throws {
    let port = 30_000 + Int(ProcessInfo.processInfo.processIdentifier % 10_000)
    _ = try await Subprocess.run(
        .path("/bin/sh"), arguments: ["Benchmarks/peers/peer", name, socket, "\(port)"], input: .none, output: .discarded,
        error: .currentStandardError
    ) { execution in
        defer { try? execution.send(signal: .terminate) }
        let url = "http://127.0.0.1:\(port)"
        let probe = try await Subprocess.run(
            .name("curl"),
            arguments: [
                "-s", "-f", "-o", "/dev/null", "--retry", "120", "--retry-delay", "1", "--retry-connrefused",
                "\(url)/opportunities?stage=Proposal&amount=1000",
            ],
            output: .discarded)
        guard probe.terminationStatus.isSuccess else { fatal("The peer \(name) does not serve") }
        try await body(url)
    }
}
