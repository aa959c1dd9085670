/// A word, literal or sign of a query's text.
struct Token {
    enum Kind: UInt8 {
        case word, text, number, date, datetime, time
        case leftParenthesis, rightParenthesis, leftBrace, comma, dot, colon, dollar, plus, minus
        case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual
        /// A character that no query holds.
        case other
        /// A text, comment or search that is never closed.
        case unclosed
        case end
    }

    var kind: Kind
    /// Bytes of the text.
    var start: Int
    var end: Int
    /// What a word means where a keyword may stand.
    var keyword: Keyword?

    var place: Place { Place(offset: start) }
}

extension Token.Kind {
    var comparator: Comparator? {
        switch self {
        case .equal: .equal
        case .notEqual: .notEqual
        case .less: .less
        case .lessOrEqual: .lessOrEqual
        case .greater: .greater
        case .greaterOrEqual: .greaterOrEqual
        default: nil
        }
    }

    var spelling: String {
        switch self {
        case .word: "a name"
        case .text: "a text"
        case .number: "a number"
        case .date, .datetime, .time: "a date"
        case .leftParenthesis: "("
        case .rightParenthesis: ")"
        case .leftBrace: "{"
        case .comma: "a comma"
        case .dot: "."
        case .colon: ":"
        case .dollar: "$"
        case .plus: "+"
        case .minus: "-"
        case .equal: "="
        case .notEqual: "!="
        case .less: "<"
        case .lessOrEqual: "<="
        case .greater: ">"
        case .greaterOrEqual: ">="
        case .other, .unclosed: "a character"
        case .end: "the end of the query"
        }
    }
}

/// The words of the language. They are no reserved words where a name is expected, but for `isReserved`.
enum Keyword: String, CaseIterable {
    case select, from, `where`, and, or, not, `in`, like, binary, includes, excludes, null, `true`, `false`, field
    case group, by, rollup, cube, having, order, asc, desc, nulls, first, last, limit, offset, cursor
    case using, scope, listview, with, securityEnforced = "security_enforced", userMode = "user_mode", systemMode = "system_mode"
    case data, category, at, above, below, aboveOrBelow = "above_or_below"
    case all, deleted, count, rows, `for`, view, reference, update, tracking, viewstat
    case typeof, when, then, `else`, end, `as`, of, search, changed, to, during
    case explain, find, returning, fields, name, email, phone

    var spelling: String { rawValue.uppercased() }

    /// Can never be a name: the query would read otherwise.
    var isReserved: Bool {
        switch self {
        case .select, .from, .where, .and, .or, .not, .in, .like, .includes, .excludes, .null, .true, .false, .having, .asc,
            .desc,
            .nulls, .limit, .using, .with, .then, .when:
            true
        default: false
        }
    }

    private static let byHash: [UInt64: Keyword] = Dictionary(
        uniqueKeysWithValues: allCases.map { (WordHash($0.rawValue).value, $0) })

    init?(_ hash: WordHash) {
        guard let found = Keyword.byHash[hash.value] else { return nil }
        self = found
    }
}

/// Tells words apart whatever the case of their letters: eight bits a letter for the first eight, a hash for what follows.
struct WordHash {
    private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

    init() {}

    init(_ word: String) { for byte in word.utf8 { add(byte) } }

    mutating func add(_ byte: UInt8) { value = (value ^ UInt64(byte | 0x20)) &* 0x0000_0100_0000_01b3 }
}
