import Metadata
import SQL
import Values

extension Resolver {
    /// `Id IN (SELECT AccountId FROM Contact WHERE ...)`
    mutating func within(
        _ term: ResolvedTerm, _ query: Query, depth: Int, at place: Place
    ) throws(QueryProblem) -> Condition {
        try spend(.joins, at: place)
        try scope.limits.check(.nesting, depth + 1, at: place)
        guard let object = scope.registry.object(query.object), scope.access.mayRead(object) else {
            let known = scope.registry.objects.filter { scope.access.mayRead($0) }.map(\.name)
            throw QueryProblem(
                unknown: "unknown_object", "There is no object \(query.object)", query.object, among: known, at: query.place)
        }
        var query = query
        if query.deleted == .hidden, !hidesDeletedParents { query.deleted = .included }
        var resolver = Resolver(scope, object, deleted: query.deleted)
        (resolver.spent, resolver.open) = (spent, open)
        resolver.asOf = asOf
        let (values, found) = try resolver.values(query)
        (spent, open) = (resolver.spent, resolver.open)
        guard found.type == term.type else {
            throw QueryProblem(
                "bad_value",
                "\(term.name) is \(term.type.kind) and \(object.name).\(found.name) \(found.type.kind): they cannot be compared",
                at: place)
        }
        return .within(term.expr, values)
    }

    /// The query of one field, whose values are compared with.
    private mutating func values(_ query: Query) throws(QueryProblem) -> (ResolvedQuery, ResolvedTerm) {
        guard query.select.count == 1, case .term(let term, _, let place) = query.select[0], !query.isGrouped else {
            throw QueryProblem("malformed", "A query to compare with selects one field", at: query.place)
        }
        var result = ResolvedQuery(object: object)
        result.asOf = asOf
        result.condition = try condition(of: query)
        let found = try resolve(term, at: place)
        guard !found.isEncrypted, found.type.isGroupable else {
            throw QueryProblem("bad_value", "\(found.name) cannot be compared with", at: place)
        }
        result.outputs = [Output(value: .expr(found.expr), type: found.type)]
        result.tables = tables
        return (result, found)
    }
}
