import Synchronization

/// Feelings read off words: each word of the lexicon has a weight, which negations turn and intensifying words strengthen.
///
/// The rules are those that have proved themselves for short texts (Hutto and Gilbert, "VADER", 2014): a negation within the three words
/// before turns a weight and takes a quarter of it, what follows "but" counts more than what stands before it, and the sum is brought between -1 and 1 by s / sqrt(s² + 15).
package enum Lexicon {
    /// -1 to 1; nil where no word of the text is in the lexicon.
    package static func score(_ text: some StringProtocol) -> Double? {
        let words = words(of: text)
        var (weights, turn) = ([(place: Int, weight: Double)](), Int?.none)
        for (place, word) in words.enumerated() {
            if contrasts.contains(word) { turn = place }
            guard let weight = weight(word) else { continue }
            weights.append((place, weight * strength(of: words[max(0, place - 3)..<place], on: weight)))
        }
        if weights.isEmpty { return nil }
        let sum = weights.reduce(0.0) { sum, found in
            guard let turn else { return sum + found.weight }
            return sum + found.weight * (found.place < turn ? 0.7 : 1.3)
        }
        return sum / (sum * sum + 15).squareRoot()
    }

    /// By how much the words before one change its weight.
    private static func strength(of before: ArraySlice<String>, on weight: Double) -> Double {
        var strength = 1.0
        for word in before {
            if let factor = degrees[word] { strength *= factor }
        }
        guard before.contains(where: negations.contains) else { return strength }
        // Not happy is bad; not unhappy is hardly good.
        return strength * (weight > 0 ? -0.75 : -0.3)
    }

    /// The weight of a word, or of the word that an ending was added to.
    private static func weight(_ word: String) -> Double? {
        if let weight = LexiconWords.all[word] { return weight }
        for ending in ["e", "s", "en", "er", "es", "em", "ed", "ly"] where word.count > ending.count + 3 && word.hasSuffix(ending)
        {
            if let weight = LexiconWords.all[String(word.dropLast(ending.count))] { return weight }
        }
        return nil
    }

    /// In lower case, without marks; `don't` becomes `dont`.
    static func words(of text: some StringProtocol) -> [String] {
        text.utf8.allSatisfy { $0 < 0x80 } ? plainWords(of: text.utf8) : allWords(of: text)
    }

    /// ASCII has its letters in two rows.
    private static func plainWords(of text: some Sequence<UInt8>) -> [String] {
        var (words, word) = ([String](), [UInt8]())
        for byte in text {
            let letter = byte | 0x20
            if (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(letter) {
                word.append(letter)
            } else if byte != UInt8(ascii: "'"), !word.isEmpty {
                words.append(String(decoding: word, as: UTF8.self))
                word.removeAll(keepingCapacity: true)
            }
        }
        if !word.isEmpty { words.append(String(decoding: word, as: UTF8.self)) }
        return words
    }

    private static func allWords(of text: some StringProtocol) -> [String] {
        var (words, word) = ([String](), String.UnicodeScalarView())
        for scalar in text.lowercased().unicodeScalars {
            if scalar.properties.isAlphabetic {
                word.append(scalar)
            } else if scalar != "'" && scalar != "’" && !word.isEmpty {
                words.append(String(word))
                word = String.UnicodeScalarView()
            }
        }
        if !word.isEmpty { words.append(String(word)) }
        return words
    }

    private static let negations: Set<String> = [
        "not", "no", "never", "none", "nobody", "nothing", "neither", "nor", "cannot", "cant", "dont", "doesnt", "didnt", "isnt",
        "wasnt",
        "arent", "werent", "wont", "wouldnt", "couldnt", "shouldnt", "hasnt", "havent", "hardly", "without", "nicht", "kein",
        "keine",
        "keinen", "keiner", "keinem", "nie", "niemals", "ohne", "kaum", "nichts", "pas", "jamais", "sans", "aucun", "aucune",
        "rien",
        "ne", "nunca", "sin", "ningún", "ninguna", "nada", "non", "mai", "senza", "nessun", "nessuna", "nulla",
    ]

    private static let degrees: [String: Double] = [
        "very": 1.4, "really": 1.3, "extremely": 1.6, "so": 1.2, "absolutely": 1.5, "completely": 1.5, "totally": 1.5,
        "incredibly": 1.5,
        "highly": 1.4, "deeply": 1.4, "especially": 1.3, "utterly": 1.6, "most": 1.2, "too": 1.2, "slightly": 0.6,
        "somewhat": 0.7,
        "fairly": 0.8, "quite": 1.1, "rather": 0.9, "bit": 0.6, "little": 0.6, "sehr": 1.4, "äußerst": 1.6, "wirklich": 1.3,
        "absolut": 1.5, "völlig": 1.5, "total": 1.5, "besonders": 1.3, "extrem": 1.6, "etwas": 0.7, "ziemlich": 1.1, "très": 1.4,
        "vraiment": 1.3, "extrêmement": 1.6, "absolument": 1.5, "totalement": 1.5, "trop": 1.2, "peu": 0.6, "assez": 0.9,
        "muy": 1.4,
        "realmente": 1.3, "extremadamente": 1.6, "absolutamente": 1.5, "totalmente": 1.5, "demasiado": 1.2, "poco": 0.6,
        "molto": 1.4,
        "davvero": 1.3, "estremamente": 1.6,
    ]

    private static let contrasts: Set<String> = [
        "but", "however", "aber", "jedoch", "mais", "cependant", "pero", "sin embargo", "ma", "però",
    ]
}
