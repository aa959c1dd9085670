/// A set of characters, as a class of a pattern names them.
struct ScalarSet: Sendable {
    enum Category: Sendable { case digit, word, space, letter, upper, lower, number, punctuation }

    enum Member: Sendable {
        case range(ClosedRange<Unicode.Scalar>)
        case category(Category, negated: Bool)
    }

    var members: [Member] = []
    var isNegated = false
    var ignoresCase = false

    init(_ members: [Member], isNegated: Bool = false) { (self.members, self.isNegated) = (members, isNegated) }

    static let word = ScalarSet([.category(.word, negated: false)])
    /// `.`: everything but the end of a line.
    static let any = ScalarSet([.range("\n"..."\n"), .range("\r"..."\r")], isNegated: true)

    func contains(_ scalar: Unicode.Scalar) -> Bool { holds(scalar) != isNegated }

    private func holds(_ scalar: Unicode.Scalar) -> Bool {
        if members.contains(where: { $0.contains(scalar) }) { return true }
        return ignoresCase && scalar.otherCases.contains { other in members.contains { $0.contains(other) } }
    }
}

extension ScalarSet.Member {
    func contains(_ scalar: Unicode.Scalar) -> Bool {
        switch self {
        case .range(let range): range.contains(scalar)
        case .category(let category, let negated): category.contains(scalar) != negated
        }
    }
}

extension ScalarSet.Category {
    /// `\d`, `\w` and `\s` mean ASCII digits, letters and digits of ASCII with the underscore, and white space.
    func contains(_ scalar: Unicode.Scalar) -> Bool {
        switch self {
        case .digit: ("0"..."9").contains(scalar)
        case .word: ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || ("0"..."9").contains(scalar) || scalar == "_"
        case .space: scalar.properties.isWhitespace
        case .upper: scalar.properties.generalCategory == .uppercaseLetter
        case .lower: scalar.properties.generalCategory == .lowercaseLetter
        case .letter: isLetter(scalar.properties.generalCategory)
        case .number: [.decimalNumber, .letterNumber, .otherNumber].contains(scalar.properties.generalCategory)
        case .punctuation: isPunctuation(scalar.properties.generalCategory)
        }
    }

    private func isLetter(_ category: Unicode.GeneralCategory) -> Bool {
        [.uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter].contains(category)
    }

    private func isPunctuation(_ category: Unicode.GeneralCategory) -> Bool {
        [
            .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation, .finalPunctuation,
            .otherPunctuation,
        ].contains(category)
    }
}

extension Unicode.Scalar {
    /// The scalar in upper and in lower case, where each is one scalar.
    fileprivate var otherCases: [Unicode.Scalar] {
        [properties.uppercaseMapping, properties.lowercaseMapping].compactMap { text in
            let scalars = text.unicodeScalars
            return scalars.count == 1 ? scalars.first : nil
        }
    }
}
