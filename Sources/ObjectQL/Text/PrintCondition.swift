extension TextPrinter {
    /// `WHERE` or `HAVING`; the parts of a long condition stand on lines of their own.
    mutating func condition(_ word: String, _ filter: Filter) throws(QueryProblem) {
        clause(word)
        let text = try self.text(of: filter, isInside: false)
        guard let width, text.count + word.count > width else { return write(text) }
        switch filter {
        case .all(let filters) where filters.count > 1: write(try lines(filters, "AND"))
        case .any(let filters) where filters.count > 1: write(try lines(filters, "OR"))
        default: write(text)
        }
    }

    private func lines(_ filters: [Filter], _ word: String) throws(QueryProblem) -> String {
        try filters.mapping { filter throws(QueryProblem) in try text(of: filter, isInside: true) }.joined(
            separator: "\n  \(word) ")
    }

    func text(of filter: Filter, isInside: Bool) throws(QueryProblem) -> String {
        switch filter {
        case .all([]): return "TRUE"
        case .any([]): return "FALSE"
        case .all(let filters): return try joined(filters, " AND ", isInside)
        case .any(let filters): return try joined(filters, " OR ", isInside)
        case .not(.among(let term, let operands, let place)): return try among(term, "NOT IN", operands, place)
        case .not(.within(let term, let query, let place)): return try within(term, "NOT IN", query, place)
        case .not(.includes(let term, let sets, let place)): return try includes(term, "EXCLUDES", sets, place)
        case .not(.given(let term, .includes, let argument, let place)):
            return "\(try self.term(term, at: place)) EXCLUDES \(argument)"
        case .not(let inner): return "NOT \(try text(of: inner, isInside: true))"
        case .compare(let term, let comparator, let other, let place):
            return "\(try self.term(term, at: place)) \(comparator.spelling) \(try operand(other))"
        case .among(let term, let operands, let place): return try among(term, "IN", operands, place)
        case .matches(let term, let pattern, let place):
            let word = pattern.ignoresCase ? "LIKE" : "LIKE BINARY"
            return "\(try self.term(term, at: place)) \(word) \(pattern.escaped.inQuotes(isPattern: true))"
        case .includes(let term, let sets, let place): return try includes(term, "INCLUDES", sets, place)
        case .given(let term, let comparison, let argument, let place):
            return "\(try self.term(term, at: place)) \(comparison.spelling) \(argument)"
        case .within(let term, let query, let place): return try within(term, "IN", query, place)
        case .changed(let change, let place): return try changed(change, place)
        }
    }

    private func joined(_ filters: [Filter], _ word: String, _ isInside: Bool) throws(QueryProblem) -> String {
        let text = try filters.mapping { filter throws(QueryProblem) in try self.text(of: filter, isInside: true) }.joined(
            separator: word)
        return isInside ? "(\(text))" : text
    }

    private func among(_ term: Term, _ word: String, _ operands: [Operand], _ place: Place) throws(QueryProblem) -> String {
        let left = "\(try self.term(term, at: place)) \(word) "
        if operands.isEmpty { return left + ":()" }
        if case .argument(let argument) = operands[0], operands.count == 1 { return left + argument.description }
        return left + "(" + (try operands.mapping { value throws(QueryProblem) in try operand(value) }.joined(separator: ", "))
            + ")"
    }

    private func within(_ term: Term, _ word: String, _ query: Query, _ place: Place) throws(QueryProblem) -> String {
        var inside = TextPrinter()
        try inside.print(query)
        return "\(try self.term(term, at: place)) \(word) (\(inside.text))"
    }

    private func includes(_ term: Term, _ word: String, _ sets: [[String]], _ place: Place) throws(QueryProblem) -> String {
        let left = "\(try self.term(term, at: place)) \(word) "
        if sets.isEmpty { return left + ":()" }
        for choice in sets.joined() where choice.contains(";") {
            throw QueryProblem(
                "not_queryable", "The choice \"\(choice.prefix(60))\" has a semicolon, which separates choices here", at: place)
        }
        return left + "(" + sets.map { $0.joined(separator: ";").inQuotes() }.joined(separator: ", ") + ")"
    }

    private func changed(_ change: Change, _ place: Place) throws(QueryProblem) -> String {
        var text = "CHANGED(\(try path(change.field, at: place))"
        if let from = change.from { text += " FROM \(try operand(from))" }
        if let to = change.to { text += " TO \(try operand(to))" }
        text += ")"
        if let during = change.during { text += " DURING \(try operand(during))" }
        return text
    }
}

extension Comparator {
    var spelling: String {
        switch self {
        case .equal: "="
        case .notEqual: "!="
        case .less: "<"
        case .lessOrEqual: "<="
        case .greater: ">"
        case .greaterOrEqual: ">="
        }
    }
}

extension GivenComparison {
    fileprivate var spelling: String {
        switch self {
        case .like: "LIKE"
        case .likeBinary: "LIKE BINARY"
        case .includes: "INCLUDES"
        }
    }
}

extension TextPattern {
    /// The pattern with a backslash before what is literal.
    var escaped: String {
        pieces.map { piece in
            switch piece {
            case .any: "%"
            case .one: "_"
            case .text(let text): String(text.flatMap { "%_\\".contains($0) ? ["\\", $0] : [$0] })
            }
        }.joined()
    }
}
