import Values

// The parts of the JSON form that the text form's rarer clauses have.

extension Query {
    mutating func readClauses(_ part: Part) throws(QueryProblem) {
        if let part = part.member("scope") { scope = try part.choice() }
        if let part = part.member("mode") { mode = try part.choice() }
        asOf = try part.member("asOf").map { part throws(QueryProblem) in try Operand(moment: part) }
        guard let list = part.member("categories") else { return }
        categories = try list.list("A list of categories").mapping { part throws(QueryProblem) in try CategoryCondition(part) }
    }
}

extension Operand {
    /// A day, a moment, a date word, or `{"$bind": "name"}`.
    init(moment part: Part) throws(QueryProblem) {
        if let argument = try part.argument() {
            self = .argument(argument)
        } else {
            self = .value(.text(try part.text("A day or a moment")))
        }
    }
}

extension CategoryCondition {
    /// `{"group": "Geography__c", "selector": "ABOVE", "categories": ["usa__c"]}`
    fileprivate init(_ part: Part) throws(QueryProblem) {
        try part.allow(["group", "selector", "categories"], in: "A category")
        guard let group = part.member("group"), let selector = part.member("selector"), let list = part.member("categories")
        else {
            throw part.malformed("A category needs group, selector and categories")
        }
        let names = try list.list("A list of categories").mapping { part throws(QueryProblem) in try part.text("A category") }
        self.init(group: try group.text("A category group"), selector: try selector.choice(), categories: names)
    }
}

extension Change {
    /// `{"field": "Stage", "from": "Negotiation", "to": "Closed Won", "during": "LAST_QUARTER"}`
    init(_ part: Part) throws(QueryProblem) {
        try part.allow(["field", "from", "to", "during"], in: "A change")
        guard let field = part.member("field") else { throw part.malformed("A change needs a field") }
        // A member that is null is a value here, not a missing one.
        func operand(_ name: String) throws(QueryProblem) -> Operand? {
            try part.json[name].map { json throws(QueryProblem) in try Operand(Part(json, at: part.place[name])) }
        }
        self.init(
            field: FieldPath(try field.text("The name of a field")), from: try operand("from"), to: try operand("to"),
            during: try part.member("during").map { part throws(QueryProblem) in try Operand(moment: part) })
    }
}
