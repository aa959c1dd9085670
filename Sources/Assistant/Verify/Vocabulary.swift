import Metadata
import Values

/// What sentences about a dossier are held to: the computed facts, the marks of its records, and what people wrote, which can be quoted
/// and nothing else.
struct Vocabulary: Sendable {
    /// A computed sentence as its words and numbers, what it quotes left out.
    struct Fact: Sendable {
        let words: Set<String>
        let numbers: Set<Number>

        /// Whether the fact has the word, perhaps with another ending.
        func has(_ word: String) -> Bool {
            words.contains(word) || word.count >= 5 && words.contains { $0.count >= 5 && $0.prefix(5) == word.prefix(5) }
        }
    }

    let facts: [Fact]
    /// Everything that was written freely, flat, a line each.
    private var written: [UInt8] = []
    private let dossier: Dossier

    init(_ dossier: Dossier, facts sentences: [String]) {
        self.dossier = dossier
        facts = sentences.map { sentence in
            let own = Quotations.without(sentence)
            return Fact(words: Set(Lexicon.words(of: own)), numbers: Set(Numerals.all(in: own)))
        }
        add(dossier.subject.name)
        for role in Role.allCases {
            for item in dossier[role] {
                for text in [item.title, item[.nextStep].string ?? "", item[.reason].string ?? "", item.text] { add(text) }
            }
        }
    }

    private mutating func add(_ text: String) {
        if text.isEmpty { return }
        written += Self.flat(text).utf8
        written.append(UInt8(ascii: "\n"))
    }

    /// Whether somebody wrote that, whatever the case and the marks between the words.
    func hasWritten(_ quote: String) -> Bool {
        let quote = Array(Self.flat(quote).utf8)
        guard let first = quote.first else { return false }
        var rest = written[...]
        while let start = rest.firstIndex(of: first) {
            rest = rest[start...]
            if rest.starts(with: quote) { return true }
            rest.removeFirst()
        }
        return false
    }

    /// Whether a sentence speaks of the record at all: it has a word or a number of its fields.
    func sentence(_ sentence: String, mentions id: String) -> Bool {
        let records = Role.allCases.flatMap { role in dossier[role].filter { $0.id == id }.map { ($0.fields, $0.person) } }
        let all = records + (id == dossier.subject.id ? [(dossier.subject.fields, nil)] : [])
        let (words, numbers) = (Set(Lexicon.words(of: sentence)), Set(Numerals.all(in: sentence).map(\.magnitude)))
        return all.contains { fields, person in
            (fields.values + (person.map { [.string($0)] } ?? [])).contains { isMark($0, words, numbers) }
        }
    }

    /// Whether a sentence of these words and numbers has something of a field's value.
    private func isMark(_ value: JSON, _ words: Set<String>, _ numbers: Set<Number>) -> Bool {
        switch value {
        case .number(let number): return numbers.contains(number.magnitude)
        case .string(let text):
            if let day = Day(text) ?? Instant(text)?.day {
                return numbers.contains(Number(day.day)) || numbers.contains(Number(abs(dossier.today - day)))
            }
            return RecordID.canonical(text) == nil
                && Lexicon.words(of: text.prefix(200)).contains { $0.count > 3 && words.contains($0) }
        default: return false
        }
    }

    /// In lower case, with single spaces between words.
    static func flat(_ text: String) -> String {
        var (flat, isBetween) = ([UInt8](), false)
        for scalar in Wording.visible(text).unicodeScalars {
            guard scalar.isOfWord else {
                isBetween = true
                continue
            }
            if isBetween, !flat.isEmpty { flat.append(UInt8(ascii: " ")) }
            isBetween = false
            switch scalar {
            case "a"..."z", "0"..."9": flat.append(UInt8(scalar.value))
            case "A"..."Z": flat.append(UInt8(scalar.value) | 0x20)
            default: flat += scalar.properties.lowercaseMapping.utf8
            }
        }
        return String(decoding: flat, as: UTF8.self)
    }
}

extension Unicode.Scalar {
    /// A letter, a mark upon one, or a digit.
    fileprivate var isOfWord: Bool {
        switch self {
        case "a"..."z", "A"..."Z", "0"..."9": return true
        case "\u{0}"..."\u{7F}": return false
        default: break
        }
        switch properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: return true
        case .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .letterNumber, .otherNumber: return true
        default: return false
        }
    }
}

/// Numbers as they stand in prose: `240,000`, `1.5`, `80k`.
enum Numerals {
    static func all(in text: String) -> [Number] {
        text.split { !($0.isNumber || $0 == "," || $0 == "." || $0.isLetter) }.compactMap { word -> Number? in
            guard let first = word.first, first.isNumber else { return word.contains(where: \.isNumber) ? mixed(word) : nil }
            let digits = word.prefix { $0.isNumber || $0 == "," || $0 == "." }
            var plain = digits.filter { $0 != "," }
            while plain.last == "." { plain.removeLast() }
            guard let number = Number(plain) else { return .init(-1) }
            switch word.dropFirst(digits.count).lowercased() {
            case "k": return number.shifted(by: 3)
            case "m": return number.shifted(by: 6)
            default: return number
            }
        }
    }

    /// The digits of a word such as `CT20260101`.
    private static func mixed(_ word: Substring) -> Number? { Number(word.filter(\.isNumber)) }
}

/// What stands in quotation marks.
enum Quotations {
    private static let pairs: [Character: Character] = ["“": "”", "\"": "\"", "„": "“", "«": "»"]

    static func all(in text: String) -> [String] { split(text).quotes }
    static func without(_ text: String) -> String { split(text).rest }

    private static func split(_ text: String) -> (quotes: [String], rest: String) {
        var (quotes, rest, left) = ([String](), "", text[...])
        while let open = left.firstIndex(where: { pairs[$0] != nil }) {
            rest += left[..<open]
            let inside = left[left.index(after: open)...]
            guard let mark = pairs[left[open]], let close = inside.firstIndex(of: mark) else {
                left = inside
                continue
            }
            quotes.append(String(inside[..<close]))
            rest += " "
            left = inside[inside.index(after: close)...]
        }
        return (quotes, rest + left)
    }
}
