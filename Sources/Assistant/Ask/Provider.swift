package import Values

/// Who writes prose. One small protocol, whatever stands behind it.
package protocol Provider: Sendable {
    /// `openai`, `anthropic`
    var name: String { get }
    var model: String { get }

    /// Sends one prompt and hands over the text of the answer piece by piece, as it comes.
    ///
    /// - Throws: `ProviderFailure`, `CancellationError`.
    func complete(_ prompt: Prompt, onPiece: @Sendable (String) async throws -> Void) async throws -> Completion
}

/// What a provider is asked.
package struct Prompt: Sendable {
    package struct Message: Sendable, Hashable {
        package enum Role: String, Sendable { case user, assistant }
        package let role: Role
        package let text: String

        package init(role: Role, text: String) { (self.role, self.text) = (role, text) }
    }

    package var system: String
    package var messages: [Message]
    /// What the answer is, in a word: `briefing`.
    package var subject: String
    /// The JSON Schema that the answer must fulfil.
    package var schema: JSON
    /// The most tokens of the answer.
    package var maxTokens: Int

    package init(system: String, messages: [Message], subject: String = "briefing", schema: JSON, maxTokens: Int) {
        (self.system, self.messages, self.subject) = (system, messages, subject)
        (self.schema, self.maxTokens) = (schema, maxTokens)
    }
}

/// A provider's answer.
package struct Completion: Sendable, Hashable {
    package var text: String
    package var usage: Usage

    package init(text: String, usage: Usage) { (self.text, self.usage) = (text, usage) }

    package struct Usage: Sendable, Hashable {
        package var input: Int
        package var output: Int
        package var total: Int { input + output }

        package init(input: Int = 0, output: Int = 0) { (self.input, self.output) = (input, output) }

        static func += (sum: inout Usage, other: Usage) {
            sum.input += other.input
            sum.output += other.output
        }
    }
}

/// Why a provider gave no answer that can be used. Nothing of the prompt, and no key, stands in it.
package struct ProviderFailure: Error, Sendable, Hashable, CustomStringConvertible {
    package enum Kind: String, Sendable, CaseIterable {
        /// It cannot be reached, or breaks off.
        case down
        /// It takes longer than it may.
        case slow
        /// Its answer ends in the middle.
        case truncated
        /// Its answer is not what its interface promises.
        case malformed
        /// It will not answer this.
        case refused
        /// It says that it was asked too often.
        case rateLimited
        /// It does not accept the key, the model or the request.
        case rejected
        /// What it wrote does not stand the checks, and did not after repairs.
        case unusable
        /// The day's tokens are used up.
        case overBudget
        /// It failed so often that it is left alone for a while.
        case resting
    }

    package let kind: Kind
    package let detail: String
    /// How long it asked to be left alone.
    package var retryAfter: Duration?
    /// What was used in vain, as far as the provider told.
    package var usage = Completion.Usage()

    package init(_ kind: Kind, _ detail: String, retryAfter: Duration? = nil, usage: Completion.Usage = Completion.Usage()) {
        (self.kind, self.detail, self.retryAfter, self.usage) = (kind, detail, retryAfter, usage)
    }

    package var description: String { detail }

    /// Whether the same request may well succeed a little later.
    var isPassing: Bool { [.down, .slow, .rateLimited].contains(kind) }

    /// Whether somebody who waits for the answer should wait for another: not for a provider that has just taken all its time.
    var isWorthAnotherTry: Bool { isPassing && kind != .slow }
}
