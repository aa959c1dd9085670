import Metadata
import SQL
import Values

// From names to columns. What the caller may not read does not exist here.

extension Resolver {
    mutating func resolve(_ path: FieldPath, at place: Place) throws(QueryProblem) -> ResolvedTerm {
        let parents = path.names.count - 1
        try scope.limits.check(.depth, parents, at: place)
        return try find(path.names[...], in: 0, at: place)
    }

    mutating func find(_ names: ArraySlice<String>, in table: Int, at place: Place) throws(QueryProblem) -> ResolvedTerm {
        let name = names[names.startIndex]
        let rest = names.dropFirst()
        if rest.isEmpty { return try field(name, in: table, at: place) }
        let object = tables[table].object
        guard let lookup = readableLookup(name, of: object) else {
            // `Account.Name` in a query of accounts is their own name.
            if table == 0, names.startIndex == 0, object.name.caseInsensitiveEquals(name) {
                return try find(rest, in: 0, at: place)
            }
            throw noParent(name, object, at: place)
        }
        let targets = readableTargets(of: lookup)
        guard !targets.isEmpty else { throw noParent(name, object, at: place) }
        var term =
            lookup.definition.isPolymorphic
            ? try findAny(rest, of: lookup, targets, in: table, at: place)
            : try findOne(rest, of: lookup, targets[0], in: table, at: place)
        term.names.insert(lookup.definition.parentName ?? name, at: 0)
        term.isNeverNull = false
        return term
    }

    private mutating func findOne(
        _ rest: ArraySlice<String>, of lookup: FieldReference, _ target: ObjectDefinition, in table: Int, at place: Place
    ) throws(QueryProblem) -> ResolvedTerm {
        let parent = try join(lookup, to: target, from: table, at: place)
        var term = try find(rest, in: parent, at: place)
        term.parents.insert(.column(.table(parent), "Id"), at: 0)
        return term
    }

    /// A path through a polymorphic lookup: whichever of the targets is there and has the field.
    private mutating func findAny(
        _ rest: ArraySlice<String>, of lookup: FieldReference, _ targets: [ObjectDefinition], in table: Int, at place: Place
    ) throws(QueryProblem) -> ResolvedTerm {
        var ids: [Expr] = []
        var found: [(target: ObjectDefinition, term: ResolvedTerm)] = []
        let wantsObjectName = rest.count == 1 && rest.first?.caseInsensitiveEquals("Type") == true
        for target in targets {
            let parent = try join(lookup, to: target, from: table, at: place)
            ids.append(.column(.table(parent), "Id"))
            if wantsObjectName { continue }
            let before = tables.count
            do { found.append((target, try find(rest, in: parent, at: place))) } catch {
                guard error.code.hasPrefix("unknown") else { throw error }
                tables.removeSubrange(before...)
            }
        }
        if wantsObjectName {
            let column = lookup.definition.typeColumn ?? ""
            let name = Expr.objectName(.table(table), column, ids: ids)
            return ResolvedTerm(expr: name, type: .text, names: ["Type"], parents: [.firstOf(ids)])
        }
        guard let first = found.first else { throw noField(rest, of: lookup, targets, at: place) }
        for (target, term) in found where term.type != first.term.type || term.isEncrypted != first.term.isEncrypted {
            throw QueryProblem(
                "not_queryable",
                "\(rest.joined(separator: ".")) is of another type in \(first.target.name) than in \(target.name)", at: place)
        }
        var term = first.term
        term.expr = .firstOf(found.map(\.term.expr))
        // Further parents may be of different objects too; each is there where one of the targets' is.
        term.parents = term.parents.indices.map { index in .firstOf(found.map { $0.term.parents[index] }) }
        term.parents.insert(.firstOf(ids), at: 0)
        return term
    }

    /// A field of the table's object, stored or computed.
    private mutating func field(_ name: String, in table: Int, at place: Place) throws(QueryProblem) -> ResolvedTerm {
        let object = tables[table].object
        guard let reference = readableField(name, of: object) else { throw noField(name, object, at: place) }
        return try term(reference, in: table, at: place)
    }

