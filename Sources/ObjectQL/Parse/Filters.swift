import Values

extension Filter {
    /// `{"Industry": "Technology", "Amount": {"$gt": 5}, "$or": [...]}`, or the list form `[{"field", "operator", "value"}]`.
    static func read(_ part: Part, names: GroupNames? = nil) throws(QueryProblem) -> Filter {
        if case .array = part.json { return try list(part, names: names) }
        var conditions: [Filter] = []
        for (name, value) in try part.object("Filters (an object or a list)") {
            conditions.append(try member(name, Part(value, at: part.place[name]), names))
        }
        return Filter(allOf: conditions)
    }

    init(allOf conditions: [Filter]) { self = conditions.count == 1 ? conditions[0] : .all(conditions) }
    init(anyOf conditions: [Filter]) { self = conditions.count == 1 ? conditions[0] : .any(conditions) }

    /// Nil for a filter that holds nothing.
    var unlessEmpty: Filter? { if case .all(let conditions) = self, conditions.isEmpty { nil } else { self } }

    private static func member(_ name: String, _ part: Part, _ names: GroupNames?) throws(QueryProblem) -> Filter {
        switch name {
        case "$and": return Filter(allOf: try several(part, names))
        case "$or": return Filter(anyOf: try several(part, names))
        case "$not": return .not(try read(part, names: names))
        case "$changed": return .changed(try Change(part), part.place)
        case _ where name.hasPrefix("$"):
            let known = ["$and", "$or", "$not", "$changed"]
            throw QueryProblem(
                unknown: "unknown_operator", "\(name) cannot stand where a field is expected", name, among: known, at: part.place)
        default: return try field(try Term(name, names, at: part.place), part, names)
        }
    }

    private static func several(_ part: Part, _ names: GroupNames?) throws(QueryProblem) -> [Filter] {
        try part.list("A list of filters").mapping { part throws(QueryProblem) in try read(part, names: names) }
    }

    /// What is said about one field: a value, or operators that must all hold.
    private static func field(_ term: Term, _ part: Part, _ names: GroupNames?) throws(QueryProblem) -> Filter {
        guard case .object(let operators) = part.json, !Operand.forms.contains(where: { operators.names == [$0] }) else {
            if case .array = part.json { throw part.expected("A value or an operator", hint: "Did you mean {\"$in\": [...]}?") }
            return .compare(term, .equal, try Operand(part, names: names), part.place)
        }
        guard !operators.isEmpty else { throw part.malformed("An operator is missing: {\"$gt\": 5}") }
        var conditions: [Filter] = []
        for (name, value) in operators {
            conditions.append(try condition(term, name, Part(value, at: part.place[name]), names))
        }
        return Filter(allOf: conditions)
    }

    private static func condition(_ term: Term, _ name: String, _ part: Part, _ names: GroupNames?) throws(QueryProblem) -> Filter
    {
        if name == "$not" { return .not(try field(term, part, names)) }
        guard let verb = FilterVerb(operator: name) else {
            throw QueryProblem(
                unknown: "unknown_operator", "\(name) is no operator", name, among: FilterVerb.operators, at: part.place)
        }
        return try verb.filter(term, part, names)
    }
}

extension Term {
    /// What a name stands for: a result of the groups, else a field.
    init(_ name: String, _ names: GroupNames?, at place: Place) throws(QueryProblem) {
        if let known = names?.term(name) {
            self = known
        } else if name.utf8.last == UInt8(ascii: ")") {
            try self.init(soql: name, at: place)
        } else {
            self = .field(FieldPath(name))
        }
    }

    init(_ part: Part, _ names: GroupNames?) throws(QueryProblem) {
        try self.init(try part.text("The name of a field"), names, at: part.place)
    }
}

extension Operand {
    /// What an object in the place of a value may be.
    static let forms = ["$field", "$bind", "$money"]

    /// A plain value, `$currentUser`, `{"$field": "Budget"}`, `{"$bind": "name"}` or `{"$money": "USD5000"}`.
    init(_ part: Part, names: GroupNames? = nil) throws(QueryProblem) {
        switch part.json {
        case .null: self = .value(.null)
        case .bool(let bool): self = .value(.bool(bool))
        case .number(let number): self = .value(.number(number))
        case .string(let text): self = Operand.isCurrentUser(text) ? .currentUser : .value(.text(text))
        case .array: throw part.expected("A value")
        case .object(let members):
            switch members.names {
            case ["$field"]: self = .term(try Term(Part(members.values[0], at: part.place["$field"]), names))
            case ["$bind"]: self = .argument(try part.argument() ?? "")
            case ["$money"]: self = try Operand(money: Part(members.values[0], at: part.place["$money"]))
            default: throw part.expected("A value", hint: "{\"$field\": \"Name\"} compares with a field")
            }
        }
    }

    /// `USD5000`
    private init(money part: Part) throws(QueryProblem) {
        let text = try part.text("An amount (USD5000)")
        guard let amount = Number(text.dropFirst(3)), text.utf8.prefix(3).allSatisfy(\.isLetter) else {
            throw part.malformed("A currency and an amount were expected here: USD5000")
        }
        self = .money(currency: text.prefix(3).uppercased(), amount)
    }

    static func isCurrentUser(_ text: String) -> Bool {
        text.utf8.first == UInt8(ascii: "$") && ["$currentuser", "$currentuser.id"].contains(text.lowercased())
    }
}
