/// What a pattern says, as a tree.
indirect enum PatternTree: Sendable {
    case empty
    case one(ScalarSet)
    case sequence([PatternTree])
    case choice([PatternTree])
    /// At least `low` times, at most `high` times where there is a limit.
    case times(PatternTree, low: Int, high: Int?)
    case place(Place)

    enum Place: Sendable { case start, end, wordEdge, noWordEdge }
}

/// Reads the text of a pattern, one character ahead.
struct PatternReader {
    private let scalars: [Unicode.Scalar]
    private var position = 0
    private var depth = 0
    private var ignoresCase = false

    init(_ source: String) { scalars = Array(source.unicodeScalars) }

    mutating func whole() throws(TextPatternError) -> PatternTree {
        if scalars.starts(with: "(?i)".unicodeScalars) { (ignoresCase, position) = (true, 4) }
        let tree = try choice()
        if position < scalars.count { throw failure("This ) has no ( before it") }
        return tree
    }

    private mutating func choice() throws(TextPatternError) -> PatternTree {
        var branches = [try sequence()]
        while take("|") { branches.append(try sequence()) }
        return branches.count == 1 ? branches[0] : .choice(branches)
    }

    private mutating func sequence() throws(TextPatternError) -> PatternTree {
        var parts: [PatternTree] = []
        while let next = peek, next != "|", next != ")" { parts.append(try repeated()) }
        return parts.count == 1 ? parts[0] : .sequence(parts)
    }

    private mutating func repeated() throws(TextPatternError) -> PatternTree {
        let start = position
        var tree = try atom()
        while let (low, high) = try quantifier() {
            if case .place = tree { throw failure("Nothing stands here that could be repeated", at: start) }
            tree = .times(tree, low: low, high: high)
            if take("+") { throw failure("Possessive repetition (such as *+) is not supported", at: position - 1) }
            _ = take("?")
            if let next = peek, "*+?".unicodeScalars.contains(next) {
                throw failure("Two repetitions in a row: put the first into ( )")
            }
        }
        return tree
    }

    private mutating func quantifier() throws(TextPatternError) -> (low: Int, high: Int?)? {
        if take("*") { return (0, nil) }
        if take("+") { return (1, nil) }
        if take("?") { return (0, 1) }
        guard peek == "{" else { return nil }
        let start = position
        position += 1
        guard let low = number() else {
            throw failure("A { starts a repetition such as {2} or {1,3}; write \\{ for the sign itself", at: start)
        }
        let high = take(",") ? number() : low
        guard take("}"), high ?? low >= low else {
            throw failure("This repetition is not of the form {2}, {2,} or {2,4}", at: start)
        }
        return (low, high)
    }

    private mutating func number() -> Int? {
        let start = position
        while let next = peek, ScalarSet.Category.digit.contains(next) { position += 1 }
        guard position > start, position - start <= 4 else { return nil }
        return Int(String(String.UnicodeScalarView(scalars[start..<position])))
    }

    // MARK: Atoms

    private mutating func atom() throws(TextPatternError) -> PatternTree {
        guard let next = peek else { return .empty }
        let start = position
        position += 1
        switch next {
        case "(": return try group(start)
        case "[": return .one(try characterClass(start))
        case ".": return .one(.any)
        case "^": return .place(.start)
        case "$": return .place(.end)
        case "*", "+", "?": throw failure("Nothing stands before this \(next) that could be repeated", at: start)
        case "\\": return try escape(start)
        default: return one(next)
        }
    }

    private func one(_ scalar: Unicode.Scalar) -> PatternTree { .one(set([.range(scalar...scalar)])) }

    private func set(_ members: [ScalarSet.Member], isNegated: Bool = false) -> ScalarSet {
        var set = ScalarSet(members, isNegated: isNegated)
        set.ignoresCase = ignoresCase
        return set
    }

