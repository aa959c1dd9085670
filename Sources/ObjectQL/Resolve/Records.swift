import Metadata
import SQL
import Values

// What each record holds, and the order of records.

extension Resolver {
    mutating func resolveRecords(of query: Query, into result: inout ResolvedQuery) throws(QueryProblem) {
        let hasFields = query.select.contains { if case .children = $0 { false } else { true } }
        if !hasFields { try selectDefaults(into: &result, at: query.place["fields"]) }
        var names = ResultNames()
        result.outputs.reserveCapacity(query.select.count + query.orderBy.count + 4)
        result.members.reserveCapacity(query.select.count)
        for selection in query.select {
            switch selection {
            case .term(let term, let alias, let place):
                try spend(.fields, at: place)
                let field = try resolve(term, at: place)
                guard !field.isEncrypted || level == 0 else { throw encrypted(field, at: place) }
                try select(field, as: names.name(of: term, alias), at: place, into: &result)
            case .fields(let set, let place): try select(set, into: &result, at: place)
            case .typeOf(let typeOf, let place): try select(typeOf, into: &result, at: place)
            case .children(let children): try select(children, into: &result)
            }
        }
        try sort(query, into: &result)
    }

    /// Every field that the caller may read, save hidden ones, those that SQL cannot compute, and in related lists encrypted ones.
    private mutating func selectDefaults(into result: inout ResolvedQuery, at place: Place) throws(QueryProblem) {
        let mayShowEncrypted = level == 0
        try selectFields(into: &result, at: place) { !$0.hidden && ($0.type != .encrypted || mayShowEncrypted) }
    }

    /// `FIELDS(STANDARD)` are those that every object has, `FIELDS(CUSTOM)` those that metadata adds.
    private mutating func select(_ set: FieldSet, into result: inout ResolvedQuery, at place: Place) throws(QueryProblem) {
        let mayShowEncrypted = level == 0
        try selectFields(into: &result, at: place) { field in
            (field.type != .encrypted || mayShowEncrypted) && (set == .all || field.isSystem == (set == .standard))
        }
    }

    private mutating func selectFields(
        into result: inout ResolvedQuery, at place: Place, where isWanted: (FieldDefinition) -> Bool
    ) throws(QueryProblem) {
        for position in object.fields.indices {
            guard isWanted(object.fields[position]), scope.access.mayRead(object.fields[position], of: object) else { continue }
            let reference = FieldReference(object: object, position: position)
            try spend(.fields, at: place)
            let known = tables.count
            do { try select(try term(reference, in: 0, at: place), as: nil, at: place, into: &result) } catch {
                guard error.code == "not_queryable" else { throw error }
                tables.removeSubrange(known...)
            }
        }
    }

    private func select(
        _ term: ResolvedTerm, as alias: String?, at place: Place, into result: inout ResolvedQuery
    ) throws(QueryProblem) {
        let output = result.output(term)
        if let alias {
            guard !result.members.contains(where: { $0.name == alias }) else {
                throw QueryProblem("malformed", "The name \(alias) is given twice", at: place)
            }
            return result.members.append(.value(alias, output: output))
        }
        result.insert(output, term.names[...], term.parents[...])
    }

    /// Related records come from the database in their final form, and it cannot decrypt.
    private func encrypted(_ field: ResolvedTerm, at place: Place) -> QueryProblem {
        QueryProblem(
            "not_queryable", "\(field.name) is encrypted: a related list cannot show it", at: place,
            hint: "Query \(object.name) itself")
    }

    /// The order, with the id last so that no two records are equal in it.
    private mutating func sort(_ query: Query, into result: inout ResolvedQuery) throws(QueryProblem) {
        for ordering in query.orderBy {
            let term = try resolve(ordering.term, at: ordering.place)
            try checkSortable(term, at: ordering.place)
            result.order.append(Sort(ordering, term, output: result.output(term)))
        }
        result.isRanked = result.search != nil && result.order.isEmpty
        guard !result.order.contains(where: { $0.term.isKey }) else { return }
        let id = ResolvedTerm(expr: .column(.table(0), "Id"), type: .id, names: ["Id"], isNeverNull: true)
        let ordering = Ordering(.field("Id"), descending: result.order.last?.descending ?? false)
        result.order.append(Sort(ordering, id, output: result.output(id)))
    }

