/// What people write and say while a deal is in a stage. `{contact}`, `{company}`, `{owner}`, `{seller}` (the owner's first name), `{product}`, `{amount}`, `{users}`
/// and `{date}` stand for those of the deal.
struct StageTexts: Sendable {
    struct Meeting: Sendable {
        let type: String
        let subject: String
        let text: String
        let minutes: Int
        let outcome: String
    }

    struct Letter: Sendable {
        let isInbound: Bool
        let subject: String
        let body: String
    }

    struct Memo: Sendable {
        let title: String
        let body: String
    }

    let meetings: [Meeting]
    let letters: [Letter]
    let memos: [Memo]
    let nextSteps: [String]
}

extension StageTexts.Meeting {
    init(_ type: String, _ subject: String, _ text: String, _ minutes: Int, _ outcome: String) {
        self.init(type: type, subject: subject, text: text, minutes: minutes, outcome: outcome)
    }
}

extension StageTexts.Letter {
    static func out(_ subject: String, _ body: String) -> Self { Self(isInbound: false, subject: subject, body: body) }
    static func `in`(_ subject: String, _ body: String) -> Self { Self(isInbound: true, subject: subject, body: body) }
}

extension StageTexts {
    /// By the stage's name.
    static let all: [String: StageTexts] = [
        "Prospecting": prospecting, "Qualification": qualification, "Needs Analysis": needsAnalysis, "Proposal": proposal,
        "Negotiation": negotiation, "Closed Won": won, "Closed Lost": lost,
    ]
}
