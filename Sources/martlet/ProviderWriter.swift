import Assistant
import Engine
import Simulation
import Values

/// Has the provider of briefings write the words of simulations, too, within the same day's tokens.
struct ProviderWriter: PackWriter {
    private let desk: Desk

    init(_ provider: any Provider, _ ledger: Ledger, _ settings: AssistantSettings) {
        var settings = settings
        // Nobody waits: the job that asks comes back later.
        settings.attempts = 1
        desk = Desk(provider, ledger, settings)
    }

    var name: String { desk.provider.name + " " + desk.provider.model }

    func write(_ page: PackPage) async throws -> WrittenPage {
        let prompt = Assistant.Prompt(
            system: page.system, messages: [.init(role: .user, text: page.text)], subject: "words", schema: page.schema,
            maxTokens: page.maxTokens)
        let asker = Asker(object: "Simulation", id: "", userID: SessionUser.administrator.id, at: .wallClock)
        do {
            let completion = try await desk.ask(prompt, for: asker)
            return WrittenPage(text: completion.text, tokens: completion.usage.total)
        } catch let failure as ProviderFailure { throw WriterFailure(failure, of: name) }
    }
}

extension WriterFailure {
    init(_ failure: ProviderFailure, of name: String) {
        let kind: Kind =
            switch failure.kind {
            case .down, .slow, .rateLimited, .resting, .overBudget: .passing(failure.retryAfter)
            case .truncated, .malformed, .refused, .unusable: .unusable
            case .rejected: .closed
            }
        self.init(kind, "\(name): \(failure.detail)", tokens: failure.usage.total)
    }
}