    func checkSortable(_ term: ResolvedTerm, at place: Place) throws(QueryProblem) {
        guard !term.isEncrypted else { throw term.encrypted("nothing can be sorted by it", at: place) }
        guard term.type.isGroupable else {
            throw QueryProblem("bad_operator", "\(term.name) is \(term.type.kind): nothing can be sorted by it", at: place)
        }
    }
}

extension Sort {
    init(_ ordering: Ordering, _ term: ResolvedTerm, output: Int) {
        let nullsFirst = ordering.nulls.map { $0 == .first } ?? !ordering.descending
        self.init(term: term, descending: ordering.descending, nullsFirst: nullsFirst, output: output)
    }
}

extension ResolvedTerm {
    /// The record's own id.
    var isKey: Bool {
        guard case .column = expr else { return false }
        return names == ["Id"] && parents.isEmpty
    }
}

extension ResolvedQuery {
    /// The column that holds the term, which is taken once.
    mutating func output(_ term: ResolvedTerm) -> Int {
        if let known = outputs.firstIndex(where: { $0.isSame(as: term) }) { return known }
        let isField = if case .period = term.expr { false } else { true }
        let names = isField ? term.names : []
        outputs.append(Output(value: .expr(term.expr), type: term.type, names: names, isEncrypted: term.isEncrypted))
        return outputs.count - 1
    }

    /// The column that tells whether a parent is there.
    private mutating func output(presence: Expr) -> Int {
        let known = outputs.firstIndex { if case .expr(let other) = $0.value { other.isSamePlace(as: presence) } else { false } }
        if let known { return known }
        outputs.append(Output(value: .expr(presence), type: .id))
        return outputs.count - 1
    }

    /// Puts a column into the record, under the parents that lead to it.
    mutating func insert(_ output: Int, _ names: ArraySlice<String>, _ parents: ArraySlice<Expr>) {
        // Taken out first: an array with two owners would be copied at every step.
        var taken: [Member] = []
        swap(&taken, &members)
        insert(output, names, parents, into: &taken)
        members = taken
    }

    private mutating func insert(
        _ output: Int, _ names: ArraySlice<String>, _ parents: ArraySlice<Expr>, into members: inout [Member]
    ) {
        guard let name = names.first else { return }
        let index = members.firstIndex { $0.name == name }
        guard let parent = parents.first else {
            if index == nil { members.append(.value(name, output: output)) }
            return
        }
        if let index, case .parent(_, let presence, var nested) = members[index] {
            insert(output, names.dropFirst(), parents.dropFirst(), into: &nested)
            members[index] = .parent(name, presence: presence, nested)
        } else {
            var nested: [Member] = []
            let presence = self.output(presence: parent)
            insert(output, names.dropFirst(), parents.dropFirst(), into: &nested)
            members.append(.parent(name, presence: presence, nested))
        }
    }
}

extension Output {
    fileprivate func isSame(as term: ResolvedTerm) -> Bool {
        guard case .expr(let expr) = value else { return false }
        if expr.isSamePlace(as: term.expr) { return true }
        // A computed field is known by its path: it has only one value in a record.
        guard case .formula = expr, case .formula = term.expr else { return false }
        return names == term.names
    }
}

extension Expr {
    /// Whether both read the same column of the same table.
    fileprivate func isSamePlace(as other: Expr) -> Bool {
        switch (self, other) {
        case (.column(let a, let x), .column(let b, let y)): a == b && x == y
        case (.group(let a), .group(let b)): a == b
        default: false
        }
    }
}
