import SQL

/// Follows SQL as SQLite's parser does, and counts what it keeps on its stack: every bracket, CASE and operator that waits for the
/// rest. The stack has 100 places; a statement that needs more is refused.
struct ParserStack {
    /// What a formula may take natively: the rest is for formulas that read it, and for the statement around them.
    static let room = 30
    /// What a formula may take at all, with those that it reads.
    static let limit = 80

    /// A bracket or CASE that is open: the places that it takes so far, and those of the operators in it that wait.
    private struct Frame {
        var own: Int
        var waiting = 0
    }

    private var frames = [Frame(own: 0)]
    private var isAfterName = false
    private(set) var most = 0

    init(_ sql: Fragment) {
        for piece in sql.pieces {
            if case .text(let text) = piece { read(Array(text.utf8)) } else { isAfterName = false }
        }
    }

    private mutating func read(_ text: [UInt8]) {
        var position = 0
        while position < text.count {
            let (start, byte) = (position, text[position])
            position += 1
            switch byte {
            case UInt8(ascii: "'"), UInt8(ascii: "\""):
                while position < text.count, text[position] != byte { position += 1 }
                position += 1
                isAfterName = false
            case _ where isLetterOrDigit(byte) || byte == UInt8(ascii: "_"):
                while position < text.count, isLetterOrDigit(text[position]) || text[position] == UInt8(ascii: "_") {
                    position += 1
                }
                word(String(decoding: text[start..<position], as: UTF8.self))
            case UInt8(ascii: " "), UInt8(ascii: "."): break
            default: sign(byte)
            }
        }
    }

    private mutating func word(_ word: String) {
        isAfterName = false
        switch word {
        case "CASE": open(2)
        case "WHEN", "ELSE": replaceOwn(4)
        case "THEN": replaceOwn(6)
        case "END": close()
        case "AND", "OR": wait(2)
        case "IS", "NOT", "LIKE", "IN": wait(top.waiting + 2)
        case "SELECT": replaceOwn(10)
        case "FROM", "WHERE", "EXISTS": break
        default: isAfterName = true
        }
    }

    private mutating func sign(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "("): open(isAfterName ? 3 : 1)
        case UInt8(ascii: ")"): close()
        case UInt8(ascii: ","): replaceOwn(max(top.own, 5))
        default: wait(min(top.waiting + 2, 6))
        }
        isAfterName = false
    }

    private var top: Frame { frames[frames.count - 1] }

    private mutating func open(_ own: Int) {
        frames.append(Frame(own: own))
        measure()
    }

    private mutating func close() { if frames.count > 1 { frames.removeLast() } }

    private mutating func replaceOwn(_ own: Int) {
        frames[frames.count - 1] = Frame(own: own)
        measure()
    }

    private mutating func wait(_ places: Int) {
        frames[frames.count - 1].waiting = places
        measure()
    }

    private mutating func measure() { most = max(most, frames.reduce(1) { $0 + $1.own + $1.waiting }) }
}

extension Fragment {
    /// Is it short and flat enough for a statement of SQLite?
    var fitsSQLite: Bool { length <= Fragment.maximumLength && ParserStack(self).most <= ParserStack.room }
}
