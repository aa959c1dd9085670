import Metadata
import ObjectQL
import SQL
import Storage
import Values

extension WriteScope {
    /// Brings the summary fields of the parents up to date, and those of their parents where they sum these up.
    ///
    /// A roll-up changes neither the parent's version nor who changed it last.
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
                let wanted = zip(rollUps.fields, keys).map { ($0, some.filter($1.contains)) }
                try await refresh(wanted, Array(some), of: parent, after: (changes, rollUps.foreignKey))
            }
        }
    }

    /// Brings the roll-ups of some parents up to date: by what has changed where that is enough, else from all children.
    func refresh(
        _ rollUps: [(RollUp, ids: [String])], _ ids: [String], of parent: ObjectModel,
        after moved: (changes: [Change], foreignKey: Int)? = nil
    ) async throws {
        // Those in the recycle bin too: they may come back.
        let occasions = moved.map { $0.changes.occasions(ofParentsThrough: $0.foreignKey) } ?? [:]
        var changes = try await records(of: parent, ids: ids, deleted: nil).map {
            Change(.update, old: $0, new: $0, on: occasions[$0.id])
        }
        for (rollUp, ids) in rollUps where !ids.isEmpty {
            try await step("rollUp", rollUp.field.name, parent, ids.count) {
                var open = Set(ids)
                if let moved, let tally = rollUp.tally {
                    count(&changes, rollUp, tally.differences(of: moved.changes, through: moved.foreignKey, session), &open)
                }
                if let moved, let extreme = rollUp.extreme {
                    extend(&changes, rollUp, extreme, extreme.moves(of: moved.changes, through: moved.foreignKey, session), &open)
                }
                let results = try await results(of: rollUp, open.sorted())
                for index in changes.indices where open.contains(changes[index].id) {
                    changes[index].new.values[rollUp.position] = results[changes[index].id] ?? rollUp.blank
                }
            }
        }
        changes.removeAll { $0.old == $0.new }
        if changes.isEmpty { return }
        try await store(changes, of: parent, .update)
        log(changes, of: parent, kind: "rollUp")
        try await deeper(naming: "the roll-ups of \(parent.definition.name)") { try await rollUp(changes, of: parent) }
    }

    /// Adds the differences to the parents that have a value to add to; `open` keeps the others.
    private func count(
        _ changes: inout [Change], _ rollUp: RollUp, _ differences: [String: Number], _ open: inout Set<String>
    ) {
        for index in changes.indices where open.contains(changes[index].id) {
            guard let value = changes[index].new.values[rollUp.position].number else { continue }
            changes[index].new.values[rollUp.position] = .number(value + (differences[changes[index].id] ?? .zero))
            open.remove(changes[index].id)
        }
    }

    /// Moves the extremes of those parents for which the changes tell how; `open` keeps the others.
    private func extend(
        _ changes: inout [Change], _ rollUp: RollUp, _ extreme: Extreme, _ moves: [String: Extreme.Move],
        _ open: inout Set<String>
    ) {
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

extension [Change] {
    /// On whose occasion a parent's roll-ups change: the last of those who moved them.
    fileprivate func occasions(ofParentsThrough foreignKey: Int) -> [String: Occasion] {
        var occasions: [String: Occasion] = [:]
        for change in self {
            guard let occasion = change.occasion else { continue }
            for parent in [change.old, change.new].compactMap({ $0?.values[foreignKey].text }) { occasions[parent] = occasion }
        }
        return occasions
    }
}

extension Change {
    /// The parents whose roll-up this change may alter.
    fileprivate func parents(affecting rollUp: RollUp, _ foreignKey: Int, _ object: ObjectModel) -> [String] {
        if let reads = rollUp.reads {
            let matters = ([foreignKey, object.system.isDeleted] + reads).contains(where: changed(at:))
            if !matters { return [] }
        }
        return [old, new].compactMap { $0?.values[foreignKey].text }
    }
}
