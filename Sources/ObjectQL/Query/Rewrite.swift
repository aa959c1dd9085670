// Going through all that a query names. Queries within it are left to themselves.

extension Query {
    mutating func rewriteTerms(_ rewrite: (Term) -> Term) {
        for index in select.indices {
            if case .term(let term, let alias, let place) = select[index] {
                select[index] = .term(rewrite(term), as: alias, place)
            }
        }
        filter = filter?.rewritingTerms(rewrite)
        rewriteGroupTerms(rewrite)
        groupBy = groupBy.map(rewrite)
    }

    private mutating func rewriteGroupTerms(_ rewrite: (Term) -> Term) {
        having = having?.rewritingTerms(rewrite)
        for index in orderBy.indices { orderBy[index].term = rewrite(orderBy[index].term) }
    }

    mutating func rewritePaths(_ rewrite: (FieldPath) -> FieldPath) {
        rewriteTerms { $0.rewritingPaths(rewrite) }
        for index in select.indices {
            guard case .typeOf(var typeOf, let place) = select[index] else { continue }
            typeOf.parent = rewrite(typeOf.parent)
            select[index] = .typeOf(typeOf, place)
        }
    }

    /// Puts what the names of results stand for in their place, and leaves out names that results have anyway.
    mutating func settleNames() {
        var unnamed = 0
        for index in select.indices {
            guard case .term(let term, let alias, let place) = select[index], term.isUnnamed else { continue }
            guard alias == nil || alias == "expr\(unnamed)" else { continue }
            if alias != nil { select[index] = .term(term, as: nil, place) }
            unnamed += 1
        }
        guard isGrouped else { return }
        let named = select.compactMap { selection -> (String, Term)? in
            guard case .term(let term, let alias?, _) = selection else { return nil }
            return (alias.lowercased(), term)
        }
        if named.isEmpty { return }
        rewriteGroupTerms { term in
            guard case .field(let path) = term, path.names.count == 1 else { return term }
            let name = path.names[0].lowercased()
            return named.first { $0.0 == name }?.1 ?? term
        }
    }
}

extension Term {
    /// Whether its result goes by `expr0`, `expr1` and so on, unless it is given a name.
    var isUnnamed: Bool {
        switch self {
        case .aggregate, .datePart, .distance, .grouping: true
        case .field, .period: false
        case .display(_, let inner): inner.isUnnamed
        }
    }

    func rewritingPaths(_ rewrite: (FieldPath) -> FieldPath) -> Term {
        switch self {
        case .field(let path): return .field(rewrite(path))
        case .period(let unit, let path): return .period(unit, rewrite(path))
        case .aggregate(let function, let path):
            let path = path.map(rewrite)
            return .aggregate(function, function == .count && path?.isOwnID ?? false ? nil : path)
        case .datePart(let part, let path, let isLocal): return .datePart(part, rewrite(path), isLocal: isLocal)
        case .distance(let path, .field(let other), let unit): return .distance(rewrite(path), .field(rewrite(other)), unit)
        case .distance(let path, let spot, let unit): return .distance(rewrite(path), spot, unit)
        case .grouping(let inner): return .grouping(inner.rewritingPaths(rewrite))
        case .display(let display, let inner): return .display(display, inner.rewritingPaths(rewrite))
        }
    }
}

extension Filter {
    func rewritingTerms(_ rewrite: (Term) -> Term) -> Filter {
        func other(_ operand: Operand) -> Operand { if case .term(let term) = operand { .term(rewrite(term)) } else { operand } }
        return switch self {
        case .all(let filters): .all(filters.map { $0.rewritingTerms(rewrite) })
        case .any(let filters): .any(filters.map { $0.rewritingTerms(rewrite) })
        case .not(let filter): .not(filter.rewritingTerms(rewrite))
        case .compare(let term, let comparator, let operand, let place):
            .compare(rewrite(term), comparator, other(operand), place)
        case .among(let term, let operands, let place): .among(rewrite(term), operands.map(other), place)
        case .matches(let term, let pattern, let place): .matches(rewrite(term), pattern, place)
        case .includes(let term, let sets, let place): .includes(rewrite(term), sets, place)
        case .given(let term, let comparison, let argument, let place):
            .given(rewrite(term), comparison, argument, place)
        case .within(let term, let query, let place): .within(rewrite(term), query, place)
        case .changed(var change, let place): rewritten(&change, rewrite, place)
        }
    }

    private func rewritten(_ change: inout Change, _ rewrite: (Term) -> Term, _ place: Place) -> Filter {
        if case .field(let path) = rewrite(.field(change.field)) { change.field = path }
        return .changed(change, place)
    }
}
