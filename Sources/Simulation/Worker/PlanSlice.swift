import Crypto
import Engine
import SQL
import Storage
import Values

extension Simulations {
    /// Stores the next chunks of a plan. Whoever has stored them at the same time leaves nothing to do.
    func planMore(_ run: Run, _ scene: Scene) async throws {
        // The first one alone: somebody waits for the first record.
        let count = run.planned == 0 ? 1 : 256
        let numbers = run.planned..<min(run.planned + count, run.chunks)
        let chunks = try await packed(numbers, scene.plan)
        var hash = run.planHash
        for chunk in chunks { hash = chained(hash, chunk.bytes) }
        let ids = IDSeed(run.id)
        let plans = chunks.map { [Bind.id(ids.chunk($0.number)), .bytes($0.bytes)] }
        let rows = chunks.map { chunk -> [(String, Bind)] in
            [
                ("Id", .id(ids.chunk(chunk.number))), ("SimulationId", .id(run.id)), ("Number", .integer(Int64(chunk.number))),
                ("First", .integer(Int64(chunk.number * scene.plan.chunkSize))), ("Cursor", .integer(0)),
                ("Arrived", .integer(0)),
                ("Lost", .integer(0)), ("Dead", .integer(0)), ("NextDue", .datetime(chunk.due)), ("IsDone", .bool(false)),
                ("Epoch", .integer(0)),
            ]
        }
        let claim = statements.change(
            run.id, at: run.version, to: [("Planned", .integer(Int64(numbers.upperBound))), ("PlanHash", .text(hash))])
        let (insertPlan, insertChunk) = (
            rowStatements.insert(into: "martlet_simulation_plan", columns: ["Id", "Dues"]),
            rowStatements.insert(into: "martlet_simulation_chunk", columns: rows.first?.map(\.0) ?? [])
        )
        try await problems {
            try await engine.database.transaction(deadline: .after(engine.settings.writeDeadline)) { connection in
                guard try await connection.run(claim) == 1 else { return }
                try await connection.run(insertPlan, each: plans)
                try await connection.run(insertChunk, each: rows.map { $0.map(\.1) })
            }
        }
    }

    private struct Packed: Sendable {
        let number: Int
        let due: Instant
        let bytes: [UInt8]
    }

    /// The chunks of those numbers, made side by side.
    private func packed(_ numbers: Range<Int>, _ plan: Plan) async throws -> [Packed] {
        await withTaskGroup(of: [Packed].self) { group in
            for start in stride(from: numbers.lowerBound, to: numbers.upperBound, by: 32) {
                group.addTask {
                    (start..<min(start + 32, numbers.upperBound)).map { number in
                        let chunk = plan.chunk(number)
                        return Packed(number: number, due: chunk.dues.first ?? plan.window.end, bytes: chunk.packed)
                    }
                }
            }
            return await group.reduce(into: []) { $0 += $1 }.sorted { $0.number < $1.number }
        }
    }

    /// The hash of a plan so far and one more chunk.
    private func chained(_ hash: String, _ bytes: [UInt8]) -> String {
        SHA256.hash(data: Array(hash.utf8) + bytes).map(hexadecimal).joined()
    }
}

extension IDSeed {
    /// The id of a simulation's chunk.
    func chunk(_ number: Int) -> String { child("chunk", number).id(at: Instant(microseconds: 0)) }
}