    mutating func term(_ reference: FieldReference, in table: Int, at place: Place) throws(QueryProblem) -> ResolvedTerm {
        let (name, type) = (reference.definition.name, reference.definition.type)
        var term = ResolvedTerm(expr: .column(.table(table), name), type: reference.column, names: [name])
        if type == .formula { term.expr = try computed(reference, at: .table(table), depth: 0, place: place) }
        term.isEncrypted = type == .encrypted
        term.isLocation = type == .geolocation
        if type == .select { term.options = reference.definition.options }
        term.isNeverNull = table == 0 && (type == .checkbox || type != .lookup && reference.definition.isSystem)
        return term
    }

    /// The table of a parent; joined once, however many paths lead through it.
    mutating func join(
        _ lookup: FieldReference, to target: ObjectDefinition, from table: Int, isInternal: Bool = false, at place: Place
    ) throws(QueryProblem) -> Int {
        let rule = isInternal ? nil : scope.access.rowRule(target)
        let isInternal = isInternal && scope.access.rowRule(target) != nil
        let known = tables.firstIndex {
            guard let join = $0.join else { return false }
            return join.from == table && join.lookup == lookup && $0.object === target && join.isInternal == isInternal
        }
        if let known { return known }
        try spend(.joins, at: place)
        var joined = Table(object: target, join: Table.Join(from: table, lookup: lookup, isInternal: isInternal))
        joined.hidesDeleted = hidesDeletedParents
        if let rule { joined.rule = try formula(rule, at: .here, of: target, at: place) }
        tables.append(joined)
        return tables.count - 1
    }
}

extension Resolver {
    func readableField(_ name: String, of object: ObjectDefinition) -> FieldReference? {
        guard let position = object.position(of: name), scope.access.mayRead(object.fields[position], of: object) else {
            return nil
        }
        return FieldReference(object: object, position: position)
    }

    func readableLookup(_ name: String, of object: ObjectDefinition) -> FieldReference? {
        guard let position = object.lookupPosition(parent: name), scope.access.mayRead(object.fields[position], of: object)
        else { return nil }
        return FieldReference(object: object, position: position)
    }

    func readableTargets(of lookup: FieldReference) -> [ObjectDefinition] {
        lookup.definition.referenceTo.compactMap { scope.registry.object($0) }.filter { scope.access.mayRead($0) }
    }

    private func fieldNames(_ object: ObjectDefinition) -> [String] {
        object.fields.filter { scope.access.mayRead($0, of: object) }.map(\.name)
    }

    private func noField(_ name: String, _ object: ObjectDefinition, at place: Place) -> QueryProblem {
        let message = "\(object.name) has no field \(name)"
        if let lookup = readableLookup(name, of: object), !readableTargets(of: lookup).isEmpty {
            let parent = lookup.definition.parentName ?? name
            return QueryProblem(
                "unknown_field", message, at: place,
                hint: "\(parent) is a parent: name its id \(lookup.definition.name), or one of its fields as \(parent).Name")
        }
        let names = fieldNames(object) + (object === self.object ? groups?.names ?? [] : [])
        return QueryProblem(unknown: "unknown_field", message, name, among: names, at: place)
    }

    private func noField(
        _ rest: ArraySlice<String>, of lookup: FieldReference, _ targets: [ObjectDefinition], at place: Place
    ) -> QueryProblem {
        let name = rest.joined(separator: ".")
        let message = "None of \(targets.map(\.name).joined(separator: ", ")) has a field \(name)"
        return QueryProblem(unknown: "unknown_field", message, name, among: targets.flatMap(fieldNames), at: place)
    }

    private func noParent(_ name: String, _ object: ObjectDefinition, at place: Place) -> QueryProblem {
        let message = "\(object.name) has no parent \(name)"
        let lookups = object.fields.indices.filter {
            let field = FieldReference(object: object, position: $0)
            return object.fields[$0].isLookup && scope.access.mayRead(object.fields[$0], of: object)
                && !readableTargets(of: field).isEmpty
        }
        if let field = readableField(name, of: object), lookups.contains(field.position) {
            return QueryProblem("unknown_field", message, at: place, hint: "Did you mean \(field.definition.parentName ?? name)?")
        }
        let names = lookups.compactMap { object.fields[$0].parentName }
        return QueryProblem(unknown: "unknown_field", message, name, among: names, at: place)
    }
}
