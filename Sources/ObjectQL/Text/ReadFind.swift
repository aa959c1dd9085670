import Values

/// `FIND {acme} IN NAME FIELDS RETURNING Account(Name WHERE Industry = 'Energy' LIMIT 5), Contact(Name)`
package struct Find: Sendable, Hashable {
    package enum Group: String, Sendable, Hashable, CaseIterable {
        case all = "ALL", name = "NAME", email = "EMAIL", phone = "PHONE"
    }

    package var text: String
    package var group = Group.all
    /// What is searched and shown of it; empty for every object that can be searched.
    package var queries: [Query] = []
    package var limit: Int?

    package init(text: String) { self.text = text }

    /// What is asked of an object that the search does not name.
    package func query(of object: String) -> Query {
        var query = Query(object: object)
        (query.search, query.searchGroup) = (text, group)
        query.select = [.term(.field("Id"), as: nil, .top)]
        return query
    }
}

extension TextParser {
    mutating func find() throws(QueryProblem) -> Find {
        try expect(.find)
        var find = Find(text: token.kind == .leftBrace ? try braced() : try text("{ and the words to search for"))
        if accept(.in) {
            find.group = try accept(oneOf: Find.Group.self, "A group of fields")
            try expect(.fields)
        }
        if accept(.returning) { find.queries = try list { parser throws(QueryProblem) in try parser.found(find) } }
        if accept(.limit) {
            guard token.kind == .number, let limit = Int(lexer.spelling(token)) else { throw unexpected("a whole number") }
            advance()
            find.limit = limit
        }
        return find
    }

    /// What stands between braces, with backslashes before what is not to be read as a sign.
    private mutating func braced() throws(QueryProblem) -> String {
        let start = token.end
        guard let end = lexer.bytes[start...].firstIndex(of: UInt8(ascii: "}")) else { throw problem("{words} was expected") }
        let text = String(decoding: lexer.bytes[start..<end].filter { $0 != UInt8(ascii: "\\") }, as: UTF8.self)
        jump(to: end + 1)
        return text
    }

    /// `Account(Name, Industry WHERE ... ORDER BY ... LIMIT 5 OFFSET 2)`
    private mutating func found(_ find: Find) throws(QueryProblem) -> Query {
        let place = token.place
        var query = find.query(of: try name("an object"))
        query.place = place
        guard accept(.leftParenthesis) else { return query }
        query.select = try selections()
        try readFound(into: &query)
        try expect(.rightParenthesis)
        try settle(&query)
        return query
    }
}
