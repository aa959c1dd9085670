import Metadata
import SQL
import Values

extension Resolver {
    /// The records of a has-many relationship: one column, whatever the number of records.
    mutating func select(_ query: Query, into result: inout ResolvedQuery) throws(QueryProblem) {
        guard let (relationship, child) = readableRelationship(query.object) else {
            let known = object.relationships.filter { readableRelationship($0.name) != nil }.map(\.name)
            throw QueryProblem(
                unknown: "unknown_relationship", "\(object.name) has no related list \(query.object)", query.object, among: known,
                at: query.place)
        }
        guard !result.members.contains(where: { $0.name == relationship.name }) else {
            throw QueryProblem("malformed", "The related list \(relationship.name) is asked for twice", at: query.place)
        }
        var query = query
        if query.deleted == .hidden, !hidesDeletedParents { query.deleted = .included }
        var resolver = Resolver(scope, child, deleted: query.deleted)
        (resolver.spent, resolver.open) = (spent, open)
        resolver.level = level + 1
        resolver.asOf = asOf
        try scope.limits.check(.levels, resolver.level, at: query.place)
        try scope.limits.check(.childRows, query.limit ?? Limits.defaultRows, at: query.place["limit"])
        var children = try resolver.resolve(query)
        children.link = link(relationship, child)
        (spent, open) = (resolver.spent, resolver.open)
        result.outputs.append(Output(value: .children(children), type: .json))
        result.members.append(.children(relationship.name, output: result.outputs.count - 1))
    }

    private func link(_ relationship: Relationship, _ child: ObjectDefinition) -> Link? {
        guard let lookup = child.field(relationship.foreignKey) else { return nil }
        return Link(column: lookup.name, type: lookup.typeColumn.map { ($0, object.name) })
    }

    private func readableRelationship(_ name: String) -> (Relationship, ObjectDefinition)? {
        guard let relationship = object.relationship(name), let child = scope.registry.object(relationship.object),
            scope.access.mayRead(child), readableField(relationship.foreignKey, of: child) != nil
        else { return nil }
        return (relationship, child)
    }
}