    private mutating func group(_ start: Int) throws(TextPatternError) -> PatternTree {
        depth += 1
        guard depth <= TextPattern.depthLimit else {
            throw failure("Groups are nested deeper than \(TextPattern.depthLimit)", at: start)
        }
        if take("?"), !take(":") {
            throw failure("Only plain groups ( ) and (?: ) are supported, not looking ahead or back, and no names", at: start)
        }
        let tree = try choice()
        guard take(")") else { throw failure("This ( has no ) after it", at: start) }
        depth -= 1
        return tree
    }

    private mutating func escape(_ start: Int) throws(TextPatternError) -> PatternTree {
        if take("b") { return .place(.wordEdge) }
        if take("B") { return .place(.noWordEdge) }
        return .one(set([try escaped(start)]))
    }

    /// What stands after a backslash, in or outside of a class.
    private mutating func escaped(_ start: Int) throws(TextPatternError) -> ScalarSet.Member {
        guard let next = peek else { throw failure("Nothing stands after this \\", at: start) }
        position += 1
        switch next {
        case "d", "D": return .category(.digit, negated: next == "D")
        case "w", "W": return .category(.word, negated: next == "W")
        case "s", "S": return .category(.space, negated: next == "S")
        case "p", "P": return .category(try property(start), negated: next == "P")
        case "t": return .range("\t"..."\t")
        case "n": return .range("\n"..."\n")
        case "r": return .range("\r"..."\r")
        case "u": return try hexadecimal(start)
        case "0"..."9", "a"..."z", "A"..."Z": throw failure("There is no \\\(next) in a pattern", at: start)
        default: return .range(next...next)
        }
    }

    private mutating func property(_ start: Int) throws(TextPatternError) -> ScalarSet.Category {
        let names: [(String, ScalarSet.Category)] = [
            ("{L}", .letter), ("{Lu}", .upper), ("{Ll}", .lower), ("{N}", .number), ("{P}", .punctuation),
        ]
        for (name, category) in names where scalars[position...].starts(with: name.unicodeScalars) {
            position += name.unicodeScalars.count
            return category
        }
        throw failure("A property is one of \\p{L}, \\p{Lu}, \\p{Ll}, \\p{N}, \\p{P}", at: start)
    }

    private mutating func hexadecimal(_ start: Int) throws(TextPatternError) -> ScalarSet.Member {
        let digits = String(String.UnicodeScalarView(scalars[position...].prefix(4)))
        guard digits.utf8.count == 4, let code = UInt32(digits, radix: 16), let scalar = Unicode.Scalar(code)
        else { throw failure("\\u needs the four hexadecimal digits of a character", at: start) }
        position += 4
        return .range(scalar...scalar)
    }

    // MARK: Classes

    private mutating func characterClass(_ start: Int) throws(TextPatternError) -> ScalarSet {
        let isNegated = take("^")
        var members: [ScalarSet.Member] = []
        repeat {
            guard let next = peek else { throw failure("This [ has no ] after it", at: start) }
            if next == "]", !members.isEmpty { break }
            members.append(try member())
        } while true
        position += 1
        return set(members, isNegated: isNegated)
    }

    private mutating func member() throws(TextPatternError) -> ScalarSet.Member {
        let start = position
        let low = try end()
        guard case .range(let range) = low, peek == "-", position + 1 < scalars.count, scalars[position + 1] != "]" else {
            return low
        }
        position += 1
        guard case .range(let high) = try end(), range.lowerBound <= high.lowerBound
        else { throw failure("This range goes backwards, or does not end with a character", at: start) }
        return .range(range.lowerBound...high.lowerBound)
    }

    /// One end of a range, or a member of its own.
    private mutating func end() throws(TextPatternError) -> ScalarSet.Member {
        guard let next = peek else { throw failure("The pattern ends inside of [ ]") }
        position += 1
        return next == "\\" ? try escaped(position - 1) : .range(next...next)
    }

    // MARK: Characters

    private var peek: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard peek == scalar else { return false }
        position += 1
        return true
    }

    private func failure(_ message: String, at place: Int? = nil) -> TextPatternError {
        TextPatternError(message: message, column: (place ?? position) + 1)
    }
}
