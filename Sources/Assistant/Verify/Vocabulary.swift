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
    /// Everything that was written freely, in lower case with single spaces: what a quotation is looked up in.
    private(set) var written = ""
    /// What each record is recognised by in a sentence: the words and numbers of its fields.
    private(set) var marks: [String: (words: Set<String>, numbers: Set<Number>)] = [:]

    init(_ dossier: Dossier, facts sentences: [String]) {
        facts = sentences.map { sentence in
            let own = Quotations.without(sentence)
            return Fact(words: Set(Lexicon.words(of: own)), numbers: Set(Numerals.all(in: own)))
        }
        mark(dossier.subject.id, dossier.subject.fields, person: nil, dossier.today)
        written = Vocabulary.flat(dossier.subject.name)
        for role in Role.allCases {
            for item in dossier[role] {
                mark(item.id, item.fields, person: item.person, dossier.today)
                for text in [item.title, item[.nextStep].string ?? "", item[.reason].string ?? "", item.text] {
                    written += " " + Vocabulary.flat(text)
                }
            }
        }
    }

    /// Whether a sentence speaks of the record at all.
    func sentence(_ sentence: String, mentions id: String) -> Bool {
        guard let marks = marks[id] else { return false }
        return Lexicon.words(of: sentence).contains(where: marks.words.contains)
            || Numerals.all(in: sentence).contains { marks.numbers.contains($0.magnitude) }
    }

    private mutating func mark(_ id: String, _ fields: JSON.Members, person: String?, _ today: Day) {
        var (words, numbers) = (Set<String>(), Set<Number>())
        for value in fields.values + (person.map { [.string($0)] } ?? []) {
            switch value {
            case .number(let number): numbers.insert(number.magnitude)
            case .string(let text):
                if let day = Day(text) ?? Instant(text)?.day {
                    numbers.formUnion([Number(day.day), Number(abs(today - day))])
                } else if RecordID.canonical(text) == nil {
                    words.formUnion(Lexicon.words(of: text.prefix(200)).filter { $0.count > 3 })
                }
            default: break
            }
        }
        marks[id] = (words, numbers)
    }

    static func flat(_ text: String) -> String {
        Wording.visible(text).lowercased().split { !$0.isLetter && !$0.isNumber }.joined(separator: " ")
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
