import Metadata
import Values

extension TextParser {
    /// What a field is compared with.
    mutating func operand() throws(QueryProblem) -> Operand {
        switch token.kind {
        case .text:
            let text = try text("a text")
            return Operand.isCurrentUser(text) ? .currentUser : .value(.text(text))
        case .date, .datetime: return .value(.text(try moment(of: token.kind)))
        case .time: return .value(.text(try clock()))
        case .colon: return .argument(try argument())
        case .dollar: return try currentUser()
        case .word: return try wordOperand()
        default:
            guard let number = try acceptNumber() else { throw unexpected("a value") }
            return .value(.number(number))
        }
    }

    /// A day, a moment or a date word, with or without quotes.
    mutating func moment() throws(QueryProblem) -> Operand {
        switch token.kind {
        case .text, .date, .datetime, .colon: return try operand()
        case .word where following.kind != .leftParenthesis: return try wordOperand()
        default: throw unexpected("a day, a moment or a date word")
        }
    }

    private mutating func wordOperand() throws(QueryProblem) -> Operand {
        if accept(.null) { return .value(.null) }
        if accept(.true) { return .value(.bool(true)) }
        if accept(.false) { return .value(.bool(false)) }
        if token.keyword == .field, following.kind == .leftParenthesis {
            advance()
            return .term(try parenthesised { parser throws(QueryProblem) in try parser.term() })
        }
        if let money = try acceptMoney() { return money }
        return .value(.text(try dateWord()))
    }

    private mutating func currentUser() throws(QueryProblem) -> Operand {
        let start = token.start
        advance()
        guard token.kind == .word, lexer.spelling(token).caseInsensitiveEquals("currentUser") else {
            throw problem("$currentUser was expected")
        }
        advance()
        if token.kind == .dot, following.kind == .word {
            advance()
            guard lexer.spelling(token).caseInsensitiveEquals("Id") else {
                throw QueryProblem(
                    "malformed", "Only the user's id can be compared with", at: Place(offset: start), hint: "Write $currentUser")
            }
            advance()
        }
        return .currentUser
    }

    /// `:name`
    mutating func argument() throws(QueryProblem) -> BindVariable {
        let place = token.place
        try expect(.colon)
        guard token.kind == .word else { throw unexpected("the name of a value") }
        defer { advance() }
        variables.append(lexer.spelling(token))
        return BindVariable(lexer.spelling(token), at: place)
    }

    mutating func acceptNumber() throws(QueryProblem) -> Number? {
        let isSigned = token.kind == .minus || token.kind == .plus
        guard token.kind == .number || isSigned && following.kind == .number else { return nil }
        let isNegative = token.kind == .minus
        if isSigned { advance() }
        let text = lexer.spelling(token)
        guard lexer.byte(at: token.end).isPartOfName == false, let number = Number(text.hasPrefix(".") ? "0" + text : text) else {
            throw problem("A number was expected", "Texts stand in single quotes")
        }
        advance()
        return isNegative ? -number : number
    }

    /// `USD5000`, `EUR12.50`
    private mutating func acceptMoney() throws(QueryProblem) -> Operand? {
        let letters = lexer.bytes[token.start..<token.end].prefix { $0.isLetter }
        guard letters.count == 3, letters.endIndex < token.end,
            lexer.bytes[letters.endIndex..<token.end].allSatisfy(\.isDigit)
        else { return nil }
        let word = token
        var end = lexer
        end.jump(to: token.end)
        end.fraction()
        guard let amount = Number(String(decoding: lexer.bytes[letters.endIndex..<end.position], as: UTF8.self)) else {
            return nil
        }
        let currency = String(decoding: lexer.bytes[word.start..<letters.endIndex], as: UTF8.self).uppercased()
        jump(to: end.position)
        return .money(currency: currency, amount)
    }

    private mutating func dateWord() throws(QueryProblem) -> String {
        let start = token
        var spelling = lexer.spelling(token)
        if following.kind == .colon {
            advance()
            advance()
            guard token.kind == .number else { throw unexpected("a number") }
            spelling += ":" + lexer.spelling(token)
        }
        guard let word = DateWord.spelled(spelling) else { throw noDateWord(spelling, start) }
        advance()
        return word.description
    }

    private func noDateWord(_ spelling: String, _ start: Token) -> QueryProblem {
        let counted = DateWord.spellings.first { $0 == spelling.uppercased() + ":n" }
        let near = counted ?? suggestion(for: spelling, among: DateWord.spellings)
        let hint =
            near.map(didYouMean) ?? "Texts stand in single quotes: '\(spelling)'; FIELD(\(spelling)) is another field's value"
        return QueryProblem("malformed", "A value was expected, not \(spelling)", at: start.place, hint: hint)
    }

