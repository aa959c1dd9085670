package import Engine
import SQL
import Storage
import Values

/// Stories that stand still, and what sets them going again.
extension Simulations {
    package func dead(_ id: String) async throws -> [Halt] {
        try await problems {
            try await engine.database.read(
                statements.dead(of: id), lane: .short, deadline: .after(engine.settings.readDeadline)
            ) { rows in
                var halts: [Halt] = []
                while try rows.next() { if let halt = Halt(rows) { halts.append(halt) } }
                return halts
            }
        }
    }

    /// Tries once more what was refused, at its own moments, up to where the chunk is by now. Gives how many stories go on;
    /// the others keep standing, with the problem they have now.
    package func replay(_ id: String, only halt: String? = nil, as session: Session) async throws -> Int {
        let run = try await changeable(id, as: session)
        if run.state == .cancelled {
            throw Problem(.conflict, "simulation_state", "A simulation that is cancelled cannot be replayed")
        }
        let scene = try await scene(of: run)
        var revived = 0
        for dead in try await dead(run.id) where halt == nil || dead.id == halt {
            if try await replay(dead, of: run, scene) { revived += 1 }
        }
        try await reconsider(run)
        return revived
    }

    private func replay(_ halt: Halt, of run: Run, _ scene: Scene) async throws -> Bool {
        let chunk = scene.plan.chunk(halt.chunk)
        let timeline = Timeline(
            Chunk(index: chunk.index, first: chunk.first, dues: try await dues(run, halt.chunk) ?? chunk.dues), scene)
        let (statements, chunkID) = (statements, IDSeed(run.id).chunk(halt.chunk))
        return try await engine.transaction(as: .administrator(now: run.now, zone: run.order.zone)) { transaction in
            let connection = transaction.connection
            guard let hold = try await connection.rows(statements.chunk(chunkID), { try $0.next() ? Hold($0) : nil }) else {
                return false
            }
            let passed = timeline.entries[..<hold.cursor].filter {
                Int($0.story) == halt.story - hold.first && $0.step >= halt.step
            }
            let steps = passed.map(timeline.step)
            let result = try await transaction.attempt(steps.map(\.request), on: steps.map(scene.occasion))
            guard case .success = result, try await connection.run(statements.revive(halt.id)) == 1 else { return false }
            try await self.note(transaction, of: run.id, for: run.order.form)
            // Whoever holds the chunk has to look again at what stands still.
            try await connection.run(
                statements.advance(
                    hold.id, epoch: hold.epoch, from: hold.cursor,
                    to: [
                        ("Epoch", .integer(Int64(hold.epoch + 1))), ("LeaseUntil", .null), ("Owner", .null),
                        ("Dead", .integer(Int64(hold.dead - passed.count))),
                        ("Lost", .integer(Int64(hold.lost - passed.count { $0.step == 0 }))),
                    ]))
            return true
        }
    }

    /// The stored moments of a chunk, which are the authority.
    private func dues(_ run: Run, _ number: Int) async throws -> [Instant]? {
        let statement = rowStatements.select(
            ["Dues"], from: "martlet_simulation_plan", matching: [("Id", .id(IDSeed(run.id).chunk(number)))])
        let bytes = try await engine.database.read(statement, lane: .short, deadline: .after(engine.settings.readDeadline)) {
            rows in
            try rows.next() ? rows.cell(0).binary : []
        }
        return Chunk(index: number, first: 0, packed: bytes)?.dues
    }
}
