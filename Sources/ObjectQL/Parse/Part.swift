import Values

/// A part of a JSON request and where it stands.
struct Part {
    let json: JSON
    let place: Place

    init(_ json: JSON, at place: Place) { (self.json, self.place) = (json, place) }

    func malformed(_ message: String, hint: String? = nil) -> QueryProblem {
        QueryProblem("malformed", message, at: place, hint: hint)
    }

    func expected(_ what: String, hint: String? = nil) -> QueryProblem {
        malformed("\(what) was expected here, not \(json.kind)", hint: hint)
    }

    func text(_ what: String = "A text") throws(QueryProblem) -> String {
        guard case .string(let text) = json else { throw expected(what) }
        return text
    }

    func bool() throws(QueryProblem) -> Bool {
        guard case .bool(let bool) = json else { throw expected("true or false") }
        return bool
    }

    /// A whole number that is not negative.
    func count() throws(QueryProblem) -> Int {
        guard case .number(let number) = json, let count = number.integer, count >= 0 else {
            throw json.number == nil ? expected("A whole number") : malformed("A whole number from 0 was expected here")
        }
        return count
    }

    /// A whole number, or `{"$bind": "size"}`.
    func countOrArgument() throws(QueryProblem) -> (Int, argument: BindVariable?) {
        if let argument = try argument() { return (0, argument) }
        return (try count(), nil)
    }

    /// The name in `{"$bind": "name"}`; nil for anything else.
    func argument() throws(QueryProblem) -> BindVariable? {
        guard case .object(let members) = json, members.names == ["$bind"] else { return nil }
        return BindVariable(try Part(members.values[0], at: place["$bind"]).text("The name of a value"), at: place)
    }

    /// One of some words.
    func choice<Choice: CaseIterable & RawRepresentable<String>>() throws(QueryProblem) -> Choice {
        let word = try text()
        if let choice = Choice.allCases.first(where: { $0.rawValue.lowercased() == word.lowercased() }) { return choice }
        throw malformed("\(Choice.allCases.map(\.rawValue).listed) was expected here")
    }

    func list(_ what: String) throws(QueryProblem) -> [Part] {
        guard case .array(let items) = json else { throw expected(what) }
        return items.enumerated().map { Part($1, at: place[$0]) }
    }

    func object(_ what: String) throws(QueryProblem) -> JSON.Members {
        guard case .object(let members) = json else { throw expected(what) }
        return members
    }

    /// A member of an object; nil where it is missing or null.
    func member(_ name: String) -> Part? {
        guard let value = json[name], !value.isNull else { return nil }
        return Part(value, at: place[name])
    }

    /// Refuses names that the object may not have.
    func allow(_ names: [String], in what: String) throws(QueryProblem) {
        for (name, _) in try object("An object") where !names.contains(name) {
            throw QueryProblem(
                unknown: "unknown_key", "\(what) has no part \(name)", name, among: names, at: place[name],
                others: "Its parts are \(names.joined(separator: ", "))")
        }
    }
}

extension Sequence {
    /// `map` whose closure throws problems.
    func mapping<Result>(_ transform: (Element) throws(QueryProblem) -> Result) throws(QueryProblem) -> [Result] {
        var results: [Result] = []
        results.reserveCapacity(underestimatedCount)
        for element in self { results.append(try transform(element)) }
        return results
    }
}
