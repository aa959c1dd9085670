/// Reads the text of a regular expression.
struct PatternReader {
    private let scalars: [Unicode.Scalar]
    private var position = 0
    private var depth = 0
    private var aheads = 0
    private var ignoresCase = false
    private var dotMatchesAll = false

    init(_ source: String) { scalars = Array(source.unicodeScalars) }

    mutating func whole() throws(FormulaError) -> PatternTree {
        let tree = try alternatives()
        guard position == scalars.count else { throw failure("has a ) too many") }
        return tree
    }

    private mutating func alternatives() throws(FormulaError) -> PatternTree {
        var branches = [try sequence()]
        while take("|") { branches.append(try sequence()) }
        return branches.count == 1 ? branches[0] : .either(branches)
    }

    private mutating func sequence() throws(FormulaError) -> PatternTree {
        var parts: [PatternTree] = []
        while let next = peek, next != "|", next != ")" {
            if try takeFlags() { continue }
            parts.append(try repetition(try atom()))
        }
        return .sequence(parts)
    }

    private mutating func repetition(_ atom: PatternTree) throws(FormulaError) -> PatternTree {
        var tree = atom
        while let bounds = try quantifier() {
            tree = .repeated(tree, least: bounds.least, most: bounds.most)
            // Whether it is greedy makes no difference: the whole text must match.
            _ = take("?")
            if peek == "+" { throw failure("has a possessive quantifier, which is not supported") }
        }
        return tree
    }

    private mutating func quantifier() throws(FormulaError) -> (least: Int, most: Int?)? {
        if take("*") { return (0, nil) }
        if take("+") { return (1, nil) }
        if take("?") { return (0, 1) }
        guard take("{") else { return nil }
        guard let least = integer() else { throw failure("has a { without a number; write \\{ for a brace") }
        var most: Int? = least
        if take(",") { most = peek == "}" ? nil : integer() ?? -1 }
        guard take("}"), most.map({ $0 >= least }) ?? true, max(least, most ?? 0) <= 1000
        else { throw failure("has a {n,m} that is malformed or counts beyond 1000") }
        return (least, most)
    }

    private mutating func integer() -> Int? {
        let start = position
        while let next = peek, ("0"..."9").contains(next), position - start < 6 { position += 1 }
        return Int(String(String.UnicodeScalarView(scalars[start..<position])))
    }

    private mutating func atom() throws(FormulaError) -> PatternTree {
        guard let next = peek else { throw failure("ends too early") }
        position += 1
        switch next {
        case ".": return .one(dotMatchesAll ? CharacterSet(ranges: []).inverted : CharacterSet.lineEnds.inverted)
        case "^": return .start
        case "$": return .end
        case "(": return try group()
        case "[": return .one(cased(try set()))
        case "\\": return try escape()
        case "*", "+", "?": throw failure("has nothing to repeat before \(next)")
        default: return .one(single(next))
        }
    }

    private mutating func group() throws(FormulaError) -> PatternTree {
        depth += 1
        guard depth <= 100 else { throw failure("is nested deeper than 100 levels") }
        defer { depth -= 1 }
        var (isAhead, isInverted) = (false, false)
        if take("?") {
            switch peek {
            case ":": break
            case "=": isAhead = true
            case "!": (isAhead, isInverted) = (true, true)
            default: throw failure("has a group (?... that is not supported")
            }
            position += 1
        }
        let flags = (ignoresCase, dotMatchesAll)
        let inner = try alternatives()
        (ignoresCase, dotMatchesAll) = flags
        guard take(")") else { throw failure("has a ( that is not closed") }
        guard isAhead else { return inner }
        aheads += 1
        return .ahead(inner, isInverted: isInverted, number: aheads)
    }

    /// `(?i)`, `(?s)`: from here to the end of the group.
    private mutating func takeFlags() throws(FormulaError) -> Bool {
        guard peek == "(", position + 2 < scalars.count, scalars[position + 1] == "?",
            "is".unicodeScalars.contains(scalars[position + 2])
        else { return false }
        position += 2
        while let flag = peek, flag != ")" {
            switch flag {
            case "i": ignoresCase = true
            case "s": dotMatchesAll = true
            default: throw failure("has a flag \(flag) that is not supported")
            }
            position += 1
        }
        guard take(")") else { throw failure("has a ( that is not closed") }
        return true
    }

