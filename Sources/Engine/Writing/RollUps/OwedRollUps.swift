import Metadata
import Values

/// What has become of children that their parents' roll-ups do not tell yet.
struct OwedRollUps {
    /// Of one object. What changed several times counts as one change, from before the first to after the last.
    private struct Children {
        let object: ObjectModel
        var changes: [Change] = []
        var places: [String: Int] = [:]

        mutating func note(_ change: Change) {
            guard let place = places[change.id] else {
                places[change.id] = changes.count
                return changes.append(change)
            }
            changes[place] = Change(change.kind, old: changes[place].old, new: change.new, on: change.occasion)
        }
    }

    private var children: [String: Children] = [:]
    /// The ids of the parents, by object.
    private var parents: [String: Set<String>] = [:]

    var isEmpty: Bool { children.isEmpty }

    mutating func note(_ changes: [Change], of object: ObjectModel) {
        if object.rollUps.isEmpty { return }
        for change in changes {
            children[object.definition.name, default: Children(object: object)].note(change)
            for rollUps in object.rollUps {
                for id in change.parents(through: rollUps.foreignKey) { parents[rollUps.parent, default: []].insert(id) }
            }
        }
    }

    /// Whether the roll-ups of one of these records may be behind: those of a parent, or those of a parent's parent, whoever that is.
    func concerns(_ ids: some Sequence<String>, of object: ObjectModel) -> Bool {
        if isEmpty { return false }
        if let owed = parents[object.definition.name], ids.contains(where: owed.contains) { return true }
        return object.sumsUpRollUps.contains { parents[$0] != nil }
    }

    /// All that is owed, each parent object once, in the order of their names; nothing is owed any more.
    mutating func take(in model: Model) throws(Problem) -> [(parent: ObjectModel, debts: [RollUpDebt])] {
        var debts: [String: [RollUpDebt]] = [:]
        for (_, children) in children.sorted(by: { $0.key < $1.key }) {
            for rollUps in children.object.rollUps {
                debts[rollUps.parent, default: []] += rollUps.fields.map {
                    RollUpDebt($0, children.changes, of: children.object, through: rollUps.foreignKey)
                }.filter { !$0.ids.isEmpty }
            }
        }
        self = OwedRollUps()
        var taken: [(parent: ObjectModel, debts: [RollUpDebt])] = []
        for (name, debts) in debts.sorted(by: { $0.key < $1.key }) where !debts.isEmpty {
            taken.append((try model.named(name), debts))
        }
        return taken
    }
}

extension Change {
    func parents(through foreignKey: Int) -> [String] { [old, new].compactMap { $0?.values[foreignKey].text } }
}
