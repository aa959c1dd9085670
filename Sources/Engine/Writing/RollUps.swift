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
        for rollUp in object.rollUps {
            let ids = Set(changes.flatMap { $0.parents(affecting: rollUp, object) })
            if ids.isEmpty { continue }
            let parent = try model.named(rollUp.parent)
            let sorted = ids.sorted()
            for start in stride(from: 0, to: sorted.count, by: RollUp.batch) {
                let some = Array(sorted[start..<min(sorted.count, start + RollUp.batch)])
                try await step("rollUp", rollUp.field.name, parent, some.count) { try await refresh(rollUp, some, of: parent) }
            }
        }
    }

    private func refresh(_ rollUp: RollUp, _ ids: [String], of parent: ObjectModel) async throws {
        let statement = try session.fill(rollUp.query.statement, arguments: ["ids": .list(ids)])
        let sums = try await rows(statement) { rows in
            var sums: [String: Value] = [:]
            while try rows.next() { if let id = rows.cell(0).string { sums[id] = rollUp.field.column.value(rows.cell(1)) } }
            return sums
        }
        let blank: Value = [.count, .sum].contains(rollUp.field.summary?.function) ? .number(.zero) : .null
        var changes: [Change] = []
        for record in try await records(of: parent, ids: ids) {
            var new = record
            new.values[rollUp.position] = sums[record.id] ?? blank
            if new != record { changes.append(Change(.update, old: record, new: new)) }
        }
        if changes.isEmpty { return }
        try await store(changes, of: parent, .update)
        try await log(changes, of: parent, kind: "rollUp")
        try await deeper(naming: "the roll-up \(rollUp.field.name)") { try await self.rollUp(changes, of: parent) }
    }
}

extension Change {
    /// The parents whose roll-up this change may alter.
    fileprivate func parents(affecting rollUp: RollUp, _ object: ObjectModel) -> [String] {
        let matters = ([rollUp.foreignKey, object.system.isDeleted] + rollUp.reads).contains(where: changed(at:))
        if !matters { return [] }
        return [old, new].compactMap { $0?.values[rollUp.foreignKey].text }
    }
}
