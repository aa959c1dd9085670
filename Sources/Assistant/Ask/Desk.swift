import Synchronization
package import Values

/// Asks a provider with patience: retries what passes, leaves it alone when it keeps failing, and keeps to the day's tokens.
package final class Desk: Sendable {
    package let provider: any Provider
    private let ledger: Ledger
    private let breaker: Mutex<CircuitBreaker>
    private let attempts: Int
    private let pause: @Sendable (Duration) async throws -> Void

    /// The longest that a provider's wish for rest is honoured while somebody waits for the answer.
    private static let longestPause = Duration.seconds(10)

    package init(_ provider: any Provider, _ ledger: Ledger, _ settings: AssistantSettings) {
        (self.provider, self.ledger, attempts, pause) = (provider, ledger, settings.attempts, settings.pause)
        breaker = Mutex(CircuitBreaker(failures: settings.failuresUntilRest, rest: settings.rest))
    }

    /// - Parameters:
    ///   - asker: for whom and about what, for the ledger.
    ///   - onRetry: called when what came before counts no more, because another answer is asked for.
    /// - Throws: `ProviderFailure`, with all that was spent; `CancellationError`.
    package func ask(
        _ prompt: Prompt, for asker: Asker, onPiece: @Sendable (String) async throws -> Void = { _ in },
        onRetry: @Sendable () async throws -> Void = {}
    ) async throws -> Completion {
        var (attempt, spent) = (1, Completion.Usage())
        while true {
            do {
                var completion = try await askOnce(prompt, for: asker, onPiece)
                completion.usage += spent
                return completion
            } catch var failure as ProviderFailure {
                spent += failure.usage
                failure.usage = spent
                guard failure.isWorthAnotherTry, attempt < attempts, let wait = Self.wait(failure, attempt) else { throw failure }
                try await onRetry()
                try await pause(wait)
                attempt += 1
            }
        }
    }

    /// Half a second, one second, two, each with a little chance, so that many who failed together do not come back together.
    /// Nil where the provider wants more rest than anybody would wait for.
    private static func wait(_ failure: ProviderFailure, _ attempt: Int) -> Duration? {
        if let wish = failure.retryAfter { return wish <= longestPause ? wish : nil }
        return .milliseconds((500 << (attempt - 1)) + .random(in: 0...250))
    }

    private func askOnce(
        _ prompt: Prompt, for asker: Asker, _ onPiece: @Sendable (String) async throws -> Void
    ) async throws -> Completion {
        guard breaker.withLock({ $0.admit(at: .now) }) else {
            throw ProviderFailure(
                .resting, "it has failed several times and is left alone for a while",
                retryAfter: breaker.withLock { $0.remainingRest(at: .now) })
        }
        let reserved = prompt.tokens + prompt.maxTokens
        guard ledger.reserve(reserved, on: asker.at.day) else {
            breaker.withLock { $0.released() }
            throw ProviderFailure(
                .overBudget, "the tokens of the day are used up",
                retryAfter: .microseconds(Instant(asker.at.day + 1) - asker.at))
        }
        let start = ContinuousClock.now
        let written = Atomic(0)
        do {
            var completion = try await provider.complete(prompt) { piece in
                written.add(piece.utf8.count, ordering: .relaxed)
                try await onPiece(piece)
            }
            breaker.withLock { $0.succeeded() }
            if completion.usage.total == 0 { completion.usage = prompt.estimate(written.load(ordering: .relaxed)) }
            await record("done", completion.usage, .now - start, asker, reserved)
            return completion
        } catch {
            var failure = error as? ProviderFailure
            breaker.withLock { failure?.isPassing ?? false ? $0.failed(at: .now) : $0.released() }
            // What it wrote was paid for, though nobody can use it.
            var usage = failure?.usage ?? Completion.Usage()
            if usage.total == 0, written.load(ordering: .relaxed) > 0 {
                usage = prompt.estimate(written.load(ordering: .relaxed))
            }
            await record(failure?.kind.rawValue ?? "cancelled", usage, .now - start, asker, reserved)
            failure?.usage = usage
            throw failure ?? error
        }
    }

    private func record(_ outcome: String, _ usage: Completion.Usage, _ duration: Duration, _ asker: Asker, _ reserved: Int) async
    {
        let call = Ledger.Call(
            provider: provider.name, model: provider.model, object: asker.object, recordID: asker.id, userID: asker.userID,
            at: asker.at,
            duration: duration, usage: usage, outcome: outcome)
        await ledger.record(call, reserved: reserved)
    }
}

/// For whom, about what and when a provider is asked.
package struct Asker: Sendable {
    let object: String
    let id: String
    let userID: String
    let at: Instant

    package init(object: String, id: String, userID: String, at: Instant) {
        (self.object, self.id, self.userID, self.at) = (object, id, userID, at)
    }
}

extension Prompt {
    /// About how many tokens it has: four bytes are one.
    var tokens: Int { (system.utf8.count + messages.map(\.text.utf8.count).reduce(0, +)) / 4 + 1 }

    /// What an answer of so many bytes used, where the provider does not tell.
    func estimate(_ bytes: Int) -> Completion.Usage { Completion.Usage(input: tokens, output: bytes / 4 + 1) }
}
