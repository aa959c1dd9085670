package import Values

/// What a sales person should know before the next conversation about a record. Every claim points at a record.
package struct Briefing: Sendable, Hashable {
    package enum Sentiment: String, Sendable, Hashable, CaseIterable { case positive, neutral, negative }

    /// At most 200 words.
    package var summary: String
    /// Three to five, the most urgent first.
    package var nextSteps: [String]
    /// Three to five.
    package var talkingPoints: [String]
    package var sentiment: Sentiment
    /// 0 to 100: how alive the relationship is.
    package var engagementScore: Int
    /// How the score and the mood came about.
    package var reasoning: String
    package var citations: [Citation]
    package var metadata: About

    /// What a claim rests on: a field of a record that the reader may see, with the value that stands there.
    package struct Citation: Sendable, Hashable {
        /// The sentence of the briefing that it supports.
        package var claim: String
        package var object: String
        package var id: String
        package var field: String
        package var value: JSON
    }

    /// How the briefing came about.
    package struct About: Sendable, Hashable {
        package var activitiesAnalyzed = 0
        package var emailsAnalyzed = 0
        /// The last time somebody of us and somebody of them met, spoke or wrote.
        package var lastActivityDate: Instant?
        package var generatedAt: Instant
        /// Who wrote the prose: `offline`, `openai`, `anthropic`.
        package var provider: String
        package var model: String
        /// What a provider used for it, also in vain.
        package var tokens = 0
        package var cached = false
        /// Why the offline composer wrote it although a provider was asked.
        package var fallbackReason: String?
        /// Sources that could not be read, because the metadata has no such object, or the reader may not see it.
        package var omitted: [String] = []
        /// Claims of the provider that were dropped because they did not hold.
        package var droppedClaims = 0
    }
}

extension Briefing {
    /// `{"summary", "nextSteps", ...}`, as the API gives it.
    package var json: JSON {
        [
            "summary": .string(summary), "nextSteps": .array(nextSteps.map(JSON.string)),
            "talkingPoints": .array(talkingPoints.map(JSON.string)), "sentiment": .string(sentiment.rawValue),
            "engagementScore": .number(Number(engagementScore)), "reasoning": .string(reasoning),
            "citations": .array(citations.map(\.json)), "metadata": metadata.json,
        ]
    }
}

extension Briefing.Citation {
    var json: JSON {
        ["claim": .string(claim), "object": .string(object), "id": .string(id), "field": .string(field), "value": value]
    }
}

extension Briefing.About {
    fileprivate var json: JSON {
        var members: JSON.Members = [
            "activitiesAnalyzed": .number(Number(activitiesAnalyzed)), "emailsAnalyzed": .number(Number(emailsAnalyzed)),
            "lastActivityDate": lastActivityDate.map { .string($0.description) } ?? .null,
            "generatedAt": .string(generatedAt.description), "provider": .string(provider), "model": .string(model),
            "tokens": .number(Number(tokens)), "cached": .bool(cached),
        ]
        if let fallbackReason { members["fallbackReason"] = .string(fallbackReason) }
        if !omitted.isEmpty { members["omitted"] = .array(omitted.map(JSON.string)) }
        if droppedClaims > 0 { members["droppedClaims"] = .number(Number(droppedClaims)) }
        return .object(members)
    }
}
