import Assistant
import Curl
import Engine
import ModelServer
import Synchronization
import Testing
import Values

/// A real language model behind a real server. It is a small one, so that these tests look at the contract and not at the wit.
@Suite struct `A briefing by a language model on this machine` {
    private func model() async throws -> OpenAI {
        let address: String
        do { address = try await ModelServer.shared.address() } catch {
            try Test.cancel("There is no language model: \(error)")
        }
        let deadlines = Outgoing.Deadlines(silence: .seconds(600), total: .seconds(600))
        return OpenAI(url: address, model: ModelServer.model, key: nil, client: Client(), deadlines: deadlines)
    }

    private func brief(_ world: World, _ provider: any Provider, _ settings: AssistantSettings) async throws -> (
        briefing: Briefing, events: [BriefingWork.Event]
    ) {
        let account = try await world.account("Acme", ["CustomerStatus": "Prospect"])
        let events = Mutex<[BriefingWork.Event]>([])
        let briefing = try await Briefer(world.engine, provider: provider, settings: settings)
            .prepare(BriefingSubject(object: "Account", id: account), as: world.session)
            .briefing { event in events.withLock { $0.append(event) } }
        return (briefing, events.withLock { $0 })
    }

    @Test func `comes in pieces, in the form that is asked for`() async throws {
        let schema: JSON = [
            "type": "object", "properties": ["mood": ["enum": ["good", "bad"]], "words": ["type": "string", "maxLength": 30]],
            "required": ["mood", "words"], "additionalProperties": false,
        ]
        let prompt = Prompt(
            system: "You answer in JSON.", messages: [.init(role: .user, text: "How was the meeting?")], schema: schema,
            maxTokens: 60)
        let pieces = Mutex<[String]>([])
        let completion = try await model().complete(prompt) { piece in pieces.withLock { $0.append(piece) } }
        let seen = pieces.withLock { $0 }
        #expect(seen.count > 3 && seen.joined() == completion.text)
        let answer = try JSON(parsing: completion.text)
        #expect(["good", "bad"].contains(answer["mood"]) && answer["words"]?.string != nil)
        #expect(completion.usage.input > 10 && (1...60).contains(completion.usage.output))
    }

    @Test func `is used where it holds, and loses what does not`() async throws {
        let provider = Narrowed(provider: try await model())
        try await World.run { world in
            let (briefing, events) = try await brief(world, provider, AssistantSettings())
            #expect(briefing.metadata.fallbackReason == nil)
            #expect(briefing.metadata.provider == "openai" && briefing.metadata.model == ModelServer.model)
            #expect(briefing.metadata.tokens > 500 && briefing.summary.hasPrefix("Acme is a prospect"))
            #expect((3...5).contains(briefing.nextSteps.count) && (3...5).contains(briefing.talkingPoints.count))
            // Its steps and points were its own words, of which the records bear out few.
            #expect(briefing.metadata.droppedClaims > 0)
            #expect(briefing.citations.contains { $0.claim == briefing.summary && $0.field == "Name" && $0.value == "Acme" })
            #expect(events == [.gathered(activities: 0, emails: 0), .writing, .sentence(briefing.summary)])
        }
    }

    @Test func `is replaced where it does not end, and costs what it wrote`() async throws {
        let provider = try await model()
        try await World.run { world in
            var settings = AssistantSettings()
            (settings.answerTokens, settings.contextTokens) = (16, 500)
            let (briefing, events) = try await brief(world, provider, settings)
            #expect(
                briefing.metadata.fallbackReason == "The provider openai was not used: its answer is longer than it may be")
            #expect(briefing.metadata.provider == "offline" && briefing.metadata.tokens > 500)
            #expect(briefing.summary.hasPrefix("Acme is a prospect"))
            #expect(events.first == .gathered(activities: 0, emails: 0) && events.last == .restarted)
        }
    }
}

/// Takes the choice of a summary from a model too small to copy one: what may stand there is the first fact and what it rests on.
private struct Narrowed: Provider {
    let provider: OpenAI
    var name: String { provider.name }
    var model: String { provider.model }

    func complete(_ prompt: Prompt, onPiece: @Sendable (String) async throws -> Void) async throws -> Completion {
        let fact = prompt.material["facts"]?.array?.first
        var source = fact?["from"]?.array?.first?.object ?? [:]
        source["claim"] = fact?["fact"]
        var (prompt, properties) = (prompt, prompt.schema["properties"]?.object ?? [:])
        let words: JSON = ["type": "string", "pattern": "^[a-z]{1,8} [a-z]{1,8}$"]
        properties["summary"] = ["enum": [fact?["fact"] ?? .null]]
        properties["nextSteps"] = ["type": "array", "items": words, "minItems": 3, "maxItems": 3]
        properties["talkingPoints"] = properties["nextSteps"]
        properties["reasoning"] = words
        properties["citations"] = ["type": "array", "items": ["enum": [.object(source)]], "minItems": 1, "maxItems": 1]
        var schema = prompt.schema.object ?? [:]
        schema["properties"] = .object(properties)
        prompt.schema = .object(schema)
        return try await provider.complete(prompt, onPiece: onPiece)
    }
}