    private mutating func escape() throws(FormulaError) -> PatternTree {
        switch peek {
        case "b":
            position += 1
            return .boundary(isInverted: false)
        case "B":
            position += 1
            return .boundary(isInverted: true)
        case "A":
            position += 1
            return .start
        case "z", "Z":
            position += 1
            return .end
        default: return .one(cased(try escapedSet()))
        }
    }

    private mutating func escapedSet() throws(FormulaError) -> CharacterSet {
        guard let next = peek else { throw failure("ends with a backslash") }
        position += 1
        switch next {
        case "d": return .digits
        case "D": return CharacterSet.digits.inverted
        case "w": return .word
        case "W": return CharacterSet.word.inverted
        case "s": return .space
        case "S": return CharacterSet.space.inverted
        case "p": return try property()
        case "P": return try property().inverted
        case "n": return CharacterSet(ranges: [0x0A...0x0A])
        case "r": return CharacterSet(ranges: [0x0D...0x0D])
        case "t": return CharacterSet(ranges: [0x09...0x09])
        case "u", "x": return try hexadecimal(next == "u" ? 4 : 2)
        case "a"..."z", "A"..."Z", "0"..."9": throw failure("has \\\(next), which is not supported")
        default: return CharacterSet(ranges: [next.value...next.value])
        }
    }

    /// `\p{Lu}`, or `\pL`.
    private mutating func property() throws(FormulaError) -> CharacterSet {
        let isBraced = take("{")
        let start = position
        if isBraced {
            while let next = peek, next != "}" { position += 1 }
        } else if peek != nil {
            position += 1
        }
        let name = String(String.UnicodeScalarView(scalars[start..<position]))
        guard !isBraced || take("}"), let set = CharacterSet.property(name) else {
            throw failure("has \\p without a category such as {L}, {Lu}, {N}, {P} or {Alpha}")
        }
        return set
    }

    private mutating func hexadecimal(_ count: Int) throws(FormulaError) -> CharacterSet {
        let end = position + count
        guard end <= scalars.count, let code = UInt32(String(String.UnicodeScalarView(scalars[position..<end])), radix: 16)
        else { throw failure("has an escape that needs \(count) hexadecimal digits") }
        position = end
        return CharacterSet(ranges: [code...code])
    }

    private mutating func set() throws(FormulaError) -> CharacterSet {
        let isInverted = take("^")
        var ranges: [ClosedRange<UInt32>] = []
        repeat {
            guard let next = peek else { throw failure("has a [ that is not closed") }
            if next == "[" || next == "&" && position + 1 < scalars.count && scalars[position + 1] == "&" {
                throw failure("has a set within a set, which is not supported; write \\\(next)")
            }
            let first = try member()
            if peek == "-", position + 1 < scalars.count, scalars[position + 1] != "]" {
                position += 1
                let last = try member()
                guard let low = first.single, let high = last.single, low <= high else {
                    throw failure("has a range that is no range")
                }
                ranges.append(low...high)
            } else {
                ranges += first.plainRanges
            }
        } while peek != "]"
        position += 1
        return CharacterSet(ranges: ranges, isInverted: isInverted)
    }

    private mutating func member() throws(FormulaError) -> CharacterSet {
        guard let next = peek else { throw failure("has a [ that is not closed") }
        position += 1
        return next == "\\" ? try escapedSet() : CharacterSet(ranges: [next.value...next.value])
    }

    private func single(_ scalar: Unicode.Scalar) -> CharacterSet { cased(CharacterSet(ranges: [scalar.value...scalar.value])) }

    /// The set in order; with `(?i)` also the other case of every letter, one by one.
    private func cased(_ set: CharacterSet) -> CharacterSet {
        guard ignoresCase else { return set.ordered }
        var all = set
        for range in set.ranges where range.count <= 10_000 {
            for value in range {
                guard let scalar = Unicode.Scalar(value) else { continue }
                for variant in [scalar.properties.lowercaseMapping, scalar.properties.uppercaseMapping] {
                    let scalars = variant.unicodeScalars
                    if scalars.count == 1, let other = scalars.first, other != scalar {
                        all.ranges.append(other.value...other.value)
                    }
                }
            }
        }
        return all.ordered
    }

    private var peek: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard peek == scalar else { return false }
        position += 1
        return true
    }

    private func failure(_ what: String) -> FormulaError {
        .failure(.badPattern, "The pattern \(what) (at character \(position + 1))")
    }
}

extension CharacterSet {
    /// The code point of a set of one.
    var single: UInt32? {
        guard !isInverted, ranges.count == 1, ranges[0].count == 1 else { return nil }
        return ranges[0].lowerBound
    }
}
