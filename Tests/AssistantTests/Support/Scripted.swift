import Assistant
import Synchronization
import Values

/// A provider that answers what a test wants, and remembers what it was asked.
final class Scripted: Provider {
    let name = "scripted"
    let model = "stub"
    private let answer: @Sendable (Prompt, Int) throws -> String
    private let prompts = Mutex<[Prompt]>([])

    /// - Parameter answer: gets the prompt and how often it was asked before.
    init(_ answer: @escaping @Sendable (Prompt, Int) throws -> String) { self.answer = answer }

    var asked: [Prompt] { prompts.withLock { $0 } }

    func complete(_ prompt: Prompt, onPiece: @Sendable (String) async throws -> Void) async throws -> Completion {
        let count = prompts.withLock { prompts in
            prompts.append(prompt)
            return prompts.count - 1
        }
        let text = try answer(prompt, count)
        try await onPiece(text)
        return Completion(text: text, usage: Completion.Usage(input: 100, output: 20))
    }
}

extension Prompt {
    /// The document that the provider was given.
    var material: JSON { (try? JSON(parsing: messages.first?.text ?? "")) ?? .null }
}

/// An answer in the form that is asked for.
struct Answer {
    var summary: [String]
    var nextSteps = ["Call the customer.", "Prepare the next meeting.", "Plan the next conversation."]
    var talkingPoints = [
        "What has changed since the last meeting", "What they want to reach this year", "Who else takes part in the decision",
    ]
    var sentiment = "neutral"
    var score = 50
    var reasoning = "The records say so."
    /// For each sentence, what it rests on.
    var citations: [(claim: String, object: String, id: String, field: String, value: JSON)] = []

    var text: String {
        let cited = citations.map { citation -> JSON in
            [
                "claim": .string(citation.claim), "object": .string(citation.object), "id": .string(citation.id),
                "field": .string(citation.field), "value": citation.value,
            ]
        }
        let json: JSON = [
            "summary": .string(summary.joined(separator: " ")), "nextSteps": .array(nextSteps.map(JSON.string)),
            "talkingPoints": .array(talkingPoints.map(JSON.string)), "sentiment": .string(sentiment),
            "engagementScore": .number(Number(score)), "reasoning": .string(reasoning), "citations": .array(cited),
        ]
        return json.description
    }

    /// An honest answer: the computed facts, word for word.
    static func honest(_ prompt: Prompt) -> Answer {
        let facts = prompt.material["facts"]?.array ?? []
        var answer = Answer(summary: [])
        answer.nextSteps = (prompt.material["steps"]?.array ?? []).compactMap(\.string)
        answer.talkingPoints = Array((prompt.material["points"]?.array ?? []).compactMap(\.string).prefix(4))
        for fact in facts {
            guard let sentence = fact["fact"]?.string, let sources = fact["from"]?.array, !sources.isEmpty else { continue }
            answer.summary.append(sentence)
            for source in sources {
                answer.citations.append(
                    (
                        sentence, source["object"]?.string ?? "", source["id"]?.string ?? "", source["field"]?.string ?? "",
                        source["value"] ?? .null
                    ))
            }
        }
        return answer
    }
}
