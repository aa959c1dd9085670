extension PatternTree {
    /// The same in PostgreSQL's advanced regular expressions, with every set spelled out.
    var postgres: String {
        switch self {
        case .one(let set): set.postgres
        case .sequence(let parts): "(?:" + parts.map(\.postgres).joined() + ")"
        case .either(let branches): "(?:" + branches.map(\.postgres).joined(separator: "|") + ")"
        case .repeated(let body, let least, let most): "(?:" + body.repetition(least, most) + ")"
        case .start: "^"
        case .end: "$"
        case .boundary(let isInverted):
            isInverted
                ? "(?:(?<=\(word))(?=\(word))|(?<!\(word))(?!\(word)))" : "(?:(?<=\(word))(?!\(word))|(?<!\(word))(?=\(word)))"
        case .ahead(let body, let isInverted, _): (isInverted ? "(?!" : "(?=") + body.postgres + ")"
        }
    }

    private var word: String { CharacterSet.word.postgres }

    /// PostgreSQL counts to 255: longer counts are sums.
    private func repetition(_ least: Int, _ most: Int?) -> String {
        let body = "(?:" + postgres + ")"
        var (text, rest) = ("", least)
        while rest > 0 {
            text += body + "{\(min(rest, 255))}"
            rest -= min(rest, 255)
        }
        guard let most else { return text + body + "*" }
        rest = most - least
        while rest > 0 {
            text += body + "{0,\(min(rest, 255))}"
            rest -= min(rest, 255)
        }
        return text
    }
}

extension CharacterSet {
    fileprivate var postgres: String {
        let ranges = plainRanges
        // A set of nothing cannot be written, but what can never follow can.
        if ranges.isEmpty { return "(?!\\A|.|\\n)" }
        return "[" + ranges.map { $0.count == 1 ? code($0.lowerBound) : code($0.lowerBound) + "-" + code($0.upperBound) }.joined()
            + "]"
    }

    private func code(_ value: UInt32) -> String {
        // PostgreSQL's texts hold no NUL, and surrogates are no characters.
        let digits = String(max(value, 1), radix: 16)
        return "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
    }
}
