extension TextPrinter {
    mutating func print(_ query: Query) throws(QueryProblem) {
        write("SELECT ")
        try list(try selections(query))
        clause("FROM \(try name(query.object, at: query.place))")
        if let asOf = query.asOf { write(" AS OF \(try operand(asOf))") }
        try rows(query)
        try groups(query)
        try order(query.orderBy)
        try page(query)
    }

    private mutating func rows(_ query: Query) throws(QueryProblem) {
        if query.scope != .everything { clause("USING SCOPE \(query.scope.rawValue)") }
        if let view = query.view { clause("USING LISTVIEW = \(try name(view, at: query.place))") }
        if let search = query.search { clause("SEARCH \(search.inQuotes())") }
        if let filter = query.filter { try condition("WHERE ", filter) }
        if let mode = query.mode { clause("WITH \(mode.rawValue)") }
        if query.categories.isEmpty { return }
        clause("WITH DATA CATEGORY " + query.categories.map(\.soql).joined(separator: " AND "))
    }

    private mutating func groups(_ query: Query) throws(QueryProblem) {
        let keys = try query.groupBy.mapping { term throws(QueryProblem) in try self.term(term, at: query.place) }
        if !keys.isEmpty {
            clause("GROUP BY ")
            if query.grouping != .plain { write(query.grouping.rawValue.uppercased() + "(") }
            write(keys.joined(separator: ", "))
            if query.grouping != .plain { write(")") }
        } else if query.having != nil {
            clause("GROUP BY ()")
        }
        if let having = query.having { try condition("HAVING ", having) }
    }

    private mutating func order(_ orderings: [Ordering]) throws(QueryProblem) {
        if orderings.isEmpty { return }
        clause("ORDER BY ")
        let terms = try orderings.mapping { ordering throws(QueryProblem) in
            let nulls = ordering.nulls.map { " NULLS \($0.rawValue.uppercased())" } ?? ""
            return "\(try term(ordering.term, at: ordering.place))\(ordering.descending ? " DESC" : "")\(nulls)"
        }
        write(terms.joined(separator: ", "))
    }

    private mutating func page(_ query: Query) throws(QueryProblem) {
        if let argument = query.limitArgument {
            clause("LIMIT \(argument)")
        } else if let limit = query.limit {
            clause("LIMIT \(limit)")
        }
        if let argument = query.offsetArgument {
            clause("OFFSET \(argument)")
        } else if query.offset > 0 {
            clause("OFFSET \(query.offset)")
        }
        if let cursor = query.cursor { clause("CURSOR \(cursor.inQuotes())") }
        switch query.deleted {
        case .hidden: break
        case .included: clause("ALL ROWS")
        case .only: clause("DELETED ROWS")
        }
        if query.wantsCount { clause("COUNT ROWS") }
        for purpose in query.purposes { clause(purpose.rawValue) }
    }

    mutating func print(_ find: Find) throws(QueryProblem) {
        let words = find.text.filter { $0 != "}" && $0 != "\\" }
        write("FIND {\(words)}")
        if find.group != .all { write(" IN \(find.group.rawValue) FIELDS") }
        if !find.queries.isEmpty {
            clause("RETURNING ")
            try list(try find.queries.mapping { query throws(QueryProblem) in try found(query) })
        }
        if let limit = find.limit { clause("LIMIT \(limit)") }
    }

    private func found(_ query: Query) throws(QueryProblem) -> String {
        var inside = TextPrinter()
        inside.write(try name(query.object, at: query.place) + "(" + (try selections(query)).joined(separator: ", "))
        if let view = query.view { inside.clause("USING LISTVIEW = \(try name(view, at: query.place))") }
        if let filter = query.filter { try inside.condition("WHERE ", filter) }
        try inside.order(query.orderBy)
        try inside.page(query)
        return inside.text + ")"
    }
}

extension CategoryCondition {
    fileprivate var soql: String {
        let list = categories.joined(separator: ", ")
        return "\(group) \(selector.rawValue) \(categories.count == 1 ? list : "(\(list))")"
    }
}
