package import Engine
import Metadata
import Synchronization
import Values

/// Makes briefings: gather, analyse, ask, verify. Without a provider, or where one fails, the offline composer writes the prose.
///
///     let briefer = Briefer(engine)
///     let briefing = try await briefer.prepare(BriefingSubject(object: "Account", id: id), as: session).briefing()
package final class Briefer: Sendable {
    let engine: Engine
    let settings: AssistantSettings
    let desk: Desk?
    let cache = BriefingCache()

    /// - Parameter provider: who writes the prose; nil for the offline composer.
    package init(
        _ engine: Engine, provider: (any Provider)? = nil, ledger: Ledger = Ledger(),
        settings: AssistantSettings = AssistantSettings()
    ) {
        (self.engine, self.settings) = (engine, settings)
        desk = provider.map { Desk($0, ledger, settings) }
    }

    /// Gathers what a briefing is made of, with the rights of the session.
    ///
    /// - Throws: `Problem`, where there is no such record, or the session may not see it.
    package func prepare(_ subject: BriefingSubject, activityLimit: Int? = nil, as session: Session) async throws -> BriefingWork
    {
        let limit = activityLimit ?? AssistantSettings.activities
        guard (1...AssistantSettings.mostActivities).contains(limit) else {
            let message = "activityLimit must be a whole number from 1 to \(AssistantSettings.mostActivities)"
            throw Problem(
                .malformed, "bad_value", message, errors: [.init(field: "activityLimit", code: "bad_value", message: message)])
        }
        let dossier = try await Gatherer(engine: engine, session: session, activityLimit: limit).gather(subject)
        return BriefingWork(briefer: self, dossier: dossier, session: session)
    }
}

/// A briefing about to be written.
package struct BriefingWork: Sendable {
    let briefer: Briefer
    let dossier: Dossier
    let session: Session

    /// What happens while it is written.
    package enum Event: Sendable, Hashable {
        /// So much was gathered.
        case gathered(activities: Int, emails: Int)
        /// The provider has begun to write.
        case writing
        /// A sentence of the summary, held to the records already; its citations are checked at the end.
        case sentence(String)
        /// What came before counts no more.
        case restarted
    }

    /// Writes the briefing.
    ///
    /// - Throws: `Problem`, where the provider fails and the settings allow no fallback; `CancellationError`.
    package func briefing(onEvent: @Sendable (Event) async throws -> Void = { _ in }) async throws -> Briefing {
        try await onEvent(.gathered(activities: dossier[.activity].count, emails: dossier[.email].count))
        let writer = briefer.desk.map { [$0.provider.name, $0.provider.model] } ?? [offline.name, offline.model]
        let key = dossier.fingerprint(
            version: "\(briefer.engine.registry.version) \(BriefingPrompt.version) \(session.access.identity)", writer[0],
            writer[1])
        if var kept = briefer.cache[key] {
            kept.metadata.cached = true
            return kept
        }
        let briefing = try await write(onEvent)
        if briefing.metadata.fallbackReason == nil { briefer.cache.keep(briefing, for: key) }
        return briefing
    }

    private var offline: (name: String, model: String) { ("offline", "composer-1") }

    private func write(_ onEvent: @Sendable (Event) async throws -> Void) async throws -> Briefing {
        let composer = Composer(dossier)
        let facts = composer.briefing(composer.about(provider: offline.name, model: offline.model))
        guard let desk = briefer.desk else { return facts }
        do {
            return try await Correspondence(work: self, desk: desk, composer: composer, facts: facts).briefing(onEvent)
        } catch let failure as ProviderFailure {
            guard briefer.settings.fallback else { throw Problem(failure, of: desk.provider) }
            var briefing = facts
            briefing.metadata.fallbackReason = "The provider \(desk.provider.name) was not used: \(failure.detail)"
            briefing.metadata.tokens = failure.usage.total
            try await onEvent(.restarted)
            return briefing
        }
    }
}

