import Values

/// How alive the relationship is, from 0 to 100: the sum of six parts. What only we did, and they did not react to, counts for nothing.
struct Engagement: Sendable {
    struct Part: Sendable {
        let name: String
        let points: Int
        let most: Int
    }

    let parts: [Part]
    var score: Int { parts.map(\.points).reduce(0, +) }

    init(_ conversation: Conversation, _ deals: Deals, _ commitments: Commitments, _ mood: Mood, today: Day) {
        let heard = conversation.touches.filter { $0.side != .we }
        parts = [
            Part(name: "recency", points: Self.recency(heard.first.map { today - $0.day }, conversation.usualSilence), most: 25),
            Part(name: "frequency", points: min(20, heard.count { today - $0.day < 30 } * 4), most: 20),
            Part(
                name: "dialogue", points: Self.dialogue(conversation.touches.filter { today - $0.day < 90 }.prefix(8)), most: 20),
            Part(name: "trend", points: Self.trend(conversation, mood), most: 10),
            Part(name: "commitment", points: Self.commitment(conversation, deals, commitments), most: 15),
            Part(name: "mood", points: heard.isEmpty ? 0 : mood.sentiment.points, most: 10),
        ]
    }

    /// Full when they were heard of today, nothing after three times the usual silence.
    private static func recency(_ days: Int?, _ usual: Int) -> Int { days.map { max(0, 25 - 25 * $0 / (usual * 3)) } ?? 0 }

    /// Full when at least half of the last eight times of 90 days were theirs, too.
    private static func dialogue(_ last: ArraySlice<Conversation.Touch>) -> Int {
        last.isEmpty ? 0 : min(20, 40 * last.count { $0.side != .we } / last.count)
    }

    /// Somebody who complains writes a lot: that is no growth.
    private static func trend(_ conversation: Conversation, _ mood: Mood) -> Int {
        if conversation.touches.isEmpty || conversation.isSilent { return 0 }
        return switch conversation.frequency.trend {
        case .rising: mood.sentiment == .negative ? 0 : 10
        case .steady: conversation.frequency.recent > 0 ? 6 : 0
        case .falling: 0
        }
    }

    /// An open deal that moves, a planned conversation, a contract in force: five points each.
    private static func commitment(_ conversation: Conversation, _ deals: Deals, _ commitments: Commitments) -> Int {
        let moves = deals.open.contains { !$0.isStuck && $0.overdue == nil }
        return [moves, !conversation.planned.isEmpty, !commitments.active.isEmpty].count { $0 } * 5
    }
}

extension Briefing.Sentiment {
    fileprivate var points: Int {
        switch self {
        case .positive: 10
        case .neutral: 5
        case .negative: 0
        }
    }
}
