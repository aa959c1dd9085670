/// What an honest writer puts into the slots of a pack: words of their own for each, that match what is asked for.
package enum SlotWords {
    /// - Parameters:
    ///   - slot: its name, such as `title7`.
    ///   - pattern: what the words must match.
    package static func answer(to slot: String, matching pattern: String) -> String {
        let kind = String(slot.prefix { $0.isLetter })
        let word = word(Int(slot.dropFirst(kind.count)) ?? 0)
        switch kind {
        case "kind": return "Guild \(word.capitalized)"
        case "goods": return "brass \(word)s"
        case "occasion": return "a fair at \(word.capitalized)"
        case "farewell": return "Yours in \(word)"
        case "title": return "Keeper of \(word.capitalized)"
        case "worry": return "the \(word) is late and nobody knows why"
        // Names begin with a letter: ^K...
        default: return String(pattern.dropFirst().prefix(1)) + word
        }
    }

    /// Another one for each number.
    private static func word(_ number: Int) -> String {
        let syllables = ["bar", "den", "fil", "gor", "hem", "kun", "lim", "mor", "nas", "pol"]
        return String(number).map { syllables[$0.wholeNumberValue ?? 0] }.joined()
    }
}

extension String {
    fileprivate var capitalized: String { prefix(1).uppercased() + dropFirst() }
}
