import Values

extension TextParser {
    /// Conditions joined by AND or by OR; both need parentheses between them.
    mutating func condition() throws(QueryProblem) -> Filter {
        depth += 1
        defer { depth -= 1 }
        guard depth <= 64 else { throw problem("At most 64 levels of conditions were expected") }
        let first = try simpleCondition()
        if accept(.and) { return .all([first] + (try conditions(joinedBy: .and, unless: .or))) }
        if accept(.or) { return .any([first] + (try conditions(joinedBy: .or, unless: .and))) }
        return first
    }

    private mutating func conditions(joinedBy word: Keyword, unless other: Keyword) throws(QueryProblem) -> [Filter] {
        var filters: [Filter] = []
        repeat { filters.append(try simpleCondition()) } while accept(word)
        guard token.keyword != other else {
            throw problem(
                "\(word.spelling) was expected", "AND and OR beside each other need parentheses: a = 1 AND (b = 2 OR c = 3)")
        }
        return filters
    }

    private mutating func simpleCondition() throws(QueryProblem) -> Filter {
        depth += 1
        defer { depth -= 1 }
        guard depth <= 128 else { throw problem("At most 64 levels of conditions were expected") }
        if accept(.not) { return .not(try simpleCondition()) }
        if accept(.leftParenthesis) {
            let inner = try condition()
            try expect(.rightParenthesis)
            return inner
        }
        if accept(.true) { return .all([]) }
        if accept(.false) { return .any([]) }
        if token.keyword == .changed, following.kind == .leftParenthesis { return try change() }
        return try comparison()
    }

    private mutating func comparison() throws(QueryProblem) -> Filter {
        let place = token.place
        let term = try term()
        if let comparator = token.kind.comparator {
            advance()
            return .compare(term, comparator, try operand(), place)
        }
        if accept(.like) { return try pattern(term, place) }
        if accept(.in) { return try among(term, place) }
        if token.keyword == .not {
            guard following.keyword == .in else { throw notOf(term) }
            advance()
            advance()
            return .not(try among(term, place))
        }
        if accept(.includes) { return try includes(term, place) }
        if accept(.excludes) { return .not(try includes(term, place)) }
        throw unexpected("a comparison (=, !=, <, <=, >, >=)")
    }

    private mutating func notOf(_ term: Term) -> QueryProblem {
        problem("A comparison was expected", "NOT stands before the condition: NOT \(term.soql) LIKE 'A%'")
    }

    private mutating func pattern(_ term: Term, _ place: Place) throws(QueryProblem) -> Filter {
        let isBinary = accept(.binary)
        if token.kind == .colon { return .given(term, isBinary ? .likeBinary : .like, try argument(), place) }
        let start = token.place
        guard token.kind == .text else { throw unexpected("a text") }
        let text = try unescaped(keepingWildcards: true)
        advance()
        guard let pattern = TextPattern(like: text, ignoresCase: !isBinary) else {
            throw QueryProblem("malformed", "The pattern ends with a lone backslash", at: start)
        }
        return .matches(term, pattern, place)
    }

    private mutating func among(_ term: Term, _ place: Place) throws(QueryProblem) -> Filter {
        if token.kind == .colon {
            return .among(term, acceptNothing() ? [] : [.argument(try argument())], place)
        }
        try expect(.leftParenthesis)
        if token.keyword == .select {
            let query = try values()
            try expect(.rightParenthesis)
            return .within(term, query, place)
        }
        let operands = try list { parser throws(QueryProblem) in try parser.operand() }
        try expect(.rightParenthesis)
        return .among(term, operands, place)
    }

    /// `('A', 'B;C')`: A is chosen, or B and C are.
    private mutating func includes(_ term: Term, _ place: Place) throws(QueryProblem) -> Filter {
        if token.kind == .colon {
            return acceptNothing() ? .includes(term, [], place) : .given(term, .includes, try argument(), place)
        }
        try expect(.leftParenthesis)
        if token.kind == .colon {
            let argument = try argument()
            try expect(.rightParenthesis)
            return .given(term, .includes, argument, place)
        }
        let sets = try list { parser throws(QueryProblem) in
            try parser.text("a text").split(separator: ";", omittingEmptySubsequences: false).map(String.init)
        }
        try expect(.rightParenthesis)
        return .includes(term, sets, place)
    }

    /// `:()`, a list of nothing: what `"$in": []` is in JSON.
    private mutating func acceptNothing() -> Bool {
        guard following.kind == .leftParenthesis else { return false }
        advance()
        advance()
        return accept(.rightParenthesis)
    }

    /// `CHANGED(Stage FROM 'Negotiation' TO 'Closed Won') DURING LAST_QUARTER`
    private mutating func change() throws(QueryProblem) -> Filter {
        let place = token.place
        advance()
        try expect(.leftParenthesis)
        var change = Change(field: try path())
        if accept(.from) { change.from = try operand() }
        if accept(.to) { change.to = try operand() }
        try expect(.rightParenthesis)
        if accept(.during) { change.during = try moment() }
        return .changed(change, place)
    }
}
