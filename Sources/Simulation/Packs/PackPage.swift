import Values

// The words with which a language model is asked for words. They are part of the program, so that it runs from anywhere; count
// `PackOrder.version` up with them, so that packs that were kept are asked for anew.

extension PackPage {
    static let rules = """
        You find words for a CRM that is filled with invented life. What each slot is about is decided already; you only put it into
        words that fit the theme.

        - Answer with one JSON object alone: for each slot a member of its name, with a short text.
        - Plain English. Everything is invented: no real company, brand or living person.
        - No two slots alike. No numbers, addresses, links, markup or remarks.
        - A slot's text fulfils its kind and its wish.
        """

    /// - Parameters:
    ///   - complaints: what was wrong with the last answer.
    ///   - taken: what is used already.
    init(_ slots: [Slot], _ complaints: [Slot.ID: String], taken: [String], _ blank: Blank) {
        let order = blank.order
        let buyers = order.scenario == .b2b ? "companies" : "consumers"
        var lines = [
            "Theme: \(order.theme). \(blank.theme.seller) sells to \(buyers); the trade is \(order.industry).", "", "Kinds:",
        ]
        for kind in Slot.Kind.allCases where slots.contains(where: { $0.kind == kind }) {
            let some = kind.words(blank.theme).prefix(2).joined(separator: "; ")
            lines.append("- \(kind.rawValue): \(kind.meaning(order.scenario)). In the manner of: \(some)")
        }
        lines += ["", "Slots:"] + slots.map { $0.wish.isEmpty ? "- \($0.id)" : "- \($0.id): \($0.wish)" }
        if !taken.isEmpty { lines += ["", "Not again: " + taken.joined(separator: "; ")] }
        if !complaints.isEmpty {
            lines += ["", "Your last answer could not be used in these slots:"]
            lines += slots.compactMap { slot in complaints[slot.id].map { "- \(slot.id): \($0)" } }
        }
        let properties = slots.reduce(into: JSON.Members()) {
            $0.append($1.id, ["type": "string", "pattern": .string($1.pattern)])
        }
        self.init(
            system: Self.rules, text: lines.joined(separator: "\n"),
            schema: [
                "type": "object", "properties": .object(properties), "required": .array(slots.map { .string($0.id) }),
                "additionalProperties": false,
            ], maxTokens: 100 + slots.reduce(0) { $0 + 12 + $1.kind.longest / 3 })
    }
}

extension Slot.Kind {
    fileprivate func meaning(_ scenario: Scenario) -> String {
        switch self {
        case .given: "a given name, one word"
        case .family: "a family name, one word"
        case .head: "the first word of a company's name"
        case .kind: "what kind of company it is, one or two words that begin large"
        case .goods: "what is sold, in the plural, small letters"
        case .occasion: "where two people met: a noun with its article"
        case .farewell: "the last line of a letter"
        case .title: "a person's title at work, up to five words"
        case .worry:
            scenario == .b2b
                ? "what troubles the person at work: a clause that can follow \"at present\"; the person of the title of the same number"
                : "what troubles the person: a clause that can follow \"at present\""
        }
    }
}
