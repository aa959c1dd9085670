package import Metadata
import Values

// The list form, as list views write it: `[{"field": "Stage", "operator": "notIn", "value": ["Closed Lost"]}]`.

extension Filter {
    static func list(_ part: Part, names: GroupNames?) throws(QueryProblem) -> Filter {
        Filter(allOf: try entries(part, names))
    }

    private static func entries(_ part: Part, _ names: GroupNames?) throws(QueryProblem) -> [Filter] {
        try part.list("A list of filters").mapping { part throws(QueryProblem) in try entry(part, names) }
    }

    private static func entry(_ part: Part, _ names: GroupNames?) throws(QueryProblem) -> Filter {
        let members = try part.object("A filter (an object)")
        if members.count == 1, let inner = part.member(members.names[0]) {
            switch members.names[0] {
            case "and": return Filter(allOf: try entries(inner, names))
            case "or": return Filter(anyOf: try entries(inner, names))
            case "not": return .not(inner.json.array == nil ? try entry(inner, names) : try list(inner, names: names))
            default: break
            }
        }
        try part.allow(["field", "operator", "value", "valueField"], in: "A filter")
        guard let field = part.member("field") else { throw part.malformed("A filter needs a field") }
        guard let verb = part.member("operator") else { throw part.malformed("A filter needs an operator") }
        let term = try Term(field, names)
        return try condition(term, try verb.text("An operator"), part, names)
    }

    private static func condition(_ term: Term, _ name: String, _ part: Part, _ names: GroupNames?) throws(QueryProblem) -> Filter
    {
        let value = Part(part.json["value"] ?? .null, at: part.place["value"])
        if let verb = FilterVerb(operator: name) ?? FilterOperator(spelled: name).flatMap({ FilterVerb($0) }) {
            guard let field = part.member("valueField") else { return try verb.filter(term, value, names) }
            return try verb.filter(term, Part(["$field": field.json], at: field.place), names)
        }
        if let word = DateWord(operator: name, value.json) {
            return .compare(term, .equal, .value(.text(word.description)), part.place["operator"])
        }
        let known = FilterOperator.allCases.map(\.rawValue) + DateWord.spellings
        throw QueryProblem(
            unknown: "unknown_operator", "\(name) is no operator", name, among: known, at: part.place["operator"])
    }
}

extension FilterOperator {
    /// Reads `notIn` and `not_in`.
    fileprivate init?(spelled name: String) {
        let plain = name.filter { $0 != "_" }.lowercased()
        guard let found = FilterOperator.allCases.first(where: { $0.rawValue.lowercased() == plain }) else { return nil }
        self = found
    }
}

extension DateWord {
    /// A date word in the place of an operator: `thisQuarter`, or `last_n_days` with the value 30.
    fileprivate init?(operator name: String, _ value: JSON) {
        let counted = value.number?.integer.flatMap { DateWord("\(name):\($0)") }
        guard let word = DateWord(name) ?? counted else { return nil }
        self = word
    }
}

extension Filter {
    /// The filter of a list view or a roll-up.
    package init(_ tree: FilterTree, place: Place = .top) {
        switch tree {
        case .all(let trees): self = Filter(allOf: trees.map { Filter($0, place: place) })
        case .any(let trees): self = .any(trees.map { Filter($0, place: place) })
        case .not(let tree): self = .not(Filter(tree, place: place))
        case .compare(let field, let name, let operand): self = Filter(.field(FieldPath(field)), name, operand, place)
        }
    }

    private init(_ term: Term, _ name: FilterOperator, _ operand: FilterOperand, _ place: Place) {
        let values = operand.operands
        let texts = values.compactMap { if case .value(.text(let text)) = $0 { text } else { nil } }
        let first = values.first ?? .value(.null)
        switch FilterVerb(name) {
        case nil: self = .compare(term, .equal, first, place)
        case .compare(let comparator): self = .compare(term, comparator, first, place)
        case .among: self = .among(term, values, place)
        case .notAmong: self = .not(.among(term, values, place))
        case .between:
            self = .all([
                .compare(term, .greaterOrEqual, first, place), .compare(term, .lessOrEqual, values.last ?? first, place),
            ])
        case .null: self = .compare(term, first == .value(.bool(false)) ? .notEqual : .equal, .value(.null), place)
        case .notNull: self = .compare(term, first == .value(.bool(false)) ? .equal : .notEqual, .value(.null), place)
        case .includes: self = .includes(term, texts.map { [$0] }, place)
        case .excludes: self = .not(.includes(term, texts.map { [$0] }, place))
        case .contains, .like: self = .matches(term, .contains(texts.first ?? ""), place)
        case .notContains: self = .not(.matches(term, .contains(texts.first ?? ""), place))
        case .startsWith: self = .matches(term, .starts(with: texts.first ?? ""), place)
        case .endsWith: self = .matches(term, .ends(with: texts.first ?? ""), place)
        }
    }
}

extension FilterOperand {
    fileprivate var operands: [Operand] {
        switch self {
        case .none: []
        case .value(.list(let items)): items.map { .value(.text($0)) }
        case .value(let value): [.value(value)]
        case .values(let values): values.map(Operand.value)
        case .range(let lowest, let highest): [.value(lowest), .value(highest)]
        case .currentUser: [.currentUser]
        case .dateWord(let word): [.value(.text(word.description))]
        case .field(let name): [.term(.field(FieldPath(name)))]
        }
    }
}
