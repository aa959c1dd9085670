import Metadata
import Values

/// Reads tokens one after the other, and remembers what could have stood where it is.
struct TextParser {
    private(set) var lexer: Lexer
    private(set) var token: Token
    /// What was looked for at the present token.
    private var expected: [Expectation] = []
    /// A name just read that may have been meant as one of the words that could stand there.
    private var alias: (token: Token, instead: [String])?
    /// The names of the values that the text takes, as they come.
    var variables: [String] = []
    /// How deep the query being read stands in others.
    var level = 0
    /// How deep conditions stand in parentheses.
    var depth = 0
    /// Short names, in lower case, and the paths they stand for; the object's own stands for none.
    var aliases: [String: [String]] = [:]

    init(_ text: String) {
        lexer = Lexer(text)
        token = lexer.next()
    }

    enum Expectation: Hashable {
        case keyword(Keyword)
        case pair(Keyword, Keyword)
        case sign(Token.Kind)
        case thing(String)

        var isWord: Bool {
            switch self {
            case .keyword, .pair: true
            case .sign, .thing: false
            }
        }

        var spelling: String {
            switch self {
            case .keyword(let keyword): keyword.spelling
            case .pair(let first, let second): "\(first.spelling) \(second.spelling)"
            case .sign(let kind): kind.spelling
            case .thing(let name): name
            }
        }
    }

    mutating func advance() {
        token = lexer.next()
        expected.removeAll(keepingCapacity: true)
    }

    /// Goes on with the token at that byte.
    mutating func jump(to position: Int) {
        lexer.jump(to: position)
        advance()
    }

    /// Whether a parenthesis follows the present token: mostly told by a look at the next byte.
    var isBeforeParenthesis: Bool {
        var position = token.end
        while lexer.byte(at: position) == UInt8(ascii: " ") { position += 1 }
        let byte = lexer.byte(at: position)
        if byte == UInt8(ascii: "(") { return true }
        return (byte < UInt8(ascii: " ") || byte == UInt8(ascii: "/")) && following.kind == .leftParenthesis
    }

    /// The token after the present one.
    var following: Token {
        var lexer = lexer
        return lexer.next()
    }
}

extension TextParser {
    mutating func isAt(_ keyword: Keyword) -> Bool {
        if token.keyword == keyword { return true }
        expected.append(.keyword(keyword))
        return false
    }

    mutating func accept(_ keyword: Keyword) -> Bool {
        guard isAt(keyword) else { return false }
        advance()
        return true
    }

    mutating func accept(_ kind: Token.Kind) -> Bool {
        guard token.kind == kind else {
            expected.append(.sign(kind))
            return false
        }
        advance()
        return true
    }

    mutating func expect(_ keyword: Keyword) throws(QueryProblem) { if !accept(keyword) { throw unexpected() } }
    mutating func expect(_ kind: Token.Kind) throws(QueryProblem) { if !accept(kind) { throw unexpected() } }

    /// `GROUP BY`: both words, or neither.
    mutating func accept(_ first: Keyword, _ second: Keyword) -> Bool {
        guard token.keyword == first, following.keyword == second else {
            expected.append(.pair(first, second))
            return false
        }
        advance()
        advance()
        return true
    }

    /// One of some words.
    mutating func accept<Choice: CaseIterable & RawRepresentable<String>>(
        oneOf choices: Choice.Type, _ what: String
    ) throws(QueryProblem) -> Choice {
        let word = lexer.spelling(token)
        guard token.kind == .word, let choice = Choice.allCases.first(where: { $0.rawValue.caseInsensitiveEquals(word) }) else {
            let names = Choice.allCases.map(\.rawValue)
            throw problem("\(what) was expected (\(names.listed))", suggestion(for: word, among: names).map(didYouMean))
        }
        advance()
        return choice
    }

    /// Elements with commas between them.
    mutating func list<Element>(
        _ element: (inout TextParser) throws(QueryProblem) -> Element
    ) throws(QueryProblem) -> [Element] {
        var elements = [try element(&self)]
        while accept(.comma) { elements.append(try element(&self)) }
        return elements
    }

    /// Something in parentheses.
    mutating func parenthesised<Element>(
        _ element: (inout TextParser) throws(QueryProblem) -> Element
    ) throws(QueryProblem) -> Element {
        try expect(.leftParenthesis)
        let result = try element(&self)
        try expect(.rightParenthesis)
        return result
    }
}

extension TextParser {
    /// A name, which the tests know by what it names.
    mutating func name(_ what: String) throws(QueryProblem) -> String {
        guard isAtName else { throw unexpected(what) }
        defer { advance() }
        return lexer.spelling(token)
    }

    /// Whether the word here can be a name.
    var isAtName: Bool {
        guard token.kind == .word else { return false }
        switch token.keyword {
        case nil: return true
        case .group?, .order?: return following.keyword != .by
        case let keyword?: return !keyword.isReserved
        }
    }

