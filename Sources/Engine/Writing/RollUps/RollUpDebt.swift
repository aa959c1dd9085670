import Values

/// A roll-up that is behind for some parents, and what became of their children.
struct RollUpDebt {
    let rollUp: RollUp
    let ids: Set<String>
    private let changes: [Change]
    private let foreignKey: Int

    init(_ rollUp: RollUp, _ changes: [Change], of object: ObjectModel, through foreignKey: Int) {
        (self.rollUp, self.changes, self.foreignKey) = (rollUp, changes, foreignKey)
        let positions = rollUp.reads.map { [foreignKey, object.system.isDeleted] + $0 }
        ids = changes.reduce(into: []) { ids, change in
            if positions?.contains(where: change.changed(at:)) ?? true { ids.formUnion(change.parents(through: foreignKey)) }
        }
    }

    /// A roll-up that is to be computed from all children of these parents.
    init(_ rollUp: RollUp, of ids: [String]) { (self.rollUp, self.ids, changes, foreignKey) = (rollUp, Set(ids), [], 0) }

    func moves(_ session: Session) -> RollUpMoves {
        if changes.isEmpty { return RollUpMoves() }
        return RollUpMoves(
            differences: rollUp.tally?.differences(of: changes, through: foreignKey, session),
            extremes: rollUp.extreme?.moves(of: changes, through: foreignKey, session))
    }
}

/// By how much a roll-up moves for each parent; nil where that cannot be told from the changes.
struct RollUpMoves {
    var differences: [String: Number]?
    var extremes: [String: Extreme.Move]?
}

extension [RollUpDebt] {
    /// On whose occasion a parent's roll-ups change: that of the last who moved them.
    var occasions: [String: Occasion] {
        var occasions: [String: Occasion] = [:]
        for debt in self {
            for (parent, occasion) in debt.occasions where occasions[parent].map({ $0.now <= occasion.now }) ?? true {
                occasions[parent] = occasion
            }
        }
        return occasions
    }
}

extension RollUpDebt {
    fileprivate var occasions: [(String, Occasion)] {
        changes.flatMap { change in
            change.occasion.map { occasion in change.parents(through: foreignKey).map { ($0, occasion) } } ?? []
        }
    }
}
