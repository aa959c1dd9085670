import Values

/// The names under which a grouped query's keys and figures are known in `fields`, `having` and `orderBy`.
struct GroupNames {
    private(set) var entries: [(name: String, term: Term, alias: String?, place: Place)] = []

    mutating func append(_ term: Term, alias: String?, path: FieldPath?, at place: Place) throws(QueryProblem) {
        let name = alias ?? (path.map { _ in term.name } ?? "")
        guard !entries.contains(where: { $0.name.lowercased() == name.lowercased() }) else {
            throw QueryProblem("bad_group", "The name \(name) is given twice", at: place, hint: "Name one of them with \"as\"")
        }
        entries.append((name, term, alias, place))
    }

    func entry(_ name: String) -> (name: String, term: Term, alias: String?, place: Place)? {
        let name = name.lowercased()
        return entries.first { $0.name.lowercased() == name }
    }

    func term(_ name: String) -> Term? { entry(name)?.term }
}

extension Query {
    /// `groupBy`, `aggregate` and what names their results; without them, plain `fields` and `orderBy`.
    mutating func readGroups(_ part: Part) throws(QueryProblem) {
        let keys = try part.member("groupBy").map { part throws(QueryProblem) in try sets(part) }
        let names = try GroupNames(keys: keys, figures: part.member("aggregate"))
        guard !names.entries.isEmpty else {
            select = try Query.fields(part.member("fields")) + select
            if let part = part.member("having") {
                guard isGrouped else { throw part.malformed("having needs groupBy or aggregate") }
                having = try Filter.read(part).unlessEmpty
            }
            return orderBy = try Query.orderings(part.member("orderBy"))
        }
        groupBy = names.entries.compactMap { if case .aggregate = $0.term { nil } else { $0.term } }
        select = try names.selections(part.member("fields")) + select
        having = try part.member("having").map { part throws(QueryProblem) in try Filter.read(part, names: names) }?.unlessEmpty
        orderBy = try Query.orderings(part.member("orderBy"), names: names)
    }
}

extension Query {
    /// `["Stage"]`, `{"rollup": ["Stage"]}` or `{"cube": ["Stage"]}`: the keys.
    private mutating func sets(_ part: Part) throws(QueryProblem) -> Part {
        guard case .object(let members) = part.json else { return part }
        guard members.count == 1, let grouping = Grouping(rawValue: members.names[0]), grouping != .plain else {
            throw part.malformed("A list of fields was expected here, or {\"rollup\": [...]} or {\"cube\": [...]}")
        }
        self.grouping = grouping
        return Part(members.values[0], at: part.place[members.names[0]])
    }
}

extension GroupNames {
    fileprivate init(keys: Part?, figures: Part?) throws(QueryProblem) {
        if let keys { for entry in try keys.list("A list of fields") { try append(key: entry) } }
        guard let figures else { return }
        for (alias, value) in try figures.object("Figures (an object)") {
            try append(figure: Part(value, at: figures.place[alias]), alias: alias)
        }
    }

    /// `"Stage"` or `{"field": "CloseDate", "by": "month", "as": "Month"}`.
    private mutating func append(key part: Part) throws(QueryProblem) {
        if case .string(let text) = part.json {
            return try append(try Term(text, nil, at: part.place), alias: nil, path: FieldPath(text), at: part.place)
        }
        try part.allow(["field", "by", "as"], in: "A group key")
        guard let field = part.member("field") else { throw part.malformed("A group key needs a field") }
        let path = FieldPath(try field.text("The name of a field"))
        let alias = try part.member("as").map { part throws(QueryProblem) in try checked(try part.text("A name"), at: part.place)
        }
        guard let by = part.member("by") else {
            return try append(try Term(field, nil), alias: alias, path: path, at: field.place)
        }
        let unit = try by.choice(GroupNames.units.map(\.rawValue))
        try append(.period(DateWord.Unit(rawValue: unit) ?? .day, path), alias: alias, path: path, at: field.place)
    }

    private static let units: [DateWord.Unit] = [.day, .week, .month, .quarter, .year]

    /// `"total": {"$sum": "Amount"}`; `{"$count": "*"}` counts rows.
    private mutating func append(figure part: Part, alias name: String) throws(QueryProblem) {
        let alias = try checked(name, at: part.place)
        let members = try part.object("A figure ({\"$sum\": \"Amount\"})")
        guard members.count == 1, let (name, _) = members.first else {
            throw part.malformed("One figure was expected here: {\"$sum\": \"Amount\"}")
        }
        let operand = Part(members.values[0], at: part.place[name])
        guard name.hasPrefix("$"), let function = AggregateFunction(rawValue: String(name.dropFirst())) else {
            let known = AggregateFunction.allCases.map { "$" + $0.rawValue }
            throw QueryProblem(unknown: "unknown_operator", "\(name) is no figure", name, among: known, at: operand.place)
        }
        let field = try operand.text("The name of a field")
        guard field != "*" || function == .count else { throw operand.malformed("Only $count counts \"*\"; name a field") }
        let path = field == "*" || function == .count && FieldPath(field).isOwnID ? nil : FieldPath(field)
        try append(.aggregate(function, path), alias: alias, path: nil, at: operand.place)
    }

    func checked(_ name: String, at place: Place) throws(QueryProblem) -> String {
        guard name.utf8.count <= 64, name.utf8.first?.isDigit == false, name.utf8.allSatisfy(\.isPartOfName) else {
            throw QueryProblem(
                "malformed", "\(name) cannot be the name of a result", at: place,
                hint: "Names hold letters, digits and _, begin with no digit and have at most 64 characters")
        }
        return name
    }

    /// The results in the order of `fields`; without it, keys and then figures.
    fileprivate func selections(_ fields: Part?) throws(QueryProblem) -> [Selection] {
        guard let fields else { return entries.map { .term($0.term, as: $0.alias, $0.place) } }
        return try fields.list("A list of names").mapping { part throws(QueryProblem) in try Selection(part, names: self) }
    }
}
