import Engine
import Measuring
import PostgresCluster
import Simulation
import Values

/// From the start of a simulation of a million companies to its first record, beside a worker that waits.
func firstRecord(_ kind: DatabaseKind, _ report: inout Report) async throws {
    var times: [Double] = []
    for _ in 0..<3 {
        try await Stage.run(on: kind) { stage in
            let simulations = Simulations(stage.engine, stage.industries)
            let worker = SimulationWorker(simulations) { print($0.detail) }
            let task = Task { await worker.run() }
            let order: JSON = ["totalRecords": 1_000_000, "startTime": "2025-01-01", "endTime": "2026-01-01", "seed": 1]
            let id = try await simulations.create(order, as: .administrator())
            times.append(
                try await seconds {
                    try await simulations.start(id, as: .administrator())
                    while try await simulations.progress(id).records == 0 { try await Task.sleep(for: .milliseconds(1)) }
                })
            try await simulations.cancel(id, as: .administrator())
            task.cancel()
            await task.value
        }
    }
    let all = times.map { rounded($0 * 1000) }.joined(separator: ", ")
    report.line("First record of 1,000,000 on \(kind.name), in ms", median(times) * 1000, .atMost(300), "rounds \(all)")
}

/// Stories without a step: what planning, leases, cursors and clocks cost by themselves.
func emptyStories(_ kind: DatabaseKind, _ report: inout Report) async throws {
    let count = 1_000_000
    let rate = try await Stage.run(on: kind) { stage in
        let simulations = Simulations(stage.engine, stage.industries, tell: { index, _, _ in Story(index: index, steps: []) })
        let id = try await stage.begin(simulations, count)
        let time = try await stage.drain(simulations, 2)
        guard try await simulations.progress(id).records == count else { throw Problem(.failure, "lost", "Events are missing") }
        return Double(count) / time
    }
    report.line(
        "Empty stories a second on \(kind.name)", rate, .atLeast(kind == .sqlite ? 150_000 : 60_000), "\(count) events, 2 workers"
    )
}

/// Whole stories through the engine with rules, triggers, roll-ups and change log.
func fullStories(_ kind: DatabaseKind, _ report: inout Report) async throws {
    for workers in kind == .sqlite ? [2] : [1, 2] {
        let round = try await fullStories(kind, workers)
        print("        Records a second on \(kind.name), \(workers) workers: \(rounded(round.rate)); \(round.size)")
    }
    var rounds: [(rate: Double, size: String)] = []
    for _ in 0..<3 { rounds.append(try await fullStories(kind, kind.workers)) }
    let all = rounds.map { rounded($0.rate) }.joined(separator: ", ")
    report.line(
        "Records a second on \(kind.name), \(kind.workers) workers", median(rounds.map(\.rate)),
        .atLeast(kind == .sqlite ? 8000 : 5000), "\(rounds[0].size); rounds \(all)")
}

private func fullStories(_ kind: DatabaseKind, _ workers: Int) async throws -> (rate: Double, size: String) {
    try await Stage.run(on: kind) { stage in
        let simulations = Simulations(stage.engine, stage.industries)
        let id = try await stage.begin(simulations, 1200)
        let time = try await stage.drain(simulations, workers)
        let records = try await stage.records()
        return (Double(records) / time, "\(records) records by \(try await simulations.progress(id).steps) steps")
    }
}
