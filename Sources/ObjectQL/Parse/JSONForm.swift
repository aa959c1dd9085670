import Values

extension Query {
    static let parts = [
        "object", "fields", "filters", "related", "groupBy", "aggregate", "having", "search", "orderBy", "limit", "offset",
        "cursor", "count", "deleted", "view", "scope", "asOf", "mode", "categories", "for",
    ]
    private static let childParts = ["fields", "filters", "related", "orderBy", "limit", "deleted", "for"]

    init(_ part: Part) throws(QueryProblem) {
        guard case .object = part.json else { throw part.expected("A query (an object)") }
        try part.allow(Query.parts, in: "A query")
        guard let object = part.member("object") else {
            throw QueryProblem("malformed", "A query needs an object: {\"object\": \"Account\", ...}", path: "object")
        }
        self.init(object: try object.text("The name of an object"))
        try read(part)
        try readGroups(part)
        search = try part.member("search")?.text()
        (offset, offsetArgument) = try part.member("offset")?.countOrArgument() ?? (0, nil)
        cursor = try part.member("cursor")?.text()
        wantsCount = try part.member("count")?.bool() ?? false
        view = try part.member("view")?.text("The name of a list view")
        try readClauses(part)
        settleNames()
    }

    /// The query of a has-many relationship.
    private init(children relationship: String, _ part: Part) throws(QueryProblem) {
        try part.allow(Query.childParts, in: "A related list")
        self.init(object: relationship, place: part.place)
        try read(part)
        select = try Query.fields(part.member("fields")) + select
        orderBy = try Query.orderings(part.member("orderBy"))
        settleNames()
    }

    /// What a query and a related list have in common.
    private mutating func read(_ part: Part) throws(QueryProblem) {
        filter = try part.member("filters").map { part throws(QueryProblem) in try Filter.read(part) }?.unlessEmpty
        if let count = try part.member("limit")?.countOrArgument() {
            (limit, limitArgument) = (count.argument == nil ? count.0 : nil, count.argument)
        }
        purposes =
            try part.member("for")?.list("A list of purposes").mapping { part throws(QueryProblem) in try part.choice() } ?? []
        deleted = try part.member("deleted").map { part throws(QueryProblem) in try DeletedRows(part) } ?? .hidden
        guard let related = part.member("related") else { return }
        for (name, value) in try related.object("Relationships (an object)") {
            select.append(.children(try Query(children: name, Part(value, at: related.place[name]))))
        }
    }

    static func fields(_ part: Part?) throws(QueryProblem) -> [Selection] {
        guard let part else { return [] }
        let fields = try part.list("A list of field names").mapping { entry throws(QueryProblem) in
            try Selection(entry, names: nil)
        }
        guard !fields.isEmpty else { throw part.malformed("The list of fields is empty", hint: "Leave it out for all fields") }
        return fields
    }

    static func orderings(_ part: Part?, names: GroupNames? = nil) throws(QueryProblem) -> [Ordering] {
        guard let part else { return [] }
        return try part.list("A list of orderings").mapping { entry throws(QueryProblem) in
            try Ordering.read(entry, names)
        }
    }
}

extension Ordering {
    /// `{"field": "Amount", "direction": "desc", "nulls": "last"}`, or the short form `-Amount`.
    fileprivate static func read(_ part: Part, _ names: GroupNames?) throws(QueryProblem) -> Ordering {
        if case .string(let text) = part.json { return try Ordering(text, names: names, place: part.place) }
        try part.allow(["field", "direction", "nulls"], in: "An ordering")
        guard let field = part.member("field") else { throw part.malformed("An ordering needs a field") }
        var ordering = Ordering(try Term(field, names), place: field.place)
        if let direction = part.member("direction") { ordering.descending = try direction.choice(["asc", "desc"]) == "desc" }
        if let nulls = part.member("nulls") { ordering.nulls = Nulls(rawValue: try nulls.choice(["first", "last"])) }
        return ordering
    }

    /// The short form: a field, with `-` before it for descending.
    init(_ text: String, names: GroupNames? = nil, place: Place) throws(QueryProblem) {
        let descending = text.hasPrefix("-")
        let term = try Term(descending ? String(text.dropFirst()) : text, names, at: place)
        self.init(term, descending: descending, place: place)
    }
}

extension DeletedRows {
    fileprivate init(_ part: Part) throws(QueryProblem) {
        switch part.json {
        case .bool(let bool): self = bool ? .included : .hidden
        case .string("only"): self = .only
        default: throw part.malformed("true, false or \"only\" was expected here")
        }
    }
}

extension Part {
    /// One of a few words, in any case.
    func choice(_ words: [String]) throws(QueryProblem) -> String {
        let word = try text().lowercased()
        guard words.contains(word) else { throw malformed("\(words.joined(separator: " or ")) was expected here") }
        return word
    }
}
