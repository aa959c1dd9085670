import Values

/// Reads a formula's text into its syntax, by recursive descent over operator precedence.
package struct Parser {
    /// The longest formula, in characters.
    package static let maximumLength = 20_000
    /// How deep parentheses and calls may nest.
    package static let maximumNesting = 100
    /// How deep the whole tree may be: a long chain of operators is a deep tree, too.
    package static let maximumDepth = 500

    private var lexer: Lexer
    private var token: Token
    private var nesting = 0

    package static func parse(_ source: String) throws(FormulaError) -> Syntax {
        guard source.unicodeScalars.count <= maximumLength
        else { throw FormulaError("The formula is longer than \(maximumLength) characters", code: .tooLong) }
        var parser = try Parser(source)
        guard parser.token.kind != .end else { throw FormulaError("The formula is empty", at: parser.token.place) }
        let syntax = try parser.expression(1).syntax
        guard parser.token.kind == .end else { throw parser.unexpected("an operator or the end of the formula") }
        return syntax
    }

    private init(_ source: String) throws(FormulaError) {
        lexer = Lexer(source)
        token = try lexer.next()
    }

    /// A part of the tree, and how deep it is.
    private struct Part {
        let syntax: Syntax
        let depth: Int
    }

    private mutating func expression(_ lowest: Int) throws(FormulaError) -> Part {
        var left = try operand()
        while case .sign(let sign) = token.kind, sign != .not, sign.precedence >= lowest {
            let place = token.place
            try advance()
            let right = try expression(sign.precedence + 1)
            left = try part(.infix(sign, left.syntax, right.syntax, place), over: [left, right])
        }
        return left
    }

    private mutating func operand() throws(FormulaError) -> Part {
        let start = token
        switch start.kind {
        case .number(let number):
            try advance()
            return Part(syntax: .literal(.number(number), start.place), depth: 1)
        case .text(let text):
            try advance()
            return Part(syntax: .literal(.text(text), start.place), depth: 1)
        case .sign(.minus), .sign(.plus), .sign(.not): return try prefix()
        case .name(let name): return try word(name)
        case .open: return try parenthesis()
        default: throw unexpected("a value")
        }
    }

    private mutating func prefix() throws(FormulaError) -> Part {
        guard case .sign(let sign) = token.kind else { throw unexpected("a value") }
        let place = token.place
        try advance()
        let operand = try nested { parser throws(FormulaError) in try parser.operand() }
        return try part(.prefix(sign, operand.syntax, place), over: [operand])
    }

    private mutating func parenthesis() throws(FormulaError) -> Part {
        let start = token.place
        try advance()
        let inner = try nested { parser throws(FormulaError) in try parser.expression(1) }
        guard token.kind == .close else {
            throw token.kind == .end ? FormulaError("This parenthesis is not closed", at: start) : unexpected("an operator or )")
        }
        try advance()
        return inner
    }

    private mutating func word(_ name: String) throws(FormulaError) -> Part {
        let place = token.place
        try advance()
        switch name.lowercased() {
        case "true": return Part(syntax: .literal(.bool(true), place), depth: 1)
        case "false": return Part(syntax: .literal(.bool(false), place), depth: 1)
        case "null": return Part(syntax: .literal(.null, place), depth: 1)
        case "not":
            let operand = try nested { parser throws(FormulaError) in try parser.operand() }
            return try part(.prefix(.not, operand.syntax, place), over: [operand])
        default: return token.kind == .open ? try call(name, place) : try path(name, place)
        }
    }

    private func path(_ name: String, _ place: Place) throws(FormulaError) -> Part {
        let names = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard names.allSatisfy({ !$0.isEmpty }) else { throw FormulaError("\(name) is no field name", at: place) }
        return Part(syntax: .path(names, place), depth: 1)
    }

    private mutating func call(_ name: String, _ place: Place) throws(FormulaError) -> Part {
        let open = token.place
        try advance()
        var arguments: [Part] = []
        if token.kind != .close {
            while true {
                arguments.append(try nested { parser throws(FormulaError) in try parser.expression(1) })
                guard token.kind == .comma else { break }
                try advance()
            }
        }
        guard token.kind == .close else {
            throw token.kind == .end
                ? FormulaError("The parenthesis of \(name.uppercased()) is not closed", at: open)
                : unexpected("an operator, a comma or )")
        }
        try advance()
        return try part(.call(name, arguments.map(\.syntax), place), over: arguments)
    }

    private mutating func nested(_ body: (inout Parser) throws(FormulaError) -> Part) throws(FormulaError) -> Part {
        nesting += 1
        guard nesting <= Parser.maximumNesting
        else {
            throw FormulaError(
                "The formula is nested deeper than \(Parser.maximumNesting) levels", code: .tooLong, at: token.place)
        }
        let part = try body(&self)
        nesting -= 1
        return part
    }

    private func part(_ syntax: Syntax, over parts: [Part]) throws(FormulaError) -> Part {
        let depth = 1 + (parts.map(\.depth).max() ?? 0)
        guard depth <= Parser.maximumDepth else {
            throw FormulaError(
                "More than \(Parser.maximumDepth) operators follow each other; group them with parentheses", code: .tooLong,
                at: syntax.place)
        }
        return Part(syntax: syntax, depth: depth)
    }

    private mutating func advance() throws(FormulaError) { token = try lexer.next() }

    private func unexpected(_ expected: String) -> FormulaError {
        let found =
            switch token.kind {
            case .number(let number): number.description
            case .text(let text): Syntax.quoted(text)
            case .name(let name): name
            case .sign(let sign): sign.rawValue
            case .open: "("
            case .close: ")"
            case .comma: "a comma"
            case .end: "the end of the formula"
            }
        return FormulaError("\(found) stands where \(expected) was expected" + advice, at: token.place)
    }

    private var advice: String {
        guard case .name(let name) = token.kind else { return "" }
        return switch name.lowercased() {
        case "and": "; write AND(a, b) or a && b"
        case "or": "; write OR(a, b) or a || b"
        default: ""
        }
    }
}
