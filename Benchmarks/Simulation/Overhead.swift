import Engine
import Measuring
import PostgresCluster
import Simulation
import Storage
import Synchronization
import Values

/// Simulations by one worker against the same batches written by the engine and nothing else: no plan that is stored, no leases,
/// cursors, states or clocks. The stories are told beforehand, for both.
///
/// Each way has a database of its own, and after each batch of the one comes the same batch of the other, so that whatever else the
/// machine does meets both. The longest tenth of each, in which the disk was waited for, does not count.
func overhead(_ kind: DatabaseKind, _ report: inout Report) async throws {
    let (rounds, companies, batch, turns) = (24, 128, 200, Turns())
    try await Stage.run(on: kind) { direct in
        try await Stage.run(on: kind, through: { Alternating(database: $0, turns: turns) }) { queued in
            let ours = Simulations(queued.engine, queued.industries, tell: Stories().tell)
            let bare = Simulations(direct.engine, direct.industries, tell: Stories().tell)
            for round in 0...rounds {
                let seed: JSON.Members = ["seed": .number(Number(round))]
                let id = try await queued.begin(ours, companies, seed)
                _ = try await ours.rehearsal(of: id).batches(of: 0, size: batch)
                let rehearsal = try await bare.rehearsal(of: try await direct.begin(bare, companies, seed))
                turns.deal(await rehearsal.batches(of: 0, size: batch).map { batch in { try await direct.write(batch) } })
                _ = try await queued.drain(ours, 1, batch: batch)
                guard try await ours.progress(id).dead == 0 else { throw Problem(.failure, "refused", "Steps were refused") }
                // The first round finds no plans and no pages in memory.
                turns.end(counts: round > 0)
            }
        }
    }
    let (ours, bare) = turns.times
    report.line(
        "Overhead over the same batches written directly, \(kind.name), in %", (usual(ours) / usual(bare) - 1) * 100, .atMost(5),
        "\(bare.count) batches of \(batch), in \(rounded(usual(ours) * 1000)) and \(rounded(usual(bare) * 1000)) ms; "
            + "with the longest \(rounded((ours.reduce(0, +) / bare.reduce(0, +) - 1) * 100)) %")
}

/// The mean without the longest tenth.
private func usual(_ times: [Double]) -> Double {
    let kept = times.sorted().prefix(times.count * 9 / 10)
    return kept.reduce(0, +) / Double(kept.count)
}

/// Stories that are told once, whoever asks.
private final class Stories: Sendable {
    private let told = Mutex<[[UInt64]: Story]>([:])

    func tell(_ index: Int, _ arrival: Instant, _ setting: Setting) -> Story {
        let key = [setting.window.seed, UInt64(index)]
        if let story = told.withLock({ $0[key] }) { return story }
        let story = Story.tell(index, from: arrival, in: setting)
        told.withLock { $0[key] = story }
        return story
    }
}

/// What is done between the batches of a simulation; how long it took, and what lay between.
private final class Turns: Sendable {
    typealias Turn = @Sendable () async throws -> Void

    private struct State {
        var open: ArraySlice<Turn> = []
        var last = ContinuousClock.now
        /// Of the simulation, and of what was done between its batches: in this round, and in those that count.
        var ours: [Double] = [], bare: [Double] = []
        var times: ([Double], [Double]) = ([], [])

        mutating func lap() -> Double {
            let now = ContinuousClock.now
            defer { last = now }
            return (now - last) / .seconds(1)
        }
    }

    private let state = Mutex(State())

    func deal(_ turns: [Turn]) {
        state.withLock { state in
            (state.open, state.ours, state.bare) = (turns[...], [], [])
            _ = state.lap()
        }
    }

    func take() async throws {
        let turn = state.withLock { state -> Turn? in
            guard let turn = state.open.popFirst() else { return nil }
            state.ours.append(state.lap())
            return turn
        }
        guard let turn else { return }
        try await turn()
        state.withLock { $0.bare.append($0.lap()) }
    }

    /// What comes after the last batch belongs to the simulation, too.
    func end(counts: Bool) {
        state.withLock { state in
            state.ours[state.ours.count - 1] += state.lap()
            if counts { (state.times.0, state.times.1) = (state.times.0 + state.ours, state.times.1 + state.bare) }
        }
    }

    var times: (ours: [Double], bare: [Double]) { state.withLock { $0.times } }
}

/// A database after each of whose writes somebody else has a turn.
private struct Alternating: WrappedDatabase {
    let database: any Database
    let turns: Turns

    func transaction<Result: Sendable>(
        deadline: Deadline, _ body: @escaping @Sendable (any Connection) async throws -> Result
    ) async throws -> Result { try await database.transaction(deadline: deadline, body) }

    func transaction<Result: Sendable>(
        under version: String, deadline: Deadline, _ body: @escaping @Sendable (any Connection) async throws -> Result
    ) async throws -> Result {
        let result = try await database.transaction(under: version, deadline: deadline, body)
        try await turns.take()
        return result
    }
}

extension Stage {
    fileprivate func write(_ batch: Rehearsal.Batch) async throws {
        _ = try await engine.transaction(as: .administrator()) { transaction in
            try await transaction.write(batch.requests, on: batch.occasions)
        }
    }
}