/// Asking a provider for one briefing, until what it writes stands the checks.
private struct Correspondence {
    let work: BriefingWork
    let desk: Desk
    let composer: Composer
    let facts: Briefing

    func briefing(_ onEvent: @Sendable (BriefingWork.Event) async throws -> Void) async throws -> Briefing {
        let (settings, dossier) = (work.briefer.settings, work.dossier)
        let verifier = Verifier(dossier, facts: facts, work.briefer.engine, work.session)
        let material = Material(dossier: dossier, facts: facts, tokens: settings.contextTokens)
        var prompt = Prompt(
            system: BriefingPrompt.system, messages: [.init(role: .user, text: material.json.description)],
            schema: BriefingSchema.json,
            maxTokens: settings.answerTokens)
        var (spent, mistakes) = (Completion.Usage(), [String]())
        for _ in 0...settings.repairs {
            let completion: Completion
            do { completion = try await ask(prompt, verifier, onEvent) } catch var failure as ProviderFailure {
                failure.usage += spent
                throw failure
            }
            spent += completion.usage
            do {
                var about = composer.about(provider: desk.provider.name, model: desk.provider.model)
                about.tokens = spent.total
                return try await verifier.briefing(try Draft(completion.text), about)
            } catch let error as Draft.Mistakes { mistakes = error.list }
            try await onEvent(.restarted)
            prompt.messages = [
                prompt.messages[0], .init(role: .assistant, text: completion.text),
                .init(role: .user, text: BriefingPrompt.repair(mistakes)),
            ]
        }
        throw ProviderFailure(
            .unusable, "what it wrote did not stand the checks, even after \(settings.repairs) repairs", usage: spent)
    }

    private func ask(
        _ prompt: Prompt, _ verifier: Verifier, _ onEvent: @Sendable (BriefingWork.Event) async throws -> Void
    ) async throws -> Completion {
        let progress = Progress()
        let asker = Asker(
            object: work.dossier.subject.object.name, id: work.dossier.subject.id, userID: work.session.user.id,
            at: work.session.now)
        return try await desk.ask(prompt, for: asker) { piece in
            let (isFirst, sentences) = progress.read(piece)
            if isFirst { try await onEvent(.writing) }
            for sentence in sentences where verifier.grounding.objection(to: sentence) == nil {
                try await onEvent(.sentence(sentence))
            }
        } onRetry: {
            if progress.restart() { try await onEvent(.restarted) }
        }
    }
}

/// How far a provider's answer has come.
private final class Progress: Sendable {
    private let state = Mutex((summary: SummaryStream(), isFirst: true))

    func read(_ piece: String) -> (isFirst: Bool, sentences: [String]) {
        state.withLock { state in
            defer { state.isFirst = false }
            return (state.isFirst, state.summary.read(piece))
        }
    }

    /// Another answer begins; true where the one before it had begun.
    func restart() -> Bool {
        state.withLock { state in
            defer { state = (SummaryStream(), true) }
            return !state.isFirst
        }
    }
}

extension Problem {
    /// A provider's failure where nothing may take its place.
    init(_ failure: ProviderFailure, of provider: any Provider) {
        let detail = "The provider \(provider.name) gave no briefing: \(failure.detail)"
        switch failure.kind {
        case .slow:
            self.init(.timeout, "provider_slow", detail, hint: "Raise MARTLET_AI_TIMEOUT, or allow the fallback")
        case .rateLimited, .resting: self.init(.unavailable, "provider_busy", detail, hint: "Try again in a moment")
        case .overBudget:
            self.init(
                .unavailable, "over_budget", detail,
                hint: "Raise MARTLET_AI_DAILY_TOKENS, allow the fallback, or wait until tomorrow")
        case .rejected: self.init(.upstream, "provider_rejected", detail, hint: "Check the provider's address, model and key")
        case .down, .truncated, .malformed, .refused, .unusable: self.init(.upstream, "provider_failed", detail)
        }
        retryAfter = failure.retryAfter
    }
}
