import Metadata
import Values

extension Resolver {
    /// The rights of whoever asks always hold; an administrator's are those of the system.
    func checkMode(of query: Query) throws(QueryProblem) {
        if query.mode == .system, !(scope.access is FullAccess) {
            throw QueryProblem(
                "bad_operator", "WITH SYSTEM_MODE needs an administrator", at: query.place,
                hint: "Every query runs with your rights")
        }
        if let category = query.categories.first {
            throw QueryProblem("not_queryable", "There are no data categories, and so no \(category.group)", at: query.place)
        }
    }

    /// Whose records are meant, as a condition on their owner.
    func ownership(_ scope: Ownership, at place: Place) throws(QueryProblem) -> Filter? {
        switch scope {
        case .everything: return nil
        case .mine, .mineAndMyGroups: return owned(by: "OwnerId", at: place)
        case .team: return .any([owned(by: "OwnerId", at: place), owned(by: "Owner.ManagerId", at: place)])
        case .delegated, .myTerritory, .myTeamTerritory, .scopingRule:
            throw QueryProblem(
                "not_queryable", "There is no scope \(scope.rawValue): nothing is delegated, and there are no territories",
                at: place,
                hint: "Scopes are everything, mine, mine_and_my_groups and team")
        }
    }

    private func owned(by field: FieldPath, at place: Place) -> Filter { .compare(.field(field), .equal, .currentUser, place) }
}
