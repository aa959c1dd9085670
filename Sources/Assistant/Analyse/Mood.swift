import Foundation
import Values

/// How they feel about us, read off what they wrote and what we noted about them; our own mails are friendly whatever they feel.
///
/// Each text counts by its age (half as much after 14 days) and its author (theirs twice as much as our notes). A little neutral
/// weight keeps a single remark from deciding.
struct Mood: Sendable {
    let sentiment: Briefing.Sentiment
    /// -1 to 1.
    let score: Double
    /// The text that speaks most clearly for the mood, and how it sounds.
    let evidence: (item: Item, score: Double)?

    /// The newest texts; older ones hardly count.
    private static let texts = 60
    private static let length = 1_200

    init(_ dossier: Dossier) {
        var (sum, weights) = (0.0, 1.2)
        var voices: [(item: Item, score: Double, weight: Double)] = []
        for (item, isTheirs) in Self.spoken(dossier) {
            let age = max(0, item.when.map { dossier.today - dossier.zone.day($0) } ?? 365)
            guard let score = Self.score(item) else { continue }
            let weight = exp2(-Double(age) / 14) * (isTheirs ? 2 : 1)
            voices.append((item, score, weight))
            (sum, weights) = (sum + score * weight, weights + weight)
        }
        let score = sum / weights
        (self.score, sentiment) = (score, score > 0.2 ? .positive : score < -0.2 ? .negative : .neutral)
        let direction = score < 0 ? -1.0 : 1.0
        evidence = voices.filter { $0.score * direction > 0.3 }.max {
            $0.score * $0.weight * direction < $1.score * $1.weight * direction
        }
        .map { ($0.item, $0.score) }
    }

    /// What was written: their mails, notes about conversations, complaints.
    private static func spoken(_ dossier: Dossier) -> [(item: Item, isTheirs: Bool)] {
        let mails = dossier[.email].filter(\.isTheirs).map { ($0, true) }
        let activities = dossier[.activity].filter { $0.when.map { $0 <= dossier.now } ?? false }.map { ($0, false) }
        let cases = dossier[.supportCase].map { ($0, true) }
        let notes = dossier[.note].map { ($0, false) }
        let all: [(Item, Bool)] = mails + activities + cases + notes
        return all.sorted { ($0.0.when ?? .earliest, $0.0.id) > ($1.0.when ?? .earliest, $1.0.id) }.prefix(texts)
            .map { (item: $0.0, isTheirs: $0.1) }
    }

    /// Nil where a text says nothing about feelings and nothing else does.
    private static func score(_ item: Item) -> Double? {
        let written = Lexicon.score(item.title + ". " + item.text.prefix(length))
        let outcome: Double? = ["Positive": 0.5, "Negative": -0.6][item[.outcome].string ?? ""]
        switch (written, outcome) {
        case (let written?, let outcome?): return (written + outcome) / 2
        case (nil, let outcome): return outcome
        case (let written, nil): return written
        }
    }
}
