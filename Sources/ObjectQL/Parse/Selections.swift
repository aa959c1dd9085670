import Values

extension Selection {
    /// `"Name"`, `"FIELDS(ALL)"`, `{"field": "FORMAT(Amount)", "as": "Shown"}` or `{"typeof": "What", "when": {...}}`; in a grouped
    /// query also the name of a key or figure.
    init(_ part: Part, names: GroupNames?) throws(QueryProblem) {
        if case .string(let name) = part.json {
            if let entry = names?.entry(name) {
                self = .term(entry.term, as: entry.alias, part.place)
            } else if let set = FieldSet(function: name) {
                self = .fields(set, part.place)
            } else {
                self = .term(try Term(name, nil, at: part.place), as: nil, part.place)
            }
        } else if part.member("typeof") != nil {
            self = .typeOf(try TypeOf(part), part.place)
        } else {
            self = try Selection(named: part, names)
        }
    }

    private init(named part: Part, _ names: GroupNames?) throws(QueryProblem) {
        guard case .object = part.json else { throw part.expected("The name of a field") }
        try part.allow(["field", "as"], in: "A selected value")
        guard let field = part.member("field") else { throw part.malformed("A selected value needs a field") }
        let alias = try part.member("as").map { part throws(QueryProblem) in
            try (names ?? GroupNames()).checked(try part.text("A name"), at: part.place)
        }
        self = .term(try Term(field, names), as: alias, field.place)
    }
}

extension FieldSet {
    /// Reads `FIELDS(ALL)`.
    fileprivate init?(function text: String) {
        let text = text.uppercased()
        guard text.hasPrefix("FIELDS("), text.hasSuffix(")") else { return nil }
        self.init(rawValue: String(text.dropFirst(7).dropLast()))
    }
}

extension TypeOf {
    fileprivate init(_ part: Part) throws(QueryProblem) {
        try part.allow(["typeof", "when", "else"], in: "A typeof")
        guard let parent = part.member("typeof"), let when = part.member("when") else {
            throw part.malformed("A typeof needs when: {\"Account\": [\"Name\"]}")
        }
        self.init(parent: FieldPath(try parent.text("The name of a parent")), cases: [], otherwise: [])
        for (object, fields) in try when.object("Fields by object") {
            cases.append(Case(object: object, fields: try TypeOf.paths(Part(fields, at: when.place[object]))))
        }
        guard !cases.isEmpty else { throw when.malformed("No object is named here") }
        if let fields = part.member("else") { otherwise = try TypeOf.paths(fields) }
    }

    private static func paths(_ part: Part) throws(QueryProblem) -> [FieldPath] {
        let paths = try part.list("A list of field names").mapping { part throws(QueryProblem) in
            FieldPath(try part.text("The name of a field"))
        }
        guard !paths.isEmpty else { throw part.malformed("The list of fields is empty") }
        return paths
    }
}
