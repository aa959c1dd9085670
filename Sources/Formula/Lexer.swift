import Values

/// One word of a formula.
struct Token: Sendable {
    enum Kind: Sendable, Equatable {
        case number(Number)
        case text(String)
        /// A name or path, as written: `IF`, `Account.Name`, `$User.Id`.
        case name(String)
        case sign(Operator)
        case open, close, comma
        case end
    }

    let kind: Kind
    let place: Place
}

/// Cuts a formula's text into tokens; skips white space and `/* comments */`.
struct Lexer {
    private let scalars: [Unicode.Scalar]
    private var position = 0
    private var line = 1
    private var lineStart = 0

    init(_ source: String) { scalars = Array(source.unicodeScalars) }

    mutating func next() throws(FormulaError) -> Token {
        try skipSpace()
        let place = place
        guard let first = peek() else { return Token(kind: .end, place: place) }
        switch first {
        case "0"..."9": return Token(kind: .number(try number()), place: place)
        case "." where isDigit(peek(1)): return Token(kind: .number(try number()), place: place)
        case "\"", "'": return Token(kind: .text(try text(first)), place: place)
        case "a"..."z", "A"..."Z", "_", "$": return Token(kind: .name(name()), place: place)
        default: return Token(kind: try sign(first), place: place)
        }
    }

    private var place: Place { Place(line: line, column: position - lineStart + 1) }

    private func peek(_ ahead: Int = 0) -> Unicode.Scalar? {
        position + ahead < scalars.count ? scalars[position + ahead] : nil
    }

    private mutating func advance() {
        if scalars[position] == "\n" { (line, lineStart) = (line + 1, position + 1) }
        position += 1
    }

    private mutating func skipSpace() throws(FormulaError) {
        while let scalar = peek() {
            if scalar.properties.isWhitespace || scalar == "\u{FEFF}" {
                advance()
            } else if scalar == "/", peek(1) == "*" {
                try skipComment()
            } else {
                return
            }
        }
    }

    private mutating func skipComment() throws(FormulaError) {
        let start = place
        position += 2
        while !(peek() == "*" && peek(1) == "/") {
            guard peek() != nil else { throw FormulaError("The comment that starts here has no closing */", at: start) }
            advance()
        }
        position += 2
    }

    private mutating func number() throws(FormulaError) -> Number {
        let (start, place) = (position, place)
        while isDigit(peek()) { position += 1 }
        if peek() == ".", isDigit(peek(1)) {
            position += 1
            while isDigit(peek()) { position += 1 }
        }
        guard let number = Number(String(String.UnicodeScalarView(scalars[start..<position])))
        else { throw FormulaError("The number has more than \(Number.precision) digits", at: place) }
        return number
    }

    private func isDigit(_ scalar: Unicode.Scalar?) -> Bool { scalar.map { ("0"..."9").contains($0) } ?? false }

    private mutating func text(_ quote: Unicode.Scalar) throws(FormulaError) -> String {
        let start = place
        advance()
        var text = String.UnicodeScalarView()
        while let scalar = peek() {
            if scalar == quote {
                position += 1
                return String(text)
            }
            text.append(scalar == "\\" ? try escape() : scalar)
            advance()
        }
        throw FormulaError("The text that starts here has no closing quote", at: start)
    }

    private mutating func escape() throws(FormulaError) -> Unicode.Scalar {
        let start = place
        position += 1
        switch peek() {
        case "n": return "\n"
        case "r": return "\r"
        case "t": return "\t"
        case "\"", "'", "\\": return scalars[position]
        default:
            throw FormulaError("\\ in a text must be followed by n, r, t, \", ' or \\ (write \\\\ for a backslash)", at: start)
        }
    }

    private mutating func name() -> String {
        let start = position
        while let scalar = peek() {
            switch scalar {
            case "a"..."z", "A"..."Z", "0"..."9", "_", "$", ".", "#": position += 1
            default: return String(String.UnicodeScalarView(scalars[start..<position]))
            }
        }
        return String(String.UnicodeScalarView(scalars[start...]))
    }

    private mutating func sign(_ first: Unicode.Scalar) throws(FormulaError) -> Token.Kind {
        let place = place
        position += 1
        switch (first, peek()) {
        case ("(", _): return .open
        case (")", _): return .close
        case (",", _): return .comma
        case ("<", ">"), ("!", "="): return pair(.notEqual)
        case ("<", "="): return pair(.lessOrEqual)
        case (">", "="): return pair(.greaterOrEqual)
        case ("=", "="): return pair(.equal)
        case ("&", "&"): return pair(.and)
        case ("|", "|"): return pair(.or)
        default:
            if let sign = Operator(rawValue: String(Character(first))) { return .sign(sign) }
            throw FormulaError("\(Lexer.shown(first)) has no meaning in a formula", at: place)
        }
    }

    private mutating func pair(_ sign: Operator) -> Token.Kind {
        position += 1
        return .sign(sign)
    }

    private static func shown(_ scalar: Unicode.Scalar) -> String {
        switch scalar.properties.generalCategory {
        case .control, .format, .unassigned, .privateUse, .surrogate:
            "The character U+" + String(scalar.value, radix: 16).uppercased()
        default: String(Character(scalar))
        }
    }
}
