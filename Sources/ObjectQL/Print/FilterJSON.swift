import Values

extension Filter {
    var json: JSON {
        switch self {
        case .all(let filters): ["$and": .array(filters.map(\.json))]
        case .any(let filters): ["$or": .array(filters.map(\.json))]
        case .not(.among(let term, let operands, _)): Filter.json(term, "$nin", Filter.list(operands))
        case .not(.within(let term, let query, _)): Filter.json(term, "$nin", query.json)
        case .not(.includes(let term, let sets, _)): Filter.json(term, "$excludes", Filter.sets(sets))
        case .not(.given(let term, .includes, let argument, _)): Filter.json(term, "$excludes", .argument(argument))
        case .not(let inner): ["$not": inner.json]
        case .compare(let term, .equal, let operand, _): .object([term.soql: operand.json])
        case .compare(let term, let comparator, let operand, _): Filter.json(term, comparator.operator, operand.json)
        case .among(let term, let operands, _): Filter.json(term, "$in", Filter.list(operands))
        case .matches(let term, let pattern, _):
            Filter.json(term, pattern.ignoresCase ? "$ilike" : "$like", .string(pattern.escaped))
        case .includes(let term, let sets, _): Filter.json(term, "$includes", Filter.sets(sets))
        case .given(let term, let comparison, let argument, _): Filter.json(term, comparison.operator, .argument(argument))
        case .within(let term, let query, _): Filter.json(term, "$in", query.json)
        case .changed(let change, _): ["$changed": change.json]
        }
    }

    private static func json(_ term: Term, _ name: String, _ value: JSON) -> JSON { .object([term.soql: .object([name: value])]) }

    private static func list(_ operands: [Operand]) -> JSON {
        if operands.count == 1, case .argument(let argument) = operands[0] { return .argument(argument) }
        return .array(operands.map(\.json))
    }

    private static func sets(_ sets: [[String]]) -> JSON {
        .array(sets.map { $0.count == 1 ? .string($0[0]) : .array($0.map(JSON.string)) })
    }
}

extension Operand {
    var json: JSON {
        switch self {
        case .value(let value): value.json
        case .term(let term): ["$field": .string(term.soql)]
        case .currentUser: "$currentUser"
        case .money(let currency, let amount): ["$money": .string(currency + amount.description)]
        case .argument(let argument): .argument(argument)
        }
    }
}

extension Change {
    fileprivate var json: JSON {
        var members: JSON.Members = ["field": .string(field.description)]
        if let from { members["from"] = from.json }
        if let to { members["to"] = to.json }
        if let during { members["during"] = during.json }
        return .object(members)
    }
}

extension Comparator {
    fileprivate var `operator`: String {
        switch self {
        case .equal: "$eq"
        case .notEqual: "$ne"
        case .less: "$lt"
        case .lessOrEqual: "$lte"
        case .greater: "$gt"
        case .greaterOrEqual: "$gte"
        }
    }
}

extension GivenComparison {
    fileprivate var `operator`: String {
        switch self {
        case .like: "$ilike"
        case .likeBinary: "$like"
        case .includes: "$includes"
        }
    }
}
