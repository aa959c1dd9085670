extension TextPrinter {
    func selections(_ query: Query) throws(QueryProblem) -> [String] {
        let isBare = query.select.count == 1 && query.groupBy.isEmpty
        var entries = try query.select.mapping { entry throws(QueryProblem) in try selection(entry, isBare, at: query.place) }
        let hasFields = query.select.contains { if case .children = $0 { false } else { true } }
        if !hasFields { entries.insert("FIELDS(DEFAULT)", at: 0) }
        return entries
    }

    private func selection(_ selection: Selection, _ isBare: Bool, at place: Place) throws(QueryProblem) -> String {
        switch selection {
        case .term(.aggregate(.count, nil), nil, _) where isBare: return "COUNT()"
        case .term(let term, let alias, let place):
            let text = try self.term(term, at: place)
            return try alias.map { alias throws(QueryProblem) in "\(text) \(try name(alias, at: place))" } ?? text
        case .fields(let set, _): return "FIELDS(\(set.rawValue))"
        case .typeOf(let typeOf, let place): return try text(of: typeOf, at: place)
        case .children(let query):
            var inside = TextPrinter(width: width)
            try inside.print(query)
            let isShort = inside.text.count + 4 <= width ?? .max
            return "(\(isShort ? inside.text.replacing("\n", with: " ") : inside.text))"
        }
    }

    private func text(of typeOf: TypeOf, at place: Place) throws(QueryProblem) -> String {
        func fields(_ paths: [FieldPath]) throws(QueryProblem) -> String {
            try paths.mapping { path throws(QueryProblem) in try self.path(path, at: place) }.joined(separator: ", ")
        }
        var text = "TYPEOF \(try path(typeOf.parent, at: place))"
        for entry in typeOf.cases { text += " WHEN \(try name(entry.object, at: place)) THEN \(try fields(entry.fields))" }
        if !typeOf.otherwise.isEmpty { text += " ELSE \(try fields(typeOf.otherwise))" }
        return text + " END"
    }
}
