import Metadata
import Values

extension Query {
    /// The query with its view's filter added, and the view's columns and order where it has none of its own. A view is a list
    /// view of the object, or a saved query that asks for its records.
    func applyingView(of object: ObjectDefinition, in scope: QueryScope) throws(QueryProblem) -> Query {
        guard let name = view else { return self }
        if let view = object.listViews.first(where: { $0.name.caseInsensitiveEquals(name) }) {
            return try applying(
                Query(view, of: object, place: place["view"]), named: "list view \(view.name)", of: object, in: scope)
        }
        guard let saved = scope.registry.query(name), let query = try saved.view(of: object, at: place["view"]) else {
            let known = object.listViews.map(\.name) + scope.registry.queries.filter { $0.asks(for: object) }.map(\.name)
            throw QueryProblem(
                unknown: "unknown_view", "\(object.name) has no list view \(name)", name, among: known, at: place["view"])
        }
        return try applying(query, named: "query \(saved.name)", of: object, in: scope)
    }

    private func applying(
        _ view: Query, named name: String, of object: ObjectDefinition, in scope: QueryScope
    ) throws(QueryProblem) -> Query {
        func isReadable(_ term: Term) -> Bool {
            var resolver = Resolver(scope, object, deleted: .hidden)
            return (try? resolver.resolve(term, at: place)) != nil
        }
        var query = self
        if let added = view.filter {
            try check(added, of: object, in: scope, named: name)
            query.filter = filter.map { .all([added, $0]) } ?? added
        }
        if select.isEmpty, !isGrouped {
            query.select = view.select.filter { if case .term(let term, _, _) = $0 { isReadable(term) } else { true } }
        }
        if orderBy.isEmpty, !isGrouped { query.orderBy = view.orderBy.filter { isReadable($0.term) } }
        if limit == nil, limitArgument == nil { query.limit = view.limit }
        return query
    }

    /// A view whose filter names what the caller may not read is not theirs to use; the error does not say what that is.
    private func check(_ filter: Filter, of object: ObjectDefinition, in scope: QueryScope, named view: String)
        throws(QueryProblem)
    {
        var resolver = Resolver(scope, object, deleted: .hidden)
        do { _ = try resolver.condition(filter) } catch {
            throw QueryProblem("unknown_view", "The \(view) cannot be used with your rights", at: place["view"])
        }
    }
}

extension Query {
    fileprivate init(_ view: ListView, of object: ObjectDefinition, place: Place) {
        self.init(object: object.name, place: place)
        select = view.columns.map { .term(.field(FieldPath($0)), as: nil, place) }
        filter = view.filter.map { Filter($0, place: place) }
        orderBy = view.sortBy.map { [Ordering(.field(FieldPath($0)), descending: view.descending, place: place)] } ?? []
    }
}

extension SavedQuery {
    fileprivate func asks(for object: ObjectDefinition) -> Bool {
        if case .query(let query)? = try? question() { query.object.caseInsensitiveEquals(object.name) } else { false }
    }

    /// The query as a view of its object, with its own values; nil where it asks for something else.
    fileprivate func view(of object: ObjectDefinition, at place: Place) throws(QueryProblem) -> Query? {
        guard case .query(var query)? = try? question(), query.object.caseInsensitiveEquals(object.name) else { return nil }
        do { query = try query.binding(defaults) } catch {
            throw QueryProblem(
                "unknown_view", "The query \(name) needs values and is no view", at: place, hint: "Ask it by its name, with binds"
            )
        }
        var plain = Query(object: query.object)
        (plain.select, plain.filter, plain.orderBy, plain.limit) = (query.select, query.filter, query.orderBy, query.limit)
        guard plain == query, !query.isGrouped else {
            throw QueryProblem(
                "unknown_view", "The query \(name) is more than a filter, columns and an order: it is no view", at: place,
                hint: "Ask it by its name")
        }
        return query
    }
}
