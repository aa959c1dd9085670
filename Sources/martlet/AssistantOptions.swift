import ArgumentParser
import Assistant
import Curl
import Engine
import Foundation
import Simulation
import Values

/// Who writes the prose of briefings and the words of simulations, and what that may cost.
struct AssistantOptions: ParsableArguments {
    @Option(Settings.aiProvider) var aiProvider: String?
    @Option(Settings.aiURL) var aiURL: String?
    @Option(Settings.aiModel) var aiModel: String?
    @Option(Settings.aiKeyFile) var aiKeyFile: String?
    @Option(Settings.aiTimeout) var aiTimeout: String?
    @Option(Settings.aiFallback) var aiFallback: String?
    @Option(Settings.aiContext) var aiContext: String?
    @Option(Settings.aiAnswer) var aiAnswer: String?
    @Option(Settings.aiDailyTokens) var aiDailyTokens: String?
    @Option(Settings.aiPackTokens) var aiPackTokens: String?

    /// The settings, read and found to fit together.
    func wiring(_ environment: Environment) throws(Failure) -> Wiring {
        var settings = AssistantSettings()
        settings.fallback = try environment.value(Settings.aiFallback, aiFallback, or: "on") == "on"
        settings.contextTokens = try environment.value(Settings.aiContext, aiContext, or: settings.contextTokens)
        settings.answerTokens = try environment.value(Settings.aiAnswer, aiAnswer, or: settings.answerTokens)
        let tokens = try environment.value(Settings.aiDailyTokens, aiDailyTokens)
        let packTokens = try environment.value(Settings.aiPackTokens, aiPackTokens, or: Simulations.standardPackTokens)
        return Wiring(
            provider: try provider(environment), settings: settings, tokensPerDay: tokens, packTokens: packTokens)
    }

    private func provider(_ environment: Environment) throws(Failure) -> (any Provider)? {
        let url = try environment.value(Settings.aiURL, aiURL)
        let name = try environment.value(Settings.aiProvider, aiProvider) ?? (url == nil ? "offline" : "openai")
        if name == "offline" { return nil }
        guard let model = try environment.value(Settings.aiModel, aiModel) else {
            throw .missing(Settings.aiModel.notes, for: name)
        }
        let key = try key(environment)
        let total = try environment.value(Settings.aiTimeout, aiTimeout, or: .seconds(60))
        let deadlines = Outgoing.Deadlines(connecting: min(total, .seconds(10)), silence: total, total: total)
        if name == "anthropic" {
            guard key != nil || url != nil else { throw .missing(Settings.aiKey, for: name) }
            return Anthropic(url: url ?? Anthropic.url, model: model, key: key, client: Client(), deadlines: deadlines)
        }
        guard let url else { throw .missing(Settings.aiURL.notes, for: name) }
        return OpenAI(url: url, model: model, key: key, client: Client(), deadlines: deadlines)
    }

    /// The variable goes before the file, so that a single command can use another key.
    private func key(_ environment: Environment) throws(Failure) -> Key? {
        if let text = environment.variables[Settings.aiKey.variable], !text.isEmpty { return Key(text) }
        guard let path = try environment.value(Settings.aiKeyFile, aiKeyFile) else { return nil }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Failure(.unavailable, "The key file \(path) cannot be read: \(String(cString: strerror(errno)))")
        }
        return Key(String(decoding: data, as: UTF8.self))
    }
}

extension AssistantOptions {
    /// Everything that those who ask a provider need beside the engine.
    struct Wiring: Sendable {
        let provider: (any Provider)?
        let settings: AssistantSettings
        let tokensPerDay: Int?
        let packTokens: Int

        /// The day's tokens, which all of a process share.
        func ledger(_ engine: Engine) async -> Ledger {
            guard provider != nil else { return Ledger() }
            return await Ledger.open(in: engine, tokensPerDay: tokensPerDay, on: Instant.wallClock.day)
        }

        func briefer(_ engine: Engine, _ ledger: Ledger) -> Briefer {
            Briefer(engine, provider: provider, ledger: ledger, settings: settings)
        }

        /// Simulations whose words the provider may write.
        func simulations(
            _ engine: Engine, _ industries: Industries, _ targets: [any Target], _ ledger: Ledger
        ) -> Simulations {
            let writer = provider.map { ProviderWriter($0, ledger, settings) }
            return Simulations(engine, industries, targets: targets, writer: writer, packTokens: packTokens)
        }
    }
}

extension Failure {
    fileprivate static func missing(_ notes: SettingNotes, for provider: String) -> Failure {
        Failure(
            .usage, "The provider \(provider) needs \(notes.variable)", hint: "docs/assistant.md tells how to set up a provider")
    }
}
