import Formula
import Metadata
import SQL
import Values

// Formulas read their inputs whatever the caller may see: a computed field has the same value for everyone who may read it.

extension Resolver {
    /// A formula over the records of an object; its parents are joined, or read by sub-selects where nothing can be joined.
    mutating func formula(
        _ formula: CompiledFormula, at anchor: Anchor, of object: ObjectDefinition, depth: Int = 0, at place: Place
    ) throws(QueryProblem) -> Expr {
        guard formula.sqlObstacle == nil else { throw notQueryable(object, at: place, because: formula.sqlObstacle) }
        var inputs: [Expr] = []
        for field in formula.fields {
            if let bind = global(field.path) {
                inputs.append(.bind(bind))
            } else {
                inputs.append(try input(field.path[...], at: anchor, of: object, depth: depth, place: place))
            }
        }
        return .formula(formula, inputs)
    }

    mutating func computed(_ field: FieldReference, at anchor: Anchor, depth: Int, place: Place) throws(QueryProblem) -> Expr {
        let definition = field.definition
        guard let compiled = definition.formula?.compiled, compiled.sqlObstacle == nil else {
            throw notQueryable(field.object, definition.name, at: place, because: definition.formula?.compiled?.sqlObstacle)
        }
        // Cycles are refused when metadata is loaded; this only keeps a defect there from ending in a crash here.
        guard depth < 32 else { throw notQueryable(field.object, definition.name, at: place, because: "it is nested too deeply") }
        let value = try formula(compiled, at: anchor, of: field.object, depth: depth + 1, at: place)
        // A formula may have a value where everything it reads is blank; a parent that is not there has none.
        guard case .table(let table) = anchor, table > 0 else { return value }
        return .whenThere(id: .column(anchor, "Id"), value)
    }

    private mutating func input(
        _ path: ArraySlice<String>, at anchor: Anchor, of object: ObjectDefinition, depth: Int, place: Place
    ) throws(QueryProblem) -> Expr {
        guard let name = path.first else { throw notQueryable(object, at: place, because: nil) }
        let rest = path.dropFirst()
        guard !rest.isEmpty else {
            guard let position = object.position(of: name) else { throw notQueryable(object, at: place, because: nil) }
            let field = FieldReference(object: object, position: position)
            let definition = field.definition
            return definition.isComputed
                ? try computed(field, at: anchor, depth: depth, place: place) : .column(anchor, definition.name)
        }
        guard let position = object.lookupPosition(parent: name) else { throw notQueryable(object, at: place, because: nil) }
        let lookup = FieldReference(object: object, position: position)
        // Formulas have no paths through lookups that point at several objects.
        guard let target = lookup.definition.referenceTo.first.flatMap(scope.registry.object) else {
            throw notQueryable(object, at: place, because: nil)
        }
        return try parent(rest, of: lookup, target, at: anchor, depth: depth, place: place)
    }

    private mutating func parent(
        _ rest: ArraySlice<String>, of lookup: FieldReference, _ target: ObjectDefinition, at anchor: Anchor, depth: Int,
        place: Place
    ) throws(QueryProblem) -> Expr {
        guard case .table(let table) = anchor else {
            let value = try input(rest, at: .here, of: target, depth: depth, place: place)
            return .parent(anchor, lookup, target, hidesDeleted: hidesDeletedParents, value)
        }
        let joined = try join(lookup, to: target, from: table, isInternal: true, at: place)
        return try input(rest, at: .table(joined), of: target, depth: depth, place: place)
    }

    /// What `$User.Region` and `$Organization.Name` in a formula stand for; nil for a field of the record.
    private func global(_ path: [String]) -> Bind? {
        guard path.count == 2, let root = path.first, root.utf8.first == UInt8(ascii: "$") else { return nil }
        if root.caseInsensitiveEquals("$Organization") {
            return scope.organization.isEmpty ? .null : .text(scope.organization)
        }
        return .late(path[1].caseInsensitiveEquals("Id") ? .user : .userField(path[1]))
    }

    private func notQueryable(
        _ object: ObjectDefinition, _ field: String? = nil, at place: Place, because reason: String?
    ) -> QueryProblem {
        let subject = field.map { "\(object.name).\($0)" } ?? "A formula of \(object.name)"
        return QueryProblem("not_queryable", "\(subject) cannot be used in a query\(reason.map { ": \($0)" } ?? "")", at: place)
    }
}
