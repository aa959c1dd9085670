import Metadata
import Values

extension Query {
    /// The query with its list view's filter added, and the view's columns and order where it has none of its own.
    func applyingView(of object: ObjectDefinition, in scope: QueryScope) throws(QueryProblem) -> Query {
        guard let name = view else { return self }
        guard let view = object.listViews.first(where: { $0.name.caseInsensitiveEquals(name) }) else {
            throw QueryProblem(
                unknown: "unknown_view", "\(object.name) has no list view \(name)", name, among: object.listViews.map(\.name),
                at: place["view"])
        }
        var query = self
        let place = place["view"]
        if let tree = view.filter {
            let added = Filter(tree, place: place)
            try check(added, of: object, in: scope, named: view.name)
            query.filter = filter.map { .all([added, $0]) } ?? added
        }
        func isReadable(_ path: String) -> Bool {
            var resolver = Resolver(scope, object, deleted: .hidden)
            return (try? resolver.resolve(FieldPath(path), at: place)) != nil
        }
        if select.isEmpty, !isGrouped {
            query.select = view.columns.filter(isReadable).map { .term(.field(FieldPath($0)), as: nil, place) }
        }
        if orderBy.isEmpty, !isGrouped, let sortBy = view.sortBy, isReadable(sortBy) {
            query.orderBy = [Ordering(.field(FieldPath(sortBy)), descending: view.descending, place: place)]
        }
        return query
    }

    /// A view whose filter names what the caller may not read is not theirs to use; the error does not say what that is.
    private func check(_ filter: Filter, of object: ObjectDefinition, in scope: QueryScope, named view: String)
        throws(QueryProblem)
    {
        var resolver = Resolver(scope, object, deleted: .hidden)
        do { _ = try resolver.condition(filter) } catch {
            throw QueryProblem("unknown_view", "The list view \(view) cannot be used with your rights", at: Place("view"))
        }
    }
}
