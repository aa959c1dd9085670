import SQL
import Values

extension Resolver {
    mutating func condition(_ filter: Filter, depth: Int = 0) throws(QueryProblem) -> Condition {
        switch filter {
        case .all(let filters): return .all(try conditions(filters, depth))
        case .any(let filters): return .any(try conditions(filters, depth))
        case .not(let inner):
            try scope.limits.check(.nesting, depth + 1, at: .filters)
            return .not(try condition(inner, depth: depth + 1))
        case .compare(let term, let comparator, let operand, let place):
            let term = try comparable(term, at: place)
            return try compare(term, comparator, operand, at: place)
        case .among(let term, let operands, let place):
            let term = try comparable(term, at: place)
            return try among(term, operands, at: place)
        case .matches(let term, let pattern, let place):
            let term = try comparable(term, at: place)
            return try matches(term, pattern, at: place)
        case .includes(let term, let sets, let place):
            let term = try comparable(term, at: place)
            return try includes(term, sets, at: place)
        case .within(let term, let query, let place):
            let term = try comparable(term, at: place)
            return try within(term, query, depth: depth, at: place)
        case .given(_, _, let argument, _): throw QueryProblem(unbound: argument)
        case .changed(let change, let place):
            try spend(.conditions, at: place)
            return try changed(change, at: place)
        }
    }

    private mutating func conditions(_ filters: [Filter], _ depth: Int) throws(QueryProblem) -> [Condition] {
        try scope.limits.check(.nesting, depth + 1, at: .filters)
        var conditions: [Condition] = []
        for filter in filters { conditions.append(try condition(filter, depth: depth + 1)) }
        return conditions
    }

    private mutating func comparable(_ term: Term, at place: Place) throws(QueryProblem) -> ResolvedTerm {
        try spend(.conditions, at: place)
        let resolved = try resolve(term, at: place)
        guard !resolved.isEncrypted else { throw resolved.encrypted("nothing can be compared with it", at: place) }
        return resolved
    }

    private mutating func compare(
        _ term: ResolvedTerm, _ comparator: Comparator, _ operand: Operand, at place: Place
    ) throws(QueryProblem) -> Condition {
        if case .list = term.type { return try compareChoices(term, comparator, operand, at: place) }
        let bound = try bound(operand, for: term, at: place)
        if !comparator.isEquality, !term.type.isOrdered {
            throw QueryProblem("bad_operator", "\(term.name) is \(term.type.kind): it has no order", at: place)
        }
        return try bound.condition(term, comparator, at: place)
    }

    /// A choice of several equals what holds exactly the same choices.
    private mutating func compareChoices(
        _ term: ResolvedTerm, _ comparator: Comparator, _ operand: Operand, at place: Place
    ) throws(QueryProblem) -> Condition {
        guard comparator.isEquality else {
            throw QueryProblem("bad_operator", "\(term.name) is \(term.type.kind): it has no order", at: place)
        }
        let equal: Condition
        switch operand {
        case .value(.null), .value(.text("")), .value(.list([])): equal = .isNull(term.expr)
        case .value(.text(let text)): equal = try chosen(term, [text], at: place)
        case .value(.list(let items)): equal = try chosen(term, items, at: place)
        default:
            throw QueryProblem(
                "bad_value", "\(term.name) is \(term.type.kind) and cannot be compared with this", at: place,
                hint: "$includes and $excludes take choices")
        }
        return comparator == .equal ? equal : .not(equal)
    }

    private mutating func chosen(_ term: ResolvedTerm, _ choices: [String], at place: Place) throws(QueryProblem) -> Condition {
        .all([.choices(term.expr, Set(choices).count), try includesAll(term, choices, at: place)])
    }

    private mutating func includesAll(
        _ term: ResolvedTerm, _ choices: [String], at place: Place
    ) throws(QueryProblem) -> Condition {
        .all(
            try choices.mapping { choice throws(QueryProblem) in
                try spend(.values, at: place)
                return .includes(term.expr, [try checked(choice, at: place)])
            })
    }

