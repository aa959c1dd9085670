import SQL
import Values

// Grouped queries: the groups are made in an inner select, and what is said about groups (having, order, output) stands outside.

extension Resolver {
    mutating func resolveGroups(of query: Query, into result: inout ResolvedQuery) throws(QueryProblem) {
        if query.cursor != nil {
            throw QueryProblem("bad_cursor", "Groups cannot be continued by a cursor", path: "cursor", hint: "Use offset")
        }
        var groups = Groups()
        groups.names = query.select.compactMap { if case .term(let term, let alias, _) = $0 { alias ?? term.name } else { nil } }
        for term in query.groupBy {
            try append(key: term, place: query.place(of: term), to: &groups)
        }
        groups.keyCount = groups.terms.count
        groups.sets = try query.grouping.sets(of: groups.keyCount, at: query.place["groupBy"])
        // Where a key is summed up it is null, also where no record's is.
        if groups.sets.count > 1 { for index in groups.columns.indices { groups.columns[index].isNeverNull = false } }
        self.groups = groups
        try selectGroups(query, into: &result)
        let having = try query.having.map { filter throws(QueryProblem) in try condition(filter) }
        for ordering in query.orderBy {
            let term = try resolve(ordering.term, at: ordering.place)
            result.order.append(Sort(ordering, term, output: result.output(term)))
        }
        try breakTies(&result)
        self.groups?.having = having
        result.groups = self.groups
    }

    private mutating func append(key term: Term, place: Place, to groups: inout Groups) throws(QueryProblem) {
        try spend(.fields, at: place)
        let resolved = try resolve(term, at: place)
        guard !resolved.isEncrypted else { throw resolved.encrypted("nothing can be grouped by it", "bad_group", at: place) }
        guard resolved.type.isGroupable else {
            throw QueryProblem("bad_group", "\(resolved.name) is \(resolved.type.kind): nothing can be grouped by it", at: place)
        }
        groups.terms.append(term.canonical(resolved.names))
        groups.columns.append(resolved)
    }

    private mutating func selectGroups(_ query: Query, into result: inout ResolvedQuery) throws(QueryProblem) {
        var names = ResultNames()
        for selection in query.select {
            switch selection {
            case .children(let children):
                throw QueryProblem("bad_group", "Groups have no related records", at: children.place)
            case .fields(_, let place), .typeOf(_, let place):
                throw QueryProblem("bad_group", "Groups have no fields but their keys", at: place)
            case .term(let term, let alias, let place):
                try spend(.fields, at: place)
                let resolved = try resolve(term, at: place)
                try select(resolved, as: names.name(of: term, alias), at: place, into: &result)
            }
        }
    }

    private func select(
        _ term: ResolvedTerm, as alias: String?, at place: Place, into result: inout ResolvedQuery
    ) throws(QueryProblem) {
        let output = result.output(term)
        if alias == nil, term.names.count > 1 { return result.insert(output, term.names[...], presences(of: term)) }
        let name = alias ?? term.name
        guard !result.members.contains(where: { $0.name == name }) else {
            throw QueryProblem("bad_group", "The name \(name) is given twice", at: place, hint: "Name one of them with \"as\"")
        }
        result.members.append(.value(name, output: output))
    }

    /// A parent is there where one of its fields among the keys is.
    private func presences(of term: ResolvedTerm) -> ArraySlice<Expr> {
        let parents = (1..<term.names.count).map { count in
            let inside = groups?.columns.indices.filter { index in
                groups?.columns[index].names.starts(with: term.names.prefix(count)) ?? false
            }
            return Expr.presence((inside ?? []).filter { $0 < groups?.keyCount ?? 0 }.map(Expr.group))
        }
        return parents[...]
    }

    /// Keys that the order does not name come last in it, so that pages of groups do not overlap.
    private mutating func breakTies(_ result: inout ResolvedQuery) throws(QueryProblem) {
        guard let groups else { return }
        for index in 0..<groups.keyCount {
            let isNamed = result.order.contains { if case .group(index) = $0.term.expr { true } else { false } }
            if isNamed { continue }
            var term = groups.columns[index]
            term.expr = .group(index)
            result.order.append(Sort(Ordering(groups.terms[index]), term, output: result.output(term)))
        }
        if groups.sets.count > 1 { try breakTiesOfSums(&result) }
    }

    /// A sum over a key and a group without a value of it both show null.
    private mutating func breakTiesOfSums(_ result: inout ResolvedQuery) throws(QueryProblem) {
        for index in 0..<(groups?.keyCount ?? 0) {
            guard let key = groups?.terms[index] else { continue }
            let term = try resolve(.grouping(key), at: .top)
            result.order.append(Sort(Ordering(.grouping(key)), term, output: result.output(term)))
        }
    }

    /// A key or figure of the groups; figures are added as they are asked for.
    mutating func resolveGrouped(_ term: Term, at place: Place) throws(QueryProblem) -> ResolvedTerm {
        let resolved: ResolvedTerm
        switch term {
        case .aggregate(let function, let path): resolved = try figure(function, path, at: place)
        case .grouping(let key): resolved = try sumMark(of: key, at: place)
        default: resolved = try ungrouped(term, at: place)
        }
        let canonical = term.canonical(resolved.names)
        var index = groups?.terms.firstIndex(of: canonical)
        // What is not grouped by itself may show something that is.
        if index == nil, case .display(let display, let inner) = term {
            return try self.display(display, try resolveGrouped(inner, at: place), at: place)
        }
        if index == nil, canonical.isFigure {
            groups?.terms.append(canonical)
            groups?.columns.append(resolved)
            index = (groups?.terms.count ?? 1) - 1
        }
        guard let index, var column = groups?.columns[index] else {
            throw QueryProblem(
                "bad_group", "\(resolved.name) is neither grouped by nor aggregated", at: place, hint: "Add it to groupBy")
        }
        column.expr = .group(index)
        return column
    }

