import Values

/// Holds sentences of a provider to the computed facts: it may choose among them, order, shorten and join their words, and quote what
/// people wrote. It cannot say anything else, whoever may have talked it into it.
struct Grounding: Sendable {
    let vocabulary: Vocabulary

    /// Why a sentence cannot stand; nil where nothing speaks against it.
    func objection(to sentence: String) -> String? {
        if Wording.visible(sentence) != sentence { return "it has characters that nobody sees" }
        if hasMarkup(sentence) { return "it has a link, an address or markup" }
        for quote in Quotations.all(in: sentence) {
            guard quote.wordCount <= 14, vocabulary.hasWritten(quote) else { return "it quotes what nobody wrote" }
        }
        let rest = Quotations.without(sentence)
        let (words, numbers) = (Lexicon.words(of: rest), Numerals.all(in: rest))
        let telling = words.filter { !PlainWords.all.contains($0) }
        return vocabulary.facts.contains { says($0, telling, numbers) } ? nil : "none of the facts says so"
    }

    /// Whether the fact has every word that says something, every number, and denies as the sentence does.
    private func says(_ fact: Vocabulary.Fact, _ telling: [String], _ numbers: [Number]) -> Bool {
        let isDenied = telling.contains(where: PlainWords.negations.contains)
        return !telling.isEmpty && telling.allSatisfy(fact.has) && numbers.allSatisfy(fact.numbers.contains)
            && isDenied == !fact.words.isDisjoint(with: PlainWords.negations)
    }

    private func hasMarkup(_ text: String) -> Bool {
        let lower = text.lowercased()
        if ["http", "www.", "://", "](", "![", "<", ">", "`", "mailto:", "javascript:", "data:", "{", "}", "|", "**"].contains(
            where: lower.contains)
        {
            return true
        }
        if text.contains(where: \.isNewline) { return true }
        return text.split(whereSeparator: \.isWhitespace).contains { word in
            word.dropFirst().dropLast().contains("@") || Self.looksLikeDomain(word)
        }
    }

    /// `evil.example`: letters on both sides of a point.
    private static func looksLikeDomain(_ word: Substring) -> Bool {
        guard let point = word.dropLast().lastIndex(of: "."), point != word.startIndex else { return false }
        return word[word.index(before: point)].isLetter && word[word.index(after: point)].isLetter
    }
}

/// Prose cut into sentences.
enum Sentences {
    static func all(in text: String) -> [String] {
        var (sentences, start, isQuoted) = ([String](), text.startIndex, false)
        for index in text.indices {
            let character = text[index]
            if character == "“" { isQuoted = true } else if character == "”" { isQuoted = false }
            let next = text.index(after: index)
            let isEnd = next == text.endIndex || text[next].isWhitespace
            let isClosed = "。！？।".contains(character) || ".!?".contains(character) && isEnd
            guard isClosed, !isQuoted, !isAbbreviation(text[start...index]) else { continue }
            sentences.append(text[start..<next].trimmed)
            start = next
        }
        let rest = text[start...].trimmed
        return rest.isEmpty ? sentences : sentences + [rest]
    }

    private static func isAbbreviation(_ text: Substring) -> Bool {
        ["Mr.", "Ms.", "Dr.", "Prof.", "Mx.", "Inc.", "Ltd.", "Co.", "e.g.", "i.e.", "No.", "St."].contains {
            text.hasSuffix(" " + $0) || text == $0
        }
    }
}