    private mutating func among(_ term: ResolvedTerm, _ operands: [Operand], at place: Place) throws(QueryProblem) -> Condition {
        var (values, others): ([Bind], [Condition]) = ([], [])
        for (index, operand) in operands.enumerated() {
            try spend(.values, at: place)
            if case .list = term.type {
                others.append(try compareChoices(term, .equal, operand, at: place[index]))
                continue
            }
            if case .argument(let argument) = operand {
                others.append(try among(term, argument))
                continue
            }
            let bound = try bound(operand, for: term, at: place[index])
            if case .exact(let bind) = bound {
                values.append(bind)
            } else {
                others.append(try bound.condition(term, .equal, at: place[index]))
            }
        }
        if others.isEmpty { return .among(term.expr, values) }
        return .any((values.isEmpty ? [] : [.among(term.expr, values)]) + others)
    }

    /// Among the texts or ids of a list that is given when the statement runs; other lists must be known.
    private mutating func among(_ term: ResolvedTerm, _ argument: BindVariable) throws(QueryProblem) -> Condition {
        guard term.type == .id || term.type == .text else { throw QueryProblem(unbound: argument) }
        open.append(OpenArgument(name: argument.name, type: term.type, isList: true))
        return .amongArgument(term.expr, argument.name, isID: term.type == .id)
    }

    /// Databases limit how long a pattern may be.
    private static let longestPattern = 10_000

    private func matches(_ term: ResolvedTerm, _ pattern: TextPattern, at place: Place) throws(QueryProblem) -> Condition {
        guard case .text = term.type else {
            var hint: String?
            if case .list = term.type { hint = "$includes finds a choice" }
            throw QueryProblem(
                "bad_operator", "\(term.name) is \(term.type.kind): only texts can be matched", at: place, hint: hint)
        }
        var length = 0
        for case .text(let text) in pattern.pieces { length += try checked(text, at: place).utf8.count }
        guard length <= Resolver.longestPattern else {
            throw QueryProblem("bad_value", "The text to look for is longer than \(Resolver.longestPattern) bytes", at: place)
        }
        return pattern.pieces.isEmpty ? .isNull(term.expr) : .matches(term.expr, pattern)
    }

    private mutating func includes(_ term: ResolvedTerm, _ sets: [[String]], at place: Place) throws(QueryProblem) -> Condition {
        guard case .list = term.type else {
            throw QueryProblem(
                "bad_operator", "\(term.name) is \(term.type.kind): only a choice of several includes something", at: place)
        }
        var (single, others): ([String], [Condition]) = ([], [])
        for set in sets {
            if set.count == 1 {
                try spend(.values, at: place)
                single.append(try checked(set[0], at: place))
            } else {
                others.append(try includesAll(term, set, at: place))
            }
        }
        return .any((single.isEmpty ? [] : [.includes(term.expr, single)]) + others)
    }

}

/// A text that the databases can hold.
func checked(_ text: String, at place: Place) throws(QueryProblem) -> String {
    guard !text.utf8.contains(0) else {
        throw QueryProblem("bad_value", "A text cannot hold the character U+0000", at: place)
    }
    return text
}

extension ResolvedTerm {
    /// The refusal of anything but reading an encrypted field.
    func encrypted(_ consequence: String, _ code: String = "bad_operator", at place: Place) -> QueryProblem {
        QueryProblem(
            code, "\(name) is encrypted: \(consequence)", at: place,
            hint: "Equal values are encrypted differently, so a database cannot compare them; the field can only be read")
    }
}

extension Place {
    fileprivate static let filters = Place("filters")
}

extension Comparator {
    var isEquality: Bool { self == .equal || self == .notEqual }
}

extension ColumnType {
    /// What such a value is, in the words of an error message.
    var kind: String {
        switch self {
        case .id: "an id"
        case .text: "a text"
        case .integer, .real, .decimal: "a number"
        case .boolean: "a checkbox (true or false)"
        case .date: "a date"
        case .datetime: "a datetime"
        case .time: "a time"
        case .list: "a choice of several"
        case .json, .bytes: "a document"
        }
    }

    var isOrdered: Bool {
        switch self {
        case .boolean, .list, .json, .bytes: false
        default: true
        }
    }

    var isNumeric: Bool {
        switch self {
        case .integer, .real, .decimal: true
        default: false
        }
    }

    /// Can values be put into groups, and told apart?
    var isGroupable: Bool {
        switch self {
        case .list, .json, .bytes: false
        default: true
        }
    }
}
