import Engine
import Measuring
import PostgresCluster
import Simulation
import Values

/// A simulation by one worker against the same batches, told by the same stories, written by the engine and nothing else: no plan
/// that is stored, no leases, cursors, states or clocks. In turns, and the best of each: whatever else the machine does only slows.
func overhead(_ kind: DatabaseKind, _ report: inout Report) async throws {
    let (companies, batch) = (600, 200)
    var (queued, direct): ([Double], [Double]) = ([], [])
    for _ in 0..<4 {
        queued.append(
            try await Stage.run(on: kind) { stage in
                let simulations = Simulations(stage.engine, stage.industries)
                _ = try await stage.begin(simulations, companies)
                return try await stage.drain(simulations, 1, batch: batch)
            })
        direct.append(
            try await Stage.run(on: kind) { stage in
                let simulations = Simulations(stage.engine, stage.industries)
                let id = try await stage.begin(simulations, companies)
                let rehearsal = try await simulations.rehearsal(of: id)
                return try await seconds {
                    for chunk in 0..<rehearsal.chunkCount {
                        for batch in rehearsal.batches(of: chunk, size: batch) {
                            _ = try await stage.engine.transaction(as: .administrator()) { transaction in
                                try await transaction.write(batch.requests, on: batch.occasions)
                            }
                        }
                    }
                }
            })
    }
    let (ours, bare) = (queued.min() ?? 0, direct.min() ?? 1)
    report.line(
        "Overhead over the same batches written directly, \(kind.name), in %", (ours / bare - 1) * 100, .atMost(5),
        "\(rounded(ours)) s against \(rounded(bare)) s, batches of \(batch)")
}
