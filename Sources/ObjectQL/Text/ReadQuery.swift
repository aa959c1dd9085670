import Values

extension TextParser {
    mutating func question() throws(QueryProblem) -> TextQuery {
        if accept(.explain) { return .explain(try query()) }
        if isAt(.find) { return .find(try find()) }
        return .query(try query())
    }

    mutating func query() throws(QueryProblem) -> Query {
        try expect(.select)
        var query = Query(object: "")
        query.select = try selections()
        try readObject(into: &query)
        try readRows(into: &query)
        try readGroups(into: &query)
        try readOrder(into: &query)
        try readPage(into: &query)
        try readEnd(into: &query)
        try settle(&query)
        return query
    }

    /// The query of a has-many relationship.
    mutating func children() throws(QueryProblem) -> Query {
        level += 1
        defer { level -= 1 }
        guard level <= 5 else { throw problem("Children were expected at most 5 levels down") }
        let outer = aliases
        defer { aliases = outer }
        aliases = [:]
        try expect(.select)
        var query = Query(object: "")
        query.select = try selections()
        try readObject(into: &query)
        if accept(.where) { query.filter = try condition().unlessEmpty }
        try readOrder(into: &query)
        if accept(.limit) { (query.limit, query.limitArgument) = try count() }
        query.deleted = acceptDeletedRows() ?? .hidden
        query.purposes = try purposes()
        try settle(&query)
        return query
    }

    /// `SELECT AccountId FROM Contact WHERE ...`: one field, whose values are compared with.
    mutating func values() throws(QueryProblem) -> Query {
        let outer = aliases
        defer { aliases = outer }
        aliases = [:]
        try expect(.select)
        var query = Query(object: "")
        let place = token.place
        query.select = [.term(.field(try path()), as: nil, place)]
        if token.kind == .comma { throw problem("FROM was expected: a query to compare with selects one field") }
        try readObject(into: &query)
        if accept(.where) { query.filter = try condition().unlessEmpty }
        try settle(&query)
        return query
    }

    /// FROM, with the object's other names and whose records are meant.
    private mutating func readObject(into query: inout Query) throws(QueryProblem) {
        try expect(.from)
        query.place = token.place
        var names = try path("an object").names
        guard level > 0 || names.count == 1 else { throw problem("The name of an object was expected") }
        query.object = names.removeLast()
        try readAs(into: &query)
        if let alias = objectAlias() { aliases[alias.lowercased()] = [] }
        while accept(.comma) {
            // Old notation: `FROM Contact c, c.Account a`, where `a` is short for a path.
            let path = try path("a path")
            guard let alias = objectAlias() else { throw unexpected("a short name for the path") }
            aliases[alias.lowercased()] = expanded(path).names
        }
    }

    /// `AS a` is another name, `AS OF '2026-03-31'` a time.
    private mutating func readAs(into query: inout Query) throws(QueryProblem) {
        guard isAt(.as) else { return }
        if following.keyword == .of {
            advance()
            advance()
            query.asOf = try moment()
        } else {
            advance()
            if !isAtName { throw unexpected("a short name for the object") }
        }
    }

    private mutating func objectAlias() -> String? {
        // A second word after these makes them clauses.
        let isClause: Bool =
            switch token.keyword {
            case .all?, .deleted?, .count?: following.keyword == .rows
            case .search?, .cursor?: following.kind == .text
            case .for?, .update?, .offset?: true
            default: false
            }
        return isClause ? nil : alias(unless: [.where, .order, .group, .limit, .offset, .all, .for, .using, .with])
    }

    /// What FIND asks of each object.
    mutating func readFound(into query: inout Query) throws(QueryProblem) {
        if accept(.using) {
            try expect(.listview)
            try expect(.equal)
            query.view = try name("the name of a list view")
        }
        if accept(.where) { query.filter = try condition().unlessEmpty }
        try readOrder(into: &query)
        try readPage(into: &query)
    }

    /// Whose records, and which of them.
    private mutating func readRows(into query: inout Query) throws(QueryProblem) {
        while accept(.using) {
            if accept(.scope) {
                query.scope = try accept(oneOf: Ownership.self, "A scope")
            } else {
                try expect(.listview)
                try expect(.equal)
                query.view = try name("the name of a list view")
            }
        }
        if accept(.search) { query.search = try text("the words to search for") }
        if accept(.where) { query.filter = try condition().unlessEmpty }
        while accept(.with) { try readWith(into: &query) }
    }