    /// A second name, as `n` in `COUNT(Id) n`, unless the word begins a clause.
    mutating func alias(unless clauses: [Keyword]) -> String? {
        if let keyword = token.keyword, clauses.contains(keyword) { return nil }
        guard isAtName else { return nil }
        let name = lexer.spelling(token)
        let instead = expected.filter(\.isWord).map(\.spelling) + clauses.map(\.spelling)
        let token = token
        advance()
        alias = (token, instead)
        return name
    }

    mutating func path(_ what: String = "a field") throws(QueryProblem) -> FieldPath {
        let start = token.place
        var names = [try name(what)]
        while token.kind == .dot {
            advance()
            names.append(try pathName())
        }
        guard names.count <= 6 else {
            throw QueryProblem(
                "malformed", "A path leads through at most 5 parents, this one through \(names.count - 1)", at: start)
        }
        return FieldPath(names: names)
    }

    /// After a dot every word is a name.
    private mutating func pathName() throws(QueryProblem) -> String {
        guard token.kind == .word else { throw unexpected("a name") }
        defer { advance() }
        return lexer.spelling(token)
    }
}

extension TextParser {
    /// That something else stands here than what was looked for.
    mutating func unexpected(_ what: String? = nil) -> QueryProblem {
        if let what { expected.append(.thing(what)) }
        if let problem = misspelled ?? habit { return problem }
        let found = lexer.spelling(token)
        var seen: Set<Expectation> = []
        let wanted = expected.filter { seen.insert($0).inserted }
        let keywords = wanted.filter(\.isWord).map(\.spelling)
        let near = token.kind == .word ? suggestion(for: found, among: keywords) : nil
        let list =
            wanted.isEmpty ? "The end of the query was expected" : wanted.map(\.spelling).listed.capitalised + " was expected"
        return problem(list, near.map(didYouMean))
    }

    /// A problem at the present token.
    func problem(_ message: String, _ hint: String? = nil) -> QueryProblem {
        QueryProblem("malformed", "\(message), not \(found)", at: token.place, hint: hint)
    }

    private var found: String {
        switch token.kind {
        case .end: return "the end of the query"
        case .unclosed:
            return lexer.byte(at: token.start) == UInt8(ascii: "'")
                ? "a text that is never closed" : "a comment that is never closed"
        default:
            let spelling = lexer.spelling(token)
            return spelling.count > 40 ? "\(spelling.prefix(40))..." : spelling
        }
    }

    func didYouMean(_ name: String) -> String { "Did you mean \(name)?" }

    /// The name before, where it looks like a misspelled keyword: `SELECT Name FORM Account`.
    private var misspelled: QueryProblem? {
        guard let (token, instead) = alias, lexer.bytes[token.end..<self.token.start].allSatisfy({ $0 <= 0x20 }) else {
            return nil
        }
        let word = lexer.spelling(token)
        if ["join", "left", "inner", "outer"].contains(word.lowercased()) {
            return QueryProblem(
                "malformed", "There is no \(word.uppercased())", at: token.place,
                hint: "A parent's fields are named by a path (Account.Name), children are a query in the SELECT list")
        }
        guard let near = suggestion(for: word, among: instead) else { return nil }
        return QueryProblem("malformed", "\(near) was expected, not \(word)", at: token.place, hint: didYouMean(near))
    }

    /// What people write who know other languages.
    private var habit: QueryProblem? {
        let (byte, next) = (lexer.byte(at: token.start), lexer.byte(at: token.start + 1))
        let hint: String? =
            switch (byte, next) {
            case (UInt8(ascii: "*"), _): "FIELDS(ALL) stands for every field"
            case (UInt8(ascii: "\""), _): "Texts stand in single quotes: 'Acme'"
            case (UInt8(ascii: "="), _) where lexer.byte(at: token.start - 1) == UInt8(ascii: "="): "One = compares"
            case (UInt8(ascii: "&"), _): "Write AND"
            case (UInt8(ascii: "|"), _): "Write OR"
            case (UInt8(ascii: ";"), _): "A query ends without a semicolon"
            default: nil
            }
        guard let hint else { return token.kind == .unclosed ? problem("The end of this was expected") : nil }
        let wanted = expected.prefix(4).map(\.spelling)
        return problem(wanted.isEmpty ? "Something else was expected" : wanted.listed.capitalised + " was expected", hint)
    }
}

extension [String] {
    /// `A, B or C`
    var listed: String {
        count < 2 ? first ?? "" : dropLast().joined(separator: ", ") + " or " + self[count - 1]
    }
}

extension String {
    fileprivate var capitalised: String { prefix(1).uppercased() + dropFirst() }
}

extension TextParser {
    /// A path in which a short name stands for what it is short for.
    func expanded(_ path: FieldPath) -> FieldPath {
        guard path.names.count > 1, let lead = aliases[path.names[0].lowercased()] else { return path }
        return FieldPath(names: lead + path.names.dropFirst())
    }
}
