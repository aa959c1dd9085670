import Metadata
import ObjectQL
import SQL
import Storage
import Values

extension WriteScope {
    /// Brings the summary fields of the parents up to date, and those of their parents where they sum these up.
    ///
    /// A roll-up is recomputed, not counted up: it cannot drift. It changes neither the parent's version nor who changed it last.
    func rollUp(_ changes: [Change], of object: ObjectModel) async throws {
        for rollUps in object.rollUps {
            let keys = rollUps.fields.map { rollUp in
                Set(changes.flatMap { $0.parents(affecting: rollUp, rollUps.foreignKey, object) })
            }
            let ids = keys.reduce(into: Set()) { $0.formUnion($1) }.sorted()
            if ids.isEmpty { continue }
            let parent = try model.named(rollUps.parent)
            for start in stride(from: 0, to: ids.count, by: RollUp.batch) {
                let some = ids[start..<min(ids.count, start + RollUp.batch)]
                try await refresh(zip(rollUps.fields, keys).map { ($0, some.filter($1.contains)) }, Array(some), of: parent)
            }
        }
    }

    private func refresh(_ rollUps: [(RollUp, ids: [String])], _ ids: [String], of parent: ObjectModel) async throws {
        var changes = try await records(of: parent, ids: ids).map { Change(.update, old: $0, new: $0) }
        for (rollUp, ids) in rollUps where !ids.isEmpty {
            try await step("rollUp", rollUp.field.name, parent, ids.count) {
                let results = try await results(of: rollUp, ids)
                let asked = Set(ids)
                for index in changes.indices where asked.contains(changes[index].id) {
                    changes[index].new.values[rollUp.position] = results[changes[index].id] ?? rollUp.blank
                }
            }
        }
        changes.removeAll { $0.old == $0.new }
        if changes.isEmpty { return }
        try await store(changes, of: parent, .update)
        try await log(changes, of: parent, kind: "rollUp")
        try await deeper(naming: "the roll-ups of \(parent.definition.name)") { try await rollUp(changes, of: parent) }
    }

    private func results(of rollUp: RollUp, _ ids: [String]) async throws -> [String: Value] {
        try await rows(try session.fill(rollUp.query.statement, arguments: ["ids": .list(ids)])) { rows in
            var results: [String: Value] = [:]
            while try rows.next() {
                if let id = rows.cell(rollUp.keyColumn).string { results[id] = rollUp.value(rows.cell(rollUp.resultColumn)) }
            }
            return results
        }
    }
}

extension Change {
    /// The parents whose roll-up this change may alter.
    fileprivate func parents(affecting rollUp: RollUp, _ foreignKey: Int, _ object: ObjectModel) -> [String] {
        let matters = ([foreignKey, object.system.isDeleted] + rollUp.reads).contains(where: changed(at:))
        if !matters { return [] }
        return [old, new].compactMap { $0?.values[foreignKey].text }
    }
}
