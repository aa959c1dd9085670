import Engine
import Values

/// Turns a provider's draft into a briefing that says nothing but what the records say.
///
/// The form was checked before (`Draft`). Here each citation is looked up, each sentence is held to the records, and what does not hold
/// is dropped. Mood and score are computed, whoever writes the prose; where too few steps or points are left, computed ones take their place.
struct Verifier {
    let dossier: Dossier
    let facts: Briefing
    let check: CitationCheck
    let grounding: Grounding

    init(_ dossier: Dossier, facts: Briefing, _ engine: Engine, _ session: Session) {
        (self.dossier, self.facts) = (dossier, facts)
        check = CitationCheck(engine: engine, session: session)
        let sentences = [facts.summary, facts.reasoning].flatMap(Sentences.all) + facts.nextSteps + facts.talkingPoints
        grounding = Grounding(vocabulary: Vocabulary(dossier, facts: sentences))
    }

    /// - Throws: `Draft.Mistakes`, where so little holds that it is no briefing.
    func briefing(_ draft: Draft, _ about: Briefing.About) async throws -> Briefing {
        let citations = try await check.holding(draft.citations).filter(dossier.holds)
        let sentences = Sentences.all(in: draft.summary)
        var mistakes: [String] = []
        let kept = sentences.filter { sentence in
            let support = citations.contains { supports($0, sentence) }
            let objection = support ? grounding.objection(to: sentence) : "no citation of it holds"
            if let objection { mistakes.append("\"\(sentence.prefix(80))\": \(objection)") }
            return objection == nil
        }
        guard !kept.isEmpty, kept.count * 2 >= sentences.count else { throw Draft.Mistakes(list: Array(mistakes.prefix(8))) }
        let (steps, points) = (draft.nextSteps.filter(holds), draft.talkingPoints.filter(holds))
        let reasoning = Sentences.all(in: draft.reasoning).filter(holds).joined(separator: " ")
        var briefing = facts
        briefing.summary = kept.joined(separator: " ")
        briefing.nextSteps = Self.filled(steps, from: facts.nextSteps)
        briefing.talkingPoints = Self.filled(points, from: facts.talkingPoints)
        if !reasoning.isEmpty { briefing.reasoning = reasoning + " " + facts.reasoning }
        let own = facts.citations.filter { (briefing.nextSteps + briefing.talkingPoints).contains($0.claim) }
        briefing.citations = citations.filter { citation in kept.contains { supports(citation, $0) } } + own
        briefing.metadata = about
        briefing.metadata.droppedClaims =
            sentences.count - kept.count + draft.nextSteps.count - steps.count + draft.talkingPoints.count - points.count
        return briefing
    }

    private func holds(_ sentence: String) -> Bool { grounding.objection(to: sentence) == nil }

    /// Whether a citation that holds is about the sentence, and the sentence about its record.
    private func supports(_ citation: Briefing.Citation, _ text: String) -> Bool {
        let isEvidence = facts.citations.contains { $0.id == citation.id && $0.field == citation.field }
        guard isEvidence || grounding.vocabulary.sentence(text, mentions: citation.id) else { return false }
        let (claim, sentence) = (Vocabulary.flat(citation.claim), Vocabulary.flat(text))
        return !claim.isEmpty && (claim == sentence || claim.count >= 12 && sentence.contains(claim) || claim.contains(sentence))
    }

    /// At least three: those that hold, then computed ones.
    private static func filled(_ held: [String], from computed: [String]) -> [String] {
        held + computed.filter { !held.contains($0) }.prefix(max(0, 3 - held.count))
    }
}
