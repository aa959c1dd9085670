package import Values

extension Query {
    /// The query with values in the places of `:name`.
    ///
    /// - Throws: a problem where a value is missing, or is a list where there must be one value.
    package func binding(_ values: JSON.Members) throws(QueryProblem) -> Query {
        var query = self
        query.filter = try filter?.binding(values)
        query.having = try having?.binding(values)
        query.asOf = try asOf?.binding(values)
        if let argument = limitArgument { (query.limit, query.limitArgument) = (try values.count(argument), nil) }
        if let argument = offsetArgument { (query.offset, query.offsetArgument) = (try values.count(argument), nil) }
        for index in select.indices {
            switch select[index] {
            case .term(let term, let alias, let place):
                query.select[index] = .term(try term.binding(values), as: alias, place)
            case .children(let children): query.select[index] = .children(try children.binding(values))
            case .fields, .typeOf: break
            }
        }
        for index in orderBy.indices {
            query.orderBy[index].term = try orderBy[index].term.binding(values)
        }
        return query
    }
}

extension Filter {
    fileprivate func binding(_ values: JSON.Members) throws(QueryProblem) -> Filter {
        switch self {
        case .all(let filters): return .all(try filters.mapping { filter throws(QueryProblem) in try filter.binding(values) })
        case .any(let filters): return .any(try filters.mapping { filter throws(QueryProblem) in try filter.binding(values) })
        case .not(let inner): return .not(try inner.binding(values))
        case .compare(let term, let comparator, let operand, let place):
            return .compare(try term.binding(values), comparator, try operand.binding(values), place)
        case .among(let term, let operands, let place):
            return .among(try term.binding(values), try operands.binding(values), place)
        case .matches(let term, let pattern, let place): return .matches(try term.binding(values), pattern, place)
        case .includes(let term, let sets, let place): return .includes(try term.binding(values), sets, place)
        case .given(let term, let comparison, let argument, let place):
            return try comparison.filter(try term.binding(values), try values.value(argument), argument, place)
        case .within(let term, let query, let place):
            return .within(try term.binding(values), try query.binding(values), place)
        case .changed(var change, let place):
            change.from = try change.from?.binding(values)
            change.to = try change.to?.binding(values)
            change.during = try change.during?.binding(values)
            return .changed(change, place)
        }
    }
}

extension GivenComparison {
    fileprivate func filter(
        _ term: Term, _ value: JSON, _ argument: BindVariable, _ place: Place
    ) throws(QueryProblem) -> Filter {
        switch (self, value) {
        case (.includes, .string(let text)): return .includes(term, [text.components], place)
        case (.includes, .array(let items)) where items.allSatisfy { $0.string != nil }:
            return .includes(term, items.compactMap(\.string?.components), place)
        case (.like, .string(let text)), (.likeBinary, .string(let text)):
            if let pattern = TextPattern(like: text, ignoresCase: self == .like) { return .matches(term, pattern, place) }
            throw QueryProblem("bad_value", "The pattern \(argument) ends with a lone backslash", at: argument.place)
        default:
            let wanted = self == .includes ? "a text or a list of texts" : "a text"
            throw QueryProblem("bad_value", "\(argument) must be \(wanted), not \(value.kind)", at: argument.place)
        }
    }
}

extension String {
    /// `A;B` as its parts.
    fileprivate var components: [String] { split(separator: ";", omittingEmptySubsequences: false).map(String.init) }
}

extension Operand {
    fileprivate func binding(_ values: JSON.Members) throws(QueryProblem) -> Operand {
        guard case .argument(let argument) = self else { return self }
        return try Operand(try values.value(argument), of: argument)
    }

    init(_ value: JSON, of argument: BindVariable) throws(QueryProblem) {
        switch value {
        case .array, .object:
            throw QueryProblem(
                "bad_value", "\(argument) must be one value here, not \(value.kind)", at: argument.place,
                hint: "IN \(argument) takes a list")
        default: self = try Operand(Part(value, at: argument.place))
        }
    }
}

extension [Operand] {
    /// A list takes the place of its name with all its values.
    fileprivate func binding(_ values: JSON.Members) throws(QueryProblem) -> [Operand] {
        var operands: [Operand] = []
        for operand in self {
            if case .argument(let argument) = operand, case .array(let items) = try values.value(argument) {
                for item in items { operands.append(try Operand(item, of: argument)) }
            } else {
                operands.append(try operand.binding(values))
            }
        }
        return operands
    }
}

extension Term {
    fileprivate func binding(_ values: JSON.Members) throws(QueryProblem) -> Term {
        switch self {
        case .distance(let path, .place(let latitude, let longitude), let unit):
            let spot = Spot.place(
                latitude: try latitude.binding(values, 90), longitude: try longitude.binding(values, 180))
            return .distance(path, spot, unit)
        case .display(let display, let inner): return .display(display, try inner.binding(values))
        default: return self
        }
    }
}

extension Coordinate {
    fileprivate func binding(_ values: JSON.Members, _ most: Int) throws(QueryProblem) -> Coordinate {
        guard case .argument(let argument) = self else { return self }
        guard let number = try values.value(argument).number, number >= Number(-most), number <= Number(most) else {
            throw QueryProblem("bad_value", "\(argument) must be degrees from -\(most) to \(most)", at: argument.place)
        }
        return .degrees(number)
    }
}

extension JSON.Members {
    fileprivate func value(_ argument: BindVariable) throws(QueryProblem) -> JSON {
        guard let value = self[argument.name] else { throw QueryProblem(unbound: argument) }
        return value
    }

    fileprivate func count(_ argument: BindVariable) throws(QueryProblem) -> Int {
        guard let count = try value(argument).number?.integer, count >= 0 else {
            throw QueryProblem("bad_value", "\(argument) must be a whole number from 0", at: argument.place)
        }
        return count
    }
}
