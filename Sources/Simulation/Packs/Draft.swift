import Values

/// How far a pack is written: on which sheet the writer is, what holds, what is wrong with the rest, and what it has cost.
///
/// Each sheet is asked for once and mended at most twice; what does not hold by then is left to the theme's own words.
struct Draft: Sendable, Hashable {
    private(set) var sheet = 0
    /// How often the sheet was mended.
    private(set) var round = 0
    private(set) var words: [Slot.ID: String] = [:]
    /// Of the last answer, by slot.
    private(set) var complaints: [Slot.ID: String] = [:]
    private(set) var tokens = 0

    static let repairs = 2

    init() {}

    /// The slots of the sheet that nothing holds for yet; none where all sheets are over.
    func open(_ blank: Blank) -> [Slot] {
        sheet < blank.sheets.count ? blank.sheets[sheet].filter { words[$0.id] == nil } : []
    }

    /// The next question; nil where there is none.
    func page(_ blank: Blank) -> PackPage? {
        let open = open(blank)
        return open.isEmpty ? nil : PackPage(open, complaints, taken: taken(open, blank), blank)
    }

    /// What was chosen for slots of the same kinds, so that it is not chosen again. Names have their letters to tell them apart.
    private func taken(_ open: [Slot], _ blank: Blank) -> [String] {
        let kinds = Set(open.map(\.kind)).filter { !$0.beginsWithLetter }
        return blank.slots.filter { kinds.contains($0.kind) }.compactMap { words[$0.id] }
    }

    /// Takes of an answer what holds, and goes on.
    mutating func take(_ answer: WrittenPage, _ blank: Blank) {
        tokens += answer.tokens
        var check = SlotCheck(blank.slots, words)
        complaints = [:]
        let members = Self.members(answer.text)
        for slot in open(blank) {
            guard let members else {
                complaints[slot.id] = "the answer was not one JSON object"
                continue
            }
            if let objection = check.objection(to: members[slot.id], for: slot) {
                complaints[slot.id] = objection
            } else {
                words[slot.id] = members[slot.id]?.string?.trimmed
            }
        }
        turn(blank)
    }

    /// An answer that came to nothing counts like one that holds nothing.
    mutating func takeNothing(_ failure: WriterFailure, _ blank: Blank) {
        tokens += failure.tokens
        complaints = Dictionary(uniqueKeysWithValues: open(blank).map { ($0.id, "there was no answer that could be used") })
        turn(blank)
    }

    mutating func pay(_ tokens: Int) { self.tokens += tokens }

    private mutating func turn(_ blank: Blank) {
        if complaints.isEmpty || round == Self.repairs {
            (sheet, round, complaints) = (sheet + 1, 0, [:])
        } else {
            round += 1
        }
    }

    private static let longestAnswer = 64 << 10

    /// Some models say something around their JSON, whatever they are told.
    private static func members(_ text: String) -> JSON.Members? {
        guard text.utf8.count <= longestAnswer, let first = text.firstIndex(of: "{"), let last = text.lastIndex(of: "}"),
            first < last
        else { return nil }
        return try? JSON(parsing: String(text[first...last])).object
    }
}

extension Draft {
    var json: JSON {
        func texts(_ texts: [String: String]) -> JSON {
            .object(texts.sorted { $0.key < $1.key }.reduce(into: [:]) { $0[$1.key] = .string($1.value) })
        }
        return [
            "sheet": .whole(sheet), "round": .whole(round), "tokens": .whole(tokens), "words": texts(words),
            "complaints": texts(complaints),
        ]
    }

    init(json: JSON) {
        func texts(_ name: String) -> [String: String] {
            (json[name]?.object ?? [:]).reduce(into: [:]) { $0[$1.name] = $1.value.string }
        }
        func whole(_ name: String) -> Int { json[name]?.number?.integer ?? 0 }
        (sheet, round, tokens) = (whole("sheet"), whole("round"), whole("tokens"))
        (words, complaints) = (texts("words"), texts("complaints"))
    }
}

extension String {
    var trimmed: String {
        guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace }) else {
            return ""
        }
        return String(self[first...last])
    }
}
