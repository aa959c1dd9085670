import Metadata
import ObjectQL
import SQL
import Storage
import Values

extension WriteScope {
    /// Brings the summary fields of parents up to date with all that has become of their children, and those of their parents
    /// where they sum these up.
    ///
    /// Once for a whole write, as far as nobody in it asks for a parent before: a parent that many change at the same time is locked
    /// for its end only, and always after the one before it in the order of names and ids.
    func settleRollUps() async throws {
        if owed.isEmpty { return }
        let debts = try owed.take(in: model)
        for (parent, debts) in debts { try await refresh(debts, of: parent) }
        if owed.isEmpty { return }
        let names = debts.map(\.parent.definition.name).joined(separator: ", ")
        try await deeper(naming: "the roll-ups of \(names)") { try await settleRollUps() }
    }

    /// Does so where one of these records is a parent whose roll-ups may be behind.
    func settleRollUps(before ids: some Sequence<String>, of object: ObjectModel) async throws {
        if owed.concerns(ids, of: object) { try await settleRollUps() }
    }

    /// Brings the roll-ups of some parents up to date: by what has changed where that is enough, else from all children.
    ///
    /// A roll-up changes neither the parent's version nor who changed it last.
    func refresh(_ debts: [RollUpDebt], of parent: ObjectModel) async throws {
        let ids = debts.reduce(into: Set()) { $0.formUnion($1.ids) }.sorted()
        let moves = debts.map { $0.moves(session) }
        let occasions = debts.occasions
        for start in stride(from: 0, to: ids.count, by: RollUp.batch) {
            let some = Array(ids[start..<min(ids.count, start + RollUp.batch)])
            // Those in the recycle bin too: they may come back.
            var changes = try await records(of: parent, ids: some, deleted: nil).map {
                Change(.update, old: $0, new: $0, on: occasions[$0.id])
            }
            for (debt, moves) in zip(debts, moves) {
                let open = debt.ids.intersection(some)
                if !open.isEmpty { try await refresh(debt.rollUp, &changes, moves, open, of: parent) }
            }
            changes.removeAll { $0.old == $0.new }
            if changes.isEmpty { continue }
            try await store(changes, of: parent, .update)
            log(changes, of: parent, kind: "rollUp")
            owed.note(changes, of: parent)
        }
    }

    private func refresh(
        _ rollUp: RollUp, _ changes: inout [Change], _ moves: RollUpMoves, _ ids: Set<String>, of parent: ObjectModel
    ) async throws {
        try await step("rollUp", rollUp.field.name, parent, ids.count) {
            var open = ids
            count(&changes, rollUp, moves.differences, &open)
            extend(&changes, rollUp, moves.extremes, &open)
            let results = try await results(of: rollUp, open.sorted())
            for index in changes.indices where open.contains(changes[index].id) {
                changes[index].new.values[rollUp.position] = results[changes[index].id] ?? rollUp.blank
            }
        }
    }

    /// Adds the differences to the parents that have a value to add to; `open` keeps the others.
    private func count(
        _ changes: inout [Change], _ rollUp: RollUp, _ differences: [String: Number]?, _ open: inout Set<String>
    ) {
        guard let differences else { return }
        for index in changes.indices where open.contains(changes[index].id) {
            guard let value = changes[index].new.values[rollUp.position].number else { continue }
            changes[index].new.values[rollUp.position] = .number(value + (differences[changes[index].id] ?? .zero))
            open.remove(changes[index].id)
        }
    }

    /// Moves the extremes of those parents for which the changes tell how; `open` keeps the others.
    private func extend(
        _ changes: inout [Change], _ rollUp: RollUp, _ moves: [String: Extreme.Move]?, _ open: inout Set<String>
    ) {
        guard let moves, let extreme = rollUp.extreme else { return }
        for index in changes.indices where open.contains(changes[index].id) {
            let move = moves[changes[index].id] ?? Extreme.Move()
            guard let result = extreme.result(changes[index].new.values[rollUp.position], after: move) else { continue }
            changes[index].new.values[rollUp.position] = result
            open.remove(changes[index].id)
        }
    }

    private func results(of rollUp: RollUp, _ ids: [String]) async throws -> [String: Value] {
        if ids.isEmpty { return [:] }
        return try await rows(try session.fill(rollUp.query.statement, arguments: ["ids": .list(ids)])) { rows in
            var results: [String: Value] = [:]
            while try rows.next() {
                if let id = rows.cell(rollUp.keyColumn).string { results[id] = rollUp.value(rows.cell(rollUp.resultColumn)) }
            }
            return results
        }
    }
}
