import Metadata
import Values

/// What an operator does, however it is spelled: `$gte` in filters, `greaterThanOrEqual` in the list form and in metadata.
enum FilterVerb {
    case compare(Comparator)
    case among, notAmong
    case like(ignoresCase: Bool)
    case contains(ignoresCase: Bool)
    case notContains, startsWith, endsWith
    case between
    case null, notNull
    case includes, excludes
}

extension FilterVerb {
    static let operators = [
        "$eq", "$ne", "$gt", "$gte", "$lt", "$lte", "$in", "$nin", "$like", "$ilike", "$contains", "$icontains",
        "$startsWith", "$endsWith", "$between", "$null", "$includes", "$excludes", "$not",
    ]

    init?(operator name: String) {
        switch name {
        case "$eq": self = .compare(.equal)
        case "$ne": self = .compare(.notEqual)
        case "$gt": self = .compare(.greater)
        case "$gte": self = .compare(.greaterOrEqual)
        case "$lt": self = .compare(.less)
        case "$lte": self = .compare(.lessOrEqual)
        case "$in": self = .among
        case "$nin": self = .notAmong
        case "$like": self = .like(ignoresCase: false)
        case "$ilike": self = .like(ignoresCase: true)
        case "$contains": self = .contains(ignoresCase: false)
        case "$icontains": self = .contains(ignoresCase: true)
        case "$startsWith": self = .startsWith
        case "$endsWith": self = .endsWith
        case "$between": self = .between
        case "$null": self = .null
        case "$includes": self = .includes
        case "$excludes": self = .excludes
        default: return nil
        }
    }

    /// Nil for `during`, whose meaning lies in its date word.
    init?(_ name: FilterOperator) {
        switch name {
        case .equals: self = .compare(.equal)
        case .notEquals: self = .compare(.notEqual)
        case .greaterThan: self = .compare(.greater)
        case .greaterThanOrEqual: self = .compare(.greaterOrEqual)
        case .lessThan: self = .compare(.less)
        case .lessThanOrEqual: self = .compare(.lessOrEqual)
        case .in: self = .among
        case .notIn: self = .notAmong
        case .contains: self = .contains(ignoresCase: false)
        case .notContains: self = .notContains
        case .startsWith: self = .startsWith
        case .endsWith: self = .endsWith
        case .between: self = .between
        case .isNull: self = .null
        case .isNotNull: self = .notNull
        case .includes: self = .includes
        case .excludes: self = .excludes
        case .during: return nil
        }
    }
}

extension FilterVerb {
    func filter(_ term: Term, _ part: Part, _ names: GroupNames?) throws(QueryProblem) -> Filter {
        switch self {
        case .compare(let comparator): return .compare(term, comparator, try Operand(part, names: names), part.place)
        case .among: return try among(term, part, names)
        case .notAmong: return .not(try among(term, part, names))
        case .between: return try between(term, part, names)
        case .null, .notNull:
            let wanted = part.json.isNull ? true : try part.bool()
            let isNull = if case .null = self { wanted } else { !wanted }
            return .compare(term, isNull ? .equal : .notEqual, .value(.null), part.place)
        case .includes: return try includes(term, part)
        case .excludes: return .not(try includes(term, part))
        case .like(let ignoresCase):
            if let argument = try part.argument() {
                return .given(term, ignoresCase ? .like : .likeBinary, argument, part.place)
            }
            guard let pattern = TextPattern(like: try part.text("A pattern"), ignoresCase: ignoresCase) else {
                throw part.malformed("The pattern ends with a lone backslash", hint: "Write \\\\ for a backslash")
            }
            return .matches(term, pattern, part.place)
        case .contains(let ignoresCase):
            var pattern = TextPattern.contains(try part.text())
            pattern.ignoresCase = ignoresCase
            return .matches(term, pattern, part.place)
        case .notContains: return .not(.matches(term, .contains(try part.text()), part.place))
        case .startsWith: return .matches(term, .starts(with: try part.text()), part.place)
        case .endsWith: return .matches(term, .ends(with: try part.text()), part.place)
        }
    }

    private func among(_ term: Term, _ part: Part, _ names: GroupNames?) throws(QueryProblem) -> Filter {
        if let argument = try part.argument() { return .among(term, [.argument(argument)], part.place) }
        if case .object = part.json { return .within(term, try Query(part), part.place) }
        return .among(term, try operands(part, names), part.place)
    }

    private func includes(_ term: Term, _ part: Part) throws(QueryProblem) -> Filter {
        if let argument = try part.argument() { return .given(term, .includes, argument, part.place) }
        return .includes(term, try sets(part), part.place)
    }

    private func operands(_ part: Part, _ names: GroupNames?) throws(QueryProblem) -> [Operand] {
        try part.list("A list of values").mapping { part throws(QueryProblem) in try Operand(part, names: names) }
    }

    private func between(_ term: Term, _ part: Part, _ names: GroupNames?) throws(QueryProblem) -> Filter {
        let bounds = try part.list("A list of two values")
        guard bounds.count == 2 else { throw part.malformed("Two values were expected here: [lowest, highest]") }
        return .all([
            .compare(term, .greaterOrEqual, try Operand(bounds[0], names: names), bounds[0].place),
            .compare(term, .lessOrEqual, try Operand(bounds[1], names: names), bounds[1].place),
        ])
    }

    /// `"A"` or `["A", ["B", "C"]]`: A is chosen, or B and C are.
    private func sets(_ part: Part) throws(QueryProblem) -> [[String]] {
        if case .string(let text) = part.json { return [[text]] }
        return try part.list("A choice or a list of choices").mapping { entry throws(QueryProblem) in
            guard case .array = entry.json else { return [try entry.text("A choice")] }
            let set = try entry.list("Choices").mapping { choice throws(QueryProblem) in try choice.text("A choice") }
            guard !set.isEmpty else { throw entry.malformed("The set of choices is empty") }
            return set
        }
    }
}
