/// Cuts a query's text into tokens, one at a time.
struct Lexer {
    let bytes: [UInt8]
    private(set) var position = 0

    init(_ text: String) { bytes = Array(text.utf8) }

    mutating func next() -> Token {
        if let comment = skipBlanks() { return comment }
        let start = position
        guard start < bytes.count else { return Token(kind: .end, start: start, end: start) }
        let byte = bytes[start]
        if byte.isLetter || byte == UInt8(ascii: "_") { return word() }
        if byte.isDigit || (byte == UInt8(ascii: ".") && digit(at: start + 1)) { return number() }
        if byte == UInt8(ascii: "'") { return text() }
        return sign(byte)
    }

    func spelling(_ token: Token) -> String { String(decoding: bytes[token.start..<token.end], as: UTF8.self) }

    /// What stands there, or nothing beyond the end.
    func byte(at position: Int) -> UInt8 { bytes.indices.contains(position) ? bytes[position] : 0 }

    private func digit(at position: Int) -> Bool { byte(at: position).isDigit }

    /// Goes on at that byte.
    mutating func jump(to position: Int) { self.position = position }
}

extension Lexer {
    /// White space and comments. Returns a comment that is never closed.
    private mutating func skipBlanks() -> Token? {
        while position < bytes.count {
            let byte = bytes[position]
            if byte == 0x20 || (0x09...0x0D).contains(byte) {
                position += 1
            } else if byte == UInt8(ascii: "/"), self.byte(at: position + 1) == UInt8(ascii: "/") {
                while position < bytes.count, bytes[position] != 0x0A { position += 1 }
            } else if byte == UInt8(ascii: "/"), self.byte(at: position + 1) == UInt8(ascii: "*") {
                let start = position
                position += 2
                while position < bytes.count, !closesComment { position += 1 }
                guard position < bytes.count else { return Token(kind: .unclosed, start: start, end: bytes.count) }
                position += 2
            } else if byte == 0xC2, self.byte(at: position + 1) == 0xA0 {
                position += 2
            } else {
                return nil
            }
        }
        return nil
    }

    private var closesComment: Bool {
        bytes[position] == UInt8(ascii: "*") && byte(at: position + 1) == UInt8(ascii: "/")
    }

    private mutating func word() -> Token {
        let start = position
        var hash = WordHash()
        while position < bytes.count, bytes[position].isPartOfName {
            hash.add(bytes[position])
            position += 1
        }
        return Token(kind: .word, start: start, end: position, keyword: Keyword(hash))
    }

    private mutating func text() -> Token {
        let start = position
        position += 1
        while position < bytes.count, bytes[position] != UInt8(ascii: "'") {
            position += bytes[position] == UInt8(ascii: "\\") ? 2 : 1
        }
        guard position < bytes.count else {
            position = bytes.count
            return Token(kind: .unclosed, start: start, end: bytes.count)
        }
        position += 1
        return Token(kind: .text, start: start, end: position)
    }

    private mutating func sign(_ byte: UInt8) -> Token {
        let start = position
        let (kind, length) = kind(of: byte, before: self.byte(at: start + 1))
        position += length
        return Token(kind: kind, start: start, end: position)
    }

    private func kind(of byte: UInt8, before next: UInt8) -> (Token.Kind, length: Int) {
        switch (byte, next) {
        case (UInt8(ascii: "("), _): (.leftParenthesis, 1)
        case (UInt8(ascii: ")"), _): (.rightParenthesis, 1)
        case (UInt8(ascii: "{"), _): (.leftBrace, 1)
        case (UInt8(ascii: ","), _): (.comma, 1)
        case (UInt8(ascii: "."), _): (.dot, 1)
        case (UInt8(ascii: ":"), _): (.colon, 1)
        case (UInt8(ascii: "$"), _): (.dollar, 1)
        case (UInt8(ascii: "+"), _): (.plus, 1)
        case (UInt8(ascii: "-"), _): (.minus, 1)
        case (UInt8(ascii: "="), _): (.equal, 1)
        case (UInt8(ascii: "!"), UInt8(ascii: "=")), (UInt8(ascii: "<"), UInt8(ascii: ">")): (.notEqual, 2)
        case (UInt8(ascii: "<"), UInt8(ascii: "=")): (.lessOrEqual, 2)
        case (UInt8(ascii: ">"), UInt8(ascii: "=")): (.greaterOrEqual, 2)
        case (UInt8(ascii: "<"), _): (.less, 1)
        case (UInt8(ascii: ">"), _): (.greater, 1)
        default: (.other, scalarLength(byte))
        }
    }

    private func scalarLength(_ byte: UInt8) -> Int {
        min(byte < 0xC0 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4, bytes.count - position)
    }
}

extension Lexer {
    /// A number, `2026-03-31`, `2026-03-31T12:00:00Z` or `13:30:00`.
    private mutating func number() -> Token {
        let start = position
        digits()
        let count = position - start
        if count == 4, byte(at: position) == UInt8(ascii: "-"), digit(at: position + 1) { return date(from: start) }
        if count == 2, byte(at: position) == UInt8(ascii: ":"), digit(at: position + 1) {
            clock()
            return Token(kind: .time, start: start, end: position)
        }
        fraction()
        if byte(at: position) | 0x20 == UInt8(ascii: "e") {
            let sign = [UInt8(ascii: "+"), UInt8(ascii: "-")].contains(byte(at: position + 1)) ? 2 : 1
            if digit(at: position + sign) {
                position += sign
                digits()
            }
        }
        return Token(kind: .number, start: start, end: position)
    }

    private mutating func date(from start: Int) -> Token {
        while digit(at: position) || byte(at: position) == UInt8(ascii: "-") { position += 1 }
        guard byte(at: position) | 0x20 == UInt8(ascii: "t") else { return Token(kind: .date, start: start, end: position) }
        position += 1
        clock()
        return Token(kind: .datetime, start: start, end: position)
    }

    /// `12:00:00.000Z`, `12:00:00+02:00`
    private mutating func clock() {
        while digit(at: position) || byte(at: position) == UInt8(ascii: ":") { position += 1 }
        fraction()
        switch byte(at: position) {
        case UInt8(ascii: "Z"), UInt8(ascii: "z"): position += 1
        case UInt8(ascii: "+"), UInt8(ascii: "-"):
            position += 1
            while digit(at: position) || byte(at: position) == UInt8(ascii: ":") { position += 1 }
        default: break
        }
    }

    private mutating func digits() { while digit(at: position) { position += 1 } }

    /// The digits after a point. A currency literal has them, too, after its word.
    mutating func fraction() {
        guard byte(at: position) == UInt8(ascii: "."), digit(at: position + 1) else { return }
        position += 1
        digits()
    }
}

extension UInt8 {
    var isDigit: Bool { self &- UInt8(ascii: "0") < 10 }
    var isLetter: Bool { (self | 0x20) &- UInt8(ascii: "a") < 26 }
    var isPartOfName: Bool { isLetter || isDigit || self == UInt8(ascii: "_") }
}