    /// The term as it is in a row.
    private mutating func ungrouped(_ term: Term, at place: Place) throws(QueryProblem) -> ResolvedTerm {
        readsRows = true
        defer { readsRows = false }
        if case .display(_, let inner) = term, inner.isFigure { return ResolvedTerm(expr: .bind(.null), type: .text, names: []) }
        return try resolve(term, at: place)
    }

    /// 1 where the key is summed up.
    private mutating func sumMark(of key: Term, at place: Place) throws(QueryProblem) -> ResolvedTerm {
        let resolved = try ungrouped(key, at: place)
        guard let index = groups?.terms.prefix(groups?.keyCount ?? 0).firstIndex(of: key.canonical(resolved.names)) else {
            throw QueryProblem(
                "bad_group", "\(key.soql) is not grouped by", at: place, hint: "GROUPING takes a key of ROLLUP or CUBE")
        }
        return ResolvedTerm(expr: .grouping(index), type: .integer, names: resolved.names)
    }

    private mutating func figure(
        _ function: AggregateFunction, _ path: FieldPath?, at place: Place
    ) throws(QueryProblem) -> ResolvedTerm {
        guard let path else {
            return ResolvedTerm(expr: .aggregate(.count, nil, .integer), type: .integer, names: [])
        }
        let field = try resolve(path, at: place)
        guard !field.isEncrypted else { throw field.encrypted("it has no $\(function.rawValue)", at: place) }
        guard let type = function.result(of: field.type) else {
            throw QueryProblem("bad_operator", "\(field.name) is \(field.type.kind): it has no $\(function.rawValue)", at: place)
        }
        return ResolvedTerm(expr: .aggregate(function, field.expr, field.type), type: type, names: field.names)
    }
}

extension AggregateFunction {
    /// Digits that an average has beyond those of what it averages.
    static let averageDigits = 4

    /// The type of the figure over a field; nil where there is no such figure.
    func result(of type: ColumnType) -> ColumnType? {
        switch (self, type) {
        case (.count, _): .integer
        case (.countDistinct, _): type.isGroupable ? .integer : nil
        case (.sum, .integer): .decimal(precision: 38, scale: 0)
        case (.sum, .decimal(_, let scale)): .decimal(precision: 38, scale: scale)
        case (.avg, .integer): .decimal(precision: 38, scale: AggregateFunction.averageDigits)
        case (.avg, .decimal(_, let scale)): .decimal(precision: 38, scale: scale + AggregateFunction.averageDigits)
        case (.sum, .real), (.avg, .real): .real
        case (.sum, _), (.avg, _): nil
        case (.min, .id), (.max, .id): nil
        case (.min, _), (.max, _): type.isOrdered ? type : nil
        }
    }
}

extension Term {
    /// The term with the names as metadata spells them.
    func canonical(_ names: [String]) -> Term {
        switch self {
        case .field: .field(FieldPath(names: names))
        case .period(let unit, _): .period(unit, FieldPath(names: names))
        case .aggregate(let function, let path): .aggregate(function, path.map { _ in FieldPath(names: names) })
        case .datePart(let part, _, let isLocal): .datePart(part, FieldPath(names: names), isLocal: isLocal)
        case .distance(_, let spot, let unit): .distance(FieldPath(names: names), spot, unit)
        case .grouping(let inner): .grouping(inner.canonical(names))
        case .display(let display, let inner): .display(display, inner.canonical(names))
        }
    }

    /// How the term reads in a message.
    var name: String {
        switch self {
        case .field(let path), .period(_, let path): path.description
        default: soql
        }
    }
}

/// Names results to which the query gave none: `expr0`, `expr1` and so on, but fields go by their own.
struct ResultNames {
    private var count = 0

    mutating func name(of term: Term, _ alias: String?) -> String? {
        guard alias == nil, term.isUnnamed else { return alias }
        defer { count += 1 }
        return "expr\(count)"
    }
}

extension Grouping {
    /// The keys of each set of groups, by number.
    fileprivate func sets(of keyCount: Int, at place: Place) throws(QueryProblem) -> [[Int]] {
        guard self == .plain || keyCount <= 3 else {
            throw QueryProblem("bad_group", "\(rawValue.uppercased()) takes at most 3 keys, not \(keyCount)", at: place)
        }
        switch self {
        case .plain: return [Array(0..<keyCount)]
        case .rollup: return (0...keyCount).reversed().map { Array(0..<$0) }
        case .cube: return (0..<(1 << keyCount)).reversed().map { set in (0..<keyCount).filter { set & (1 << $0) != 0 } }
        }
    }
}

extension Query {
    /// Where a group key was written: where it is selected, if it is.
    fileprivate func place(of term: Term) -> Place {
        for case .term(let selected, _, let place) in select where selected == term { return place }
        return place["groupBy"]
    }
}
