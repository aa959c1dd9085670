import Metadata
import Values

/// Writes a briefing without a language model: from the analysis, in sentences that each name the records they rest on.
struct Composer {
    let analysis: Analysis

    /// The most words a summary may have.
    static let words = 200

    init(_ dossier: Dossier) { analysis = Analysis(dossier) }

    var dossier: Dossier { analysis.dossier }

    /// - Parameter about: by whom it is said to be, and the like.
    func briefing(_ about: Briefing.About) -> Briefing {
        let sentences = summary
        let steps = Array(nextSteps.prefix(5))
        let points = Array(talkingPoints.prefix(5))
        return Briefing(
            summary: sentences.map(\.text).joined(separator: " "), nextSteps: steps.map(\.text),
            talkingPoints: points.map(\.text),
            sentiment: analysis.mood.sentiment, engagementScore: analysis.engagement.score, reasoning: reasoning,
            citations: (sentences + steps + points).flatMap(\.citations), metadata: about)
    }

    /// The sentences of the summary that fit, in reading order: the least weighty are left out first.
    private var summary: [Sentence] {
        var kept = opening + (isDeal ? business : []) + (analysis.service.grave == nil ? [] : cases) + relationship
        kept += (isDeal ? [] : business) + (analysis.service.grave == nil ? cases : []) + tasks
        while kept.map(\.text.wordCount).reduce(0, +) > Self.words, kept.count > 1,
            let least = kept.indices.min(by: { (kept[$0].weight, -$0) < (kept[$1].weight, -$1) })
        {
            kept.remove(at: least)
        }
        return kept
    }

    /// Whether the briefing is about a single deal.
    var isDeal: Bool { dossier.subject.object.name == "Opportunity" }

    /// What the score is made of, and where the mood was read.
    private var reasoning: String {
        let parts = analysis.engagement.parts.map { "\($0.name) \($0.points) of \($0.most)" }
        let score = "The score of \(analysis.engagement.score) is the sum of \(Wording.list(parts))."
        let mood = analysis.mood
        if mood.sentiment == .neutral { return score + " The mood is neutral, for lack of clear signs." }
        guard let (item, _) = mood.evidence, !item.title.isEmpty else {
            return score + " The mood is \(mood.sentiment.rawValue)."
        }
        return score
            + " The mood is \(mood.sentiment.rawValue), above all because of the \(item.noun) \(Wording.quote(item.title))."
    }

    /// How the briefing came about, as far as the data tells.
    func about(provider: String, model: String) -> Briefing.About {
        Briefing.About(
            activitiesAnalyzed: dossier[.activity].count, emailsAnalyzed: dossier[.email].count,
            lastActivityDate: analysis.conversation.last?.when, generatedAt: dossier.now, provider: provider, model: model,
            omitted: dossier.omitted.map { $0.objects[0] })
    }
}

/// A sentence with what it rests on.
struct Sentence {
    let text: String
    /// What is left out last: 100 is what the briefing is for, 0 is pleasant to know.
    let weight: Int
    private let evidence: [(object: String, id: String, field: String, value: JSON)]

    init(_ text: String, _ weight: Int = 50, _ evidence: Evidence...) {
        (self.text, self.weight) = (text, weight)
        self.evidence = evidence.flatMap(\.values)
    }

    var citations: [Briefing.Citation] {
        evidence.map { Briefing.Citation(claim: text, object: $0.object, id: $0.id, field: $0.field, value: $0.value) }
    }
}

/// Fields of a record that a sentence rests on.
struct Evidence {
    let values: [(object: String, id: String, field: String, value: JSON)]

    init(_ item: Item, _ slots: Slot...) {
        values = slots.compactMap { slot in
            guard let field = item.source.fields[slot], let value = item.fields[field.name], value != .null else { return nil }
            return (item.object, item.id, field.name, value)
        }
    }

    init(_ subject: SubjectRecord, _ names: String...) {
        values = names.compactMap { name in
            guard let field = subject.object.field(name)?.name, let value = subject.fields[field], value != .null else {
                return nil
            }
            return (subject.object.name, subject.id, field, value)
        }
    }

    init(_ items: [Item], _ slot: Slot) { values = items.flatMap { Evidence($0, slot).values } }
}
