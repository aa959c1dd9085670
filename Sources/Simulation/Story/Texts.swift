/// What people write and say while a deal is in a stage. `{contact}` (a first name), `{person}`, `{company}`, `{owner}`, `{seller}`
/// (the company that sells), `{goods}`, `{worry}`, `{occasion}`, `{farewell}` and `{amount}` stand for those of the deal and theme.
struct StageTexts: Sendable {
    struct Meeting: Sendable {
        let type: String
        let minutes: Int
        let outcome: String
        let subject: Template
        let text: Template

        init(_ type: String, _ minutes: Int, _ outcome: String, _ subject: String, _ text: String) {
            (self.type, self.minutes, self.outcome) = (type, minutes, outcome)
            (self.subject, self.text) = (Template(subject), Template(text))
        }
    }

    struct Letter: Sendable {
        let isInbound: Bool
        let subject: Template
        let body: Template

        static func out(_ subject: String, _ body: String) -> Self {
            Self(
                isInbound: false, subject: Template(subject),
                body: Template("Dear {contact},\n\n\(body)\n\n{farewell}\n{owner}, {seller}"))
        }

        static func `in`(_ subject: String, _ body: String) -> Self {
            Self(isInbound: true, subject: Template(subject), body: Template("Dear {owner},\n\n\(body)\n\n{person}, {company}"))
        }
    }

    struct Memo: Sendable {
        let title: Template
        let body: Template

        init(_ title: String, _ body: String) { (self.title, self.body) = (Template(title), Template(body)) }
    }

    let meetings: [Meeting]
    let letters: [Letter]
    let memos: [Memo]
    let nextSteps: [String]

    static func of(_ stage: String) -> StageTexts { all[stage] ?? prospecting }

    private static let all: [String: StageTexts] = [
        "Prospecting": prospecting, "Qualification": qualification, "Needs Analysis": needsAnalysis, "Proposal": proposal,
        "Negotiation": negotiation, "Closed Won": won, "Closed Lost": lost,
    ]
}

/// A text with places for words, cut into pieces once.
struct Template: Sendable {
    private enum Piece: Sendable {
        case text(String)
        case place(String)
    }

    private let pieces: [Piece]

    init(_ text: String) {
        var pieces: [Piece] = []
        for part in text.split(separator: "{", omittingEmptySubsequences: false) {
            let sides = part.split(separator: "}", maxSplits: 1, omittingEmptySubsequences: false)
            if sides.count == 2 { pieces.append(.place(String(sides[0]))) }
            if let rest = sides.last, !rest.isEmpty { pieces.append(.text(String(rest))) }
        }
        self.pieces = pieces
    }

    /// The names of its places.
    var places: [String] { pieces.compactMap { if case .place(let name) = $0 { name } else { nil } } }

    func filled(_ words: [String: String]) -> String {
        var text = ""
        for piece in pieces {
            switch piece {
            case .text(let part): text += part
            case .place(let name): text += words[name] ?? ""
            }
        }
        return text
    }
}