    private mutating func readWith(into query: inout Query) throws(QueryProblem) {
        if accept(.data) {
            try expect(.category)
            repeat { query.categories.append(try category()) } while accept(.and)
        } else if accept(.securityEnforced) {
            query.mode = .securityEnforced
        } else if accept(.userMode) {
            query.mode = .user
        } else if accept(.systemMode) {
            query.mode = .system
        } else {
            throw unexpected()
        }
    }

    private mutating func category() throws(QueryProblem) -> CategoryCondition {
        let group = try name("a category group")
        let selector = try accept(oneOf: CategoryCondition.Selector.self, "A selector")
        guard accept(.leftParenthesis) else {
            return CategoryCondition(group: group, selector: selector, categories: [try name("a category")])
        }
        let categories = try list { parser throws(QueryProblem) in try parser.name("a category") }
        try expect(.rightParenthesis)
        return CategoryCondition(group: group, selector: selector, categories: categories)
    }

    private mutating func readGroups(into query: inout Query) throws(QueryProblem) {
        guard accept(.group, .by) else { return }
        if token.keyword == .rollup || token.keyword == .cube, following.kind == .leftParenthesis {
            query.grouping = token.keyword == .rollup ? .rollup : .cube
            advance()
            query.groupBy = try parenthesised { parser throws(QueryProblem) in try parser.keys() }
        } else if token.kind == .leftParenthesis, following.kind == .rightParenthesis {
            // One group of all rows, so that HAVING has something to stand on.
            advance()
            advance()
        } else {
            query.groupBy = try keys()
        }
        if accept(.having) { query.having = try condition().unlessEmpty }
    }

    private mutating func keys() throws(QueryProblem) -> [Term] {
        try list { parser throws(QueryProblem) in
            let place = parser.token.place
            let term = try parser.term()
            if term.isFigure { throw QueryProblem("malformed", "\(term.soql) cannot be grouped by", at: place) }
            return term
        }
    }

    private mutating func readOrder(into query: inout Query) throws(QueryProblem) {
        guard accept(.order, .by) else { return }
        query.orderBy = try list { parser throws(QueryProblem) in
            var ordering = Ordering(.field(""), place: parser.token.place)
            ordering.term = try parser.term()
            if parser.accept(.desc) { ordering.descending = true } else { _ = parser.accept(.asc) }
            if parser.accept(.nulls) {
                if parser.accept(.first) {
                    ordering.nulls = .first
                } else {
                    try parser.expect(.last)
                    ordering.nulls = .last
                }
            }
            return ordering
        }
    }

    private mutating func readPage(into query: inout Query) throws(QueryProblem) {
        if accept(.limit) { (query.limit, query.limitArgument) = try count() }
        if accept(.offset) {
            let (number, argument) = try count()
            (query.offset, query.offsetArgument) = (number ?? 0, argument)
        }
        if accept(.cursor) { query.cursor = try text("the cursor of a page") }
    }

    private mutating func readEnd(into query: inout Query) throws(QueryProblem) {
        if let rows = acceptDeletedRows() { query.deleted = rows }
        query.wantsCount = accept(.count, .rows)
        query.purposes = try purposes()
    }

    private mutating func acceptDeletedRows() -> DeletedRows? {
        accept(.all, .rows) ? .included : accept(.deleted, .rows) ? .only : nil
    }

    /// What follows `FOR` and `UPDATE`, each thing once.
    private mutating func purposes() throws(QueryProblem) -> [Purpose] {
        var purposes: [Purpose] = []
        while isAt(.for) || isAt(.update) {
            let place = token.place
            let purpose = try purpose()
            guard !purposes.contains(purpose) else {
                throw QueryProblem("malformed", "\(purpose.rawValue) stands here twice", at: place)
            }
            purposes.append(purpose)
        }
        return purposes
    }

    private mutating func purpose() throws(QueryProblem) -> Purpose {
        if accept(.for) {
            if accept(.view) { return .view }
            if accept(.reference) { return .reference }
            try expect(.update)
            return .update
        }
        try expect(.update)
        if accept(.tracking) { return .tracking }
        try expect(.viewstat)
        return .viewStatistics
    }

    /// A number of records, or `:name`.
    private mutating func count() throws(QueryProblem) -> (Int?, argument: BindVariable?) {
        if token.kind == .colon { return (nil, try argument()) }
        guard token.kind == .number, let count = Int(lexer.spelling(token)) else { throw unexpected("a whole number") }
        advance()
        return (count, nil)
    }
}