    private mutating func moment(of kind: Token.Kind) throws(QueryProblem) -> String {
        let text = lexer.spelling(token)
        if kind == .date, Day(text) == nil {
            throw problem("A day of the calendar was expected", "Days are written 2026-03-31")
        }
        if kind == .datetime, Instant(text) == nil {
            throw problem("A moment was expected", "Moments are written 2026-03-31T12:00:00Z or 2026-03-31T12:00:00+02:00")
        }
        advance()
        return text
    }

    /// A time of day; SOQL writes a Z after it.
    private mutating func clock() throws(QueryProblem) -> String {
        let text = lexer.spelling(token)
        let plain = text.last == "Z" || text.last == "z" ? String(text.dropLast()) : text
        guard TimeOfDay(plain) != nil else { throw problem("A time was expected", "Times are written 13:30:00") }
        advance()
        return plain
    }
}

extension TextParser {
    mutating func text(_ what: String) throws(QueryProblem) -> String {
        guard token.kind == .text else { throw unexpected(what) }
        let text = try unescaped()
        advance()
        return text
    }

    /// The text between the quotes.
    ///
    /// - Parameter keepingWildcards: leaves `\%`, `\_` and `\\` as they are, for a pattern to read.
    func unescaped(keepingWildcards: Bool = false) throws(QueryProblem) -> String {
        let inside = lexer.bytes[(token.start + 1)..<(token.end - 1)]
        guard let first = inside.firstIndex(of: UInt8(ascii: "\\")) else { return String(decoding: inside, as: UTF8.self) }
        var result = Array(inside[..<first])
        var position = first
        while position < inside.endIndex {
            if inside[position] == UInt8(ascii: "\\") {
                position += try unescape(at: position, keepingWildcards, into: &result)
            } else {
                result.append(inside[position])
                position += 1
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// Returns how many bytes the escape is long.
    private func unescape(at position: Int, _ keepingWildcards: Bool, into result: inout [UInt8]) throws(QueryProblem) -> Int {
        let byte = lexer.byte(at: position + 1)
        switch byte {
        case UInt8(ascii: "n"), UInt8(ascii: "N"): result.append(0x0A)
        case UInt8(ascii: "r"), UInt8(ascii: "R"): result.append(0x0D)
        case UInt8(ascii: "t"), UInt8(ascii: "T"): result.append(0x09)
        case UInt8(ascii: "b"), UInt8(ascii: "B"): result.append(0x08)
        case UInt8(ascii: "f"), UInt8(ascii: "F"): result.append(0x0C)
        case UInt8(ascii: "'"), UInt8(ascii: "\""): result.append(byte)
        case UInt8(ascii: "\\"), UInt8(ascii: "%"), UInt8(ascii: "_"):
            if keepingWildcards { result.append(UInt8(ascii: "\\")) }
            result.append(byte)
        case UInt8(ascii: "u"), UInt8(ascii: "U"):
            result += try unicode(at: position)
            return 6
        default: throw badEscape(at: position)
        }
        return 2
    }

    /// `\u00e9`
    private func unicode(at position: Int) throws(QueryProblem) -> [UInt8] {
        let digits = lexer.bytes[(position + 2)..<min(position + 6, token.end - 1)]
        guard digits.count == 4, let code = UInt32(String(decoding: digits, as: UTF8.self), radix: 16),
            let scalar = Unicode.Scalar(code)
        else { throw badEscape(at: position) }
        return Array(String(scalar).utf8)
    }

    private func badEscape(at position: Int) -> QueryProblem {
        QueryProblem(
            "malformed", "This is no escape", at: Place(offset: position),
            hint: #"Known are \n \r \t \b \f \' \" \\ \_ \% and \u with four hexadecimal digits"#)
    }
}

extension DateWord {
    /// Reads the words as SOQL spells them: `LAST_N_DAYS:30`.
    static func spelled(_ text: String) -> DateWord? {
        if let word = canonical[text] { return word }
        return text.contains("_") || text.utf8.count < 10 && !text.utf8.contains(UInt8(ascii: ":"))
            ? DateWord(text.uppercased()) : nil
    }

    /// The words without a number, as they are written mostly.
    static let canonical = Dictionary(
        uniqueKeysWithValues: spellings.compactMap { spelling in DateWord(spelling).map { (spelling, $0) } })
}
