package import Values

/// Who puts into words what the seed has decided: a language model, whatever stands behind it.
package protocol PackWriter: Sendable {
    /// Provider and model, as in `openai gpt-4o`. Packs of another are other packs.
    var name: String { get }

    /// - Throws: `WriterFailure`, `CancellationError`.
    func write(_ page: PackPage) async throws -> WrittenPage
}

/// What a writer is asked, once.
package struct PackPage: Sendable, Hashable {
    package let system: String
    package let text: String
    /// The JSON Schema of the answer.
    package let schema: JSON
    /// The most tokens of the answer.
    package let maxTokens: Int

    package init(system: String, text: String, schema: JSON, maxTokens: Int) {
        (self.system, self.text, self.schema, self.maxTokens) = (system, text, schema, maxTokens)
    }

    /// About how many tokens it may cost with its answer: four bytes are one.
    var cost: Int { (system.utf8.count + text.utf8.count + schema.description.utf8.count) / 4 + maxTokens }
}

/// A writer's answer, not looked at yet.
package struct WrittenPage: Sendable, Hashable {
    package let text: String
    /// What it has cost, with the question.
    package let tokens: Int

    package init(text: String, tokens: Int) { (self.text, self.tokens) = (text, tokens) }
}

/// Why a writer gave no answer. No key stands in it.
package struct WriterFailure: Error, Sendable, Hashable, CustomStringConvertible {
    package enum Kind: Sendable, Hashable {
        /// The question is right, its time is not; to be asked again, after that long where somebody said so.
        case passing(Duration?)
        /// It answered, and what it said is of no use: broken off, not of its interface, a refusal.
        case unusable
        /// The set-up is at fault: address, key, model. Somebody has to see to it.
        case closed
    }

    package let kind: Kind
    /// A sentence.
    package let description: String
    /// What it has cost all the same.
    package let tokens: Int

    package init(_ kind: Kind, _ description: String, tokens: Int = 0) {
        (self.kind, self.description, self.tokens) = (kind, description, tokens)
    }
}
