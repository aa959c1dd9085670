import Assistant
import Curl
import Dispatch
import Engine
import PostgresCluster
import StubServer
import Synchronization
import Testing
import Values

/// A kind of provider over a real socket, with the words of its interface.
enum Kind: String, CaseIterable, Sendable {
    case openai, anthropic

    func provider(_ server: StubServer, deadlines: Outgoing.Deadlines = Outgoing.Deadlines()) -> any Provider {
        let (client, key) = (Client(), Key("sk-very-secret"))
        switch self {
        case .openai: return OpenAI(url: server.url + "/v1", model: "stub-1", key: key, client: client, deadlines: deadlines)
        case .anthropic: return Anthropic(url: server.url, model: "stub-1", key: key, client: client, deadlines: deadlines)
        }
    }

    /// The events of an answer, in pieces of so many characters.
    func events(_ text: String, piece: Int = 40, reason: String? = nil) -> [String] {
        var pieces: [String] = []
        var rest = text[...]
        while !rest.isEmpty {
            pieces.append(JSON.string(String(rest.prefix(piece))).description)
            rest = rest.dropFirst(piece)
        }
        switch self {
        case .openai:
            return ["data: {\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":null}}]}\n\n"]
                + pieces.map { "data: {\"choices\":[{\"delta\":{\"content\":\($0)},\"finish_reason\":null}]}\n\n" }
                + [
                    "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"\(reason ?? "stop")\"}]}\n\n",
                    "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":900,\"completion_tokens\":100}}\n\n", "data: [DONE]\n\n",
                ]
        case .anthropic:
            return [
                "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"usage\":{\"input_tokens\":900,\"output_tokens\":1}}}\n\n",
                "event: ping\ndata: {\"type\":\"ping\"}\n\n",
            ]
                + pieces.map {
                    "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":\($0)}}\n\n"
                }
                + [
                    "event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"\(reason ?? "tool_use")\"},\"usage\":{\"output_tokens\":100}}\n\n",
                    "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n",
                ]
        }
    }

    /// The prompt that a request carried.
    func prompt(_ request: Peer.Received) throws -> Prompt {
        let json = try JSON(parsing: request.text)
        let messages = (json["messages"]?.array ?? []).filter { $0["role"]?.string != "system" }.map {
            Prompt.Message(role: $0["role"]?.string == "user" ? .user : .assistant, text: $0["content"]?.string ?? "")
        }
        return Prompt(system: "", messages: messages, schema: .null, maxTokens: 0)
    }

    var lengthReason: String { self == .openai ? "length" : "max_tokens" }
    var refusalReason: String { self == .openai ? "content_filter" : "refusal" }
}

extension BriefingWork.Event {
    fileprivate var sentence: String? { if case .sentence(let text) = self { text } else { nil } }
}

extension Peer {
    static let streamHead = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n"

    /// Answers honestly, as a stream.
    func answerHonestly(_ kind: Kind) {
        guard let request = request(), let prompt = try? kind.prompt(request) else { return }
        send(Self.streamHead + kind.events(Answer.honest(prompt).text).joined())
    }
}

@Suite struct `A provider over the network` {
    private func settings(attempts: Int = 1, fallback: Bool = true) -> AssistantSettings {
        var settings = AssistantSettings()
        (settings.attempts, settings.fallback, settings.pause) = (attempts, fallback, { _ in })
        settings.rest = .seconds(3600)
        return settings
    }

    private func brief(
        _ world: World, _ provider: any Provider, _ settings: AssistantSettings, _ ledger: Ledger = Ledger()
    ) async throws -> Briefing {
        let account = try await world.happy()
        return try await Briefer(world.engine, provider: provider, ledger: ledger, settings: settings)
            .prepare(BriefingSubject(object: "Account", id: account), as: world.session).briefing()
    }

    @Test(arguments: Kind.allCases) func `streams an answer that is used`(kind: Kind) async throws {
        let calls = Mutex<[Ledger.Call]>([])
        let server = try StubServer { $0.answerHonestly(kind) }
        try await World.run { world in
            let ledger = Ledger { call in calls.withLock { $0.append(call) } }
            let briefing = try await brief(world, kind.provider(server), settings(), ledger)
            #expect(briefing.metadata.fallbackReason == nil)
            #expect(
                briefing.metadata.provider == kind.rawValue && briefing.metadata.model == "stub-1"
                    && briefing.metadata.tokens == 1_000)
            let call = try #require(calls.withLock { $0.first })
            #expect(call.outcome == "done" && call.usage == Completion.Usage(input: 900, output: 100) && call.object == "Account")
        }
    }

    @Test(arguments: Kind.allCases) func `is asked with its key, a schema and no more than it needs`(kind: Kind) async throws {
        let requests = Mutex<[Peer.Received]>([])
        let server = try StubServer { peer in
            guard let request = peer.request() else { return }
            requests.withLock { $0.append(request) }
            peer.answer("{}", status: 400)
        }
        try await World.run { world in _ = try await brief(world, kind.provider(server), settings()) }
        let request = try #require(requests.withLock { $0.first })
        let json = try JSON(parsing: request.text)
        #expect(json["stream"] == true && json["model"] == "stub-1")
        switch kind {
        case .openai:
            #expect(request.target == "/v1/chat/completions" && request.headers["authorization"] == "Bearer sk-very-secret")
            #expect(json["response_format"]?["json_schema"]?["strict"] == true)
        case .anthropic:
            #expect(request.target == "/v1/messages" && request.headers["x-api-key"] == "sk-very-secret")
            #expect(json["tools"]?.array?.first?["input_schema"]?["additionalProperties"] == false)
        }
    }

    /// What a provider may do wrong, and what is said of it.
    enum Misdeed: String, CaseIterable, Sendable {
        case down, slow, silentMidway, truncated, cut, notJSON, wrongSchema, refusing, refusingWithWords, rateLimiting, failing,
            overloaded
        case garbage, unauthorised, brokenEvent, errorEvent, endless

        var reason: String {
            switch self {
            case .down: "nobody answers there"
            case .slow, .silentMidway: "nothing came for"
            case .truncated: "longer than it may be"
            case .cut: "ends"
            case .notJSON, .wrongSchema, .refusingWithWords: "did not stand the checks"
            case .refusing: "refuses to answer"
            case .rateLimiting: "too many requests"
            case .failing: "status 500"
            case .overloaded: "status 529"
            case .garbage: "is not HTTP"
            case .unauthorised: "status 401"
            case .brokenEvent: "not JSON"
            case .errorEvent: "breaks off with an error"
            case .endless: "longer than 4194304 bytes"
            }
        }

        static let brokenOff = "data: {\"type\":\"error\",\"error\":{\"message\":\"oops\"}}\n\n"

        /// Where there is no fallback.
        var status: Problem.Kind {
            switch self {
            case .slow, .silentMidway: .timeout
            case .rateLimiting: .unavailable
            default: .upstream
            }
        }

        func serve(_ peer: Peer, _ kind: Kind) {
            guard let request = peer.request() else { return }
            let honest = (try? kind.prompt(request)).map { Answer.honest($0).text } ?? ""
            let events = kind.events(honest)
            switch self {
            case .down: break
            case .slow: peer.waitForEnd()
            case .silentMidway:
                peer.send(Peer.streamHead + events.prefix(4).joined())
                peer.waitForEnd()
            case .truncated:
                peer.send(Peer.streamHead + kind.events(String(honest.prefix(200)), reason: kind.lengthReason).joined())
            case .cut: peer.send(Peer.streamHead + events.prefix(5).joined())
            case .notJSON: peer.send(Peer.streamHead + kind.events("Sure! Here is your briefing: all is well.").joined())
            case .wrongSchema: peer.send(Peer.streamHead + kind.events("{\"briefing\": {\"summary\": 7}}").joined())
            case .refusing: peer.send(Peer.streamHead + kind.events("I", reason: kind.refusalReason).joined())
            case .refusingWithWords: peer.send(Peer.streamHead + kind.events("I'm sorry, but I can't help with that.").joined())
            case .rateLimiting: peer.answer("{}", status: 429, headers: ["Retry-After: 7"])
            case .failing: peer.answer("{}", status: 500)
            case .overloaded: peer.answer("{}", status: 529)
            case .garbage: peer.send("\u{1}\u{2}nonsense\r\n\r\n")
            case .unauthorised:
                peer.answer("{\"error\":{\"type\":\"authentication_error\",\"message\":\"bad key sk-very-secret\"}}", status: 401)
            case .brokenEvent: peer.send(Peer.streamHead + "data: {\"choices\n\n")
            case .errorEvent: peer.send(Peer.streamHead + Self.brokenOff)
            case .endless:
                peer.send(Peer.streamHead)
                while peer.send(": " + String(repeating: "x", count: 8_000) + "\n") {}
            }
        }
    }

    private static let pairs = Kind.allCases.flatMap { kind in Misdeed.allCases.map { (kind, $0) } }

    private func misbehaving(_ kind: Kind, _ misdeed: Misdeed) throws -> (server: StubServer, provider: any Provider) {
        let server = try StubServer { misdeed.serve($0, kind) }
        if misdeed == .down { server.stop() }
        let isSlow = misdeed == .slow || misdeed == .silentMidway
        let deadlines = Outgoing.Deadlines(silence: isSlow ? .milliseconds(50) : .seconds(300), total: .seconds(600))
        return (server, kind.provider(server, deadlines: deadlines))
    }

    @Test(arguments: pairs) func `that misbehaves is replaced, and the reason is told`(kind: Kind, misdeed: Misdeed) async throws
    {
        let (server, provider) = try misbehaving(kind, misdeed)
        try await World.run { world in
            let briefing = try await brief(world, provider, settings())
            let reason = try #require(briefing.metadata.fallbackReason)
            #expect(reason.contains(misdeed.reason), "\(reason)")
            #expect(!"\(briefing.json)".contains("sk-very-secret") && briefing.metadata.provider == "offline")
            #expect(briefing.summary.hasPrefix("Nordwind Logistics has been a customer"))
        }
        server.stop()
    }

    @Test(arguments: pairs) func `that misbehaves is a problem where nothing may replace it`(kind: Kind, misdeed: Misdeed)
        async throws
    {
        let (server, provider) = try misbehaving(kind, misdeed)
        try await World.run { world in
            do {
                _ = try await brief(world, provider, settings(fallback: false))
                Issue.record("No problem")
            } catch let problem as Problem {
                #expect(problem.kind == misdeed.status && problem.detail.contains(misdeed.reason), "\(problem)")
                #expect(!"\(problem)".contains("sk-very-secret"))
            }
        }
        server.stop()
    }

    @Test func `is asked again where that may help, and waits as long as it is told`() async throws {
        let count = Mutex(0)
        let pauses = Mutex<[Duration]>([])
        let server = try StubServer { peer in
            let number = count.withLock { count in
                count += 1
                return count
            }
            switch number {
            case 1:
                _ = peer.request()
                peer.answer("{}", status: 429, headers: ["Retry-After: 3"])
            case 2:
                _ = peer.request()
                peer.answer("{}", status: 503)
            default: peer.answerHonestly(.openai)
            }
        }
        var settings = settings(attempts: 3)
        settings.pause = { pause in pauses.withLock { $0.append(pause) } }
        try await World.run { world in
            let briefing = try await brief(world, Kind.openai.provider(server), settings)
            #expect(briefing.metadata.fallbackReason == nil)
        }
        let waited = pauses.withLock { $0 }
        #expect(waited.count == 2 && waited[0] == .seconds(3))
        #expect(waited[1] >= .seconds(1) && waited[1] <= .milliseconds(1_250))
    }

    @Test(arguments: [Misdeed.unauthorised, .slow]) func `is not asked again where that helps nobody`(misdeed: Misdeed)
        async throws
    {
        let (server, provider) = try misbehaving(.openai, misdeed)
        try await World.run { world in _ = try await brief(world, provider, settings(attempts: 3)) }
        // It counts in a thread of its own.
        while server.connections == 0 { await Task.yield() }
        #expect(server.connections == 1)
    }

    @Test(arguments: Kind.allCases) func `that breaks off is asked again, and what it had written counts no more`(kind: Kind)
        async throws
    {
        let count = Mutex(0)
        let server = try StubServer { peer in
            guard let request = peer.request(), let prompt = try? kind.prompt(request) else { return }
            let events = kind.events(Answer.honest(prompt).text, piece: 200)
            let isFirst = count.withLock { count in
                defer { count += 1 }
                return count == 0
            }
            peer.send(Peer.streamHead + (isFirst ? events.prefix(4).joined() + Misdeed.brokenOff : events.joined()))
        }
        try await World.run { world in
            let account = try await world.happy()
            let events = Mutex<[BriefingWork.Event]>([])
            let work = try await Briefer(world.engine, provider: kind.provider(server), settings: settings(attempts: 2))
                .prepare(BriefingSubject(object: "Account", id: account), as: world.session)
            let briefing = try await work.briefing { event in events.withLock { $0.append(event) } }
            let seen = events.withLock { $0 }
            let restart = try #require(seen.firstIndex(of: .restarted))
            #expect(briefing.metadata.fallbackReason == nil && seen.count { $0 == .writing } == 2)
            #expect(seen[..<restart].contains { $0.sentence != nil })
            #expect(seen[restart...].compactMap(\.sentence).joined(separator: " ") == briefing.summary)
        }
    }

    @Test func `is left alone after it has failed several times`() async throws {
        let server = try StubServer { peer in
            while peer.request() != nil { peer.answer("{}", status: 500) }
        }
        try await World.run { world in
            let account = try await world.happy()
            let briefer = Briefer(world.engine, provider: Kind.openai.provider(server), settings: settings())
            var reasons: [String] = []
            for _ in 0..<7 {
                let work = try await briefer.prepare(BriefingSubject(object: "Account", id: account), as: world.session)
                reasons.append(try await work.briefing().metadata.fallbackReason ?? "")
            }
            #expect(reasons.prefix(5).allSatisfy { $0.contains("status 500") })
            #expect(reasons.suffix(2).allSatisfy { $0.contains("left alone for a while") })
        }
    }

    @Test func `tells how long to wait, where it is known`() async throws {
        let server = try StubServer { peer in
            while peer.request() != nil { peer.answer("{}", status: 429, headers: ["Retry-After: 90"]) }
        }
        try await World.run { world in
            let account = try await world.happy()
            func wait(_ briefer: Briefer) async throws -> Duration? {
                let work = try await briefer.prepare(BriefingSubject(object: "Account", id: account), as: world.session)
                do { _ = try await work.briefing() } catch let problem as Problem { return problem.retryAfter }
                return nil
            }
            var strict = settings(fallback: false)
            strict.failuresUntilRest = 1
            let briefer = Briefer(world.engine, provider: Kind.openai.provider(server), settings: strict)
            #expect(try await wait(briefer) == .seconds(90))
            let rest = try #require(try await wait(briefer))
            #expect(rest > .zero && rest <= strict.rest)
            // The tokens of the day come back at midnight, and now it is noon.
            let poor = Briefer(
                world.engine, provider: Kind.openai.provider(server), ledger: Ledger(tokensPerDay: 1), settings: strict)
            #expect(try await wait(poor) == .seconds(12 * 3600))
        }
    }

    @Test func `is not asked when the tokens of the day are used up`() async throws {
        let server = try StubServer { $0.answerHonestly(.openai) }
        try await World.run { world in
            let ledger = Ledger(tokensPerDay: 12_000)
            let account = try await world.happy()
            let briefer = Briefer(world.engine, provider: Kind.openai.provider(server), ledger: ledger, settings: settings())
            let subject = BriefingSubject(object: "Account", id: account)
            #expect(try await briefer.prepare(subject, as: world.session).briefing().metadata.fallbackReason == nil)
            #expect(ledger.used(on: World.today) == 1_000)
            let strict = Briefer(
                world.engine, provider: Kind.openai.provider(server), ledger: Ledger(tokensPerDay: 500),
                settings: settings(fallback: false))
            await #expect { _ = try await strict.prepare(subject, as: world.session).briefing() } throws: {
                ($0 as? Problem)?.kind == .unavailable && ($0 as? Problem)?.code == "over_budget"
            }
        }
    }

    @Test(arguments: DatabaseKind.allCases) func `has its calls written down as records`(database: DatabaseKind) async throws {
        let server = try StubServer { $0.answerHonestly(.anthropic) }
        try await World.run(on: database) { world in
            let ledger = await Ledger.open(in: world.engine, tokensPerDay: nil, on: World.today)
            _ = try await brief(world, Kind.anthropic.provider(server), settings(), ledger)
            let book = try await world.records(["object": "AssistantCall"])
            #expect(
                book.count == 1 && book[0]["Provider"] == "anthropic" && book[0]["Outcome"] == "done"
                    && book[0]["InputTokens"] == 900)
            #expect(book[0]["RelatedObject"] == "Account" && book[0]["UserId"] == .string(world.session.user.id))
            let reopened = await Ledger.open(in: world.engine, tokensPerDay: 1_500, on: World.today)
            #expect(reopened.used(on: World.today) == 1_000)
        }
    }

    @Test func `has a call written down that was given up midway`() async throws {
        let server = try StubServer { peer in
            guard let request = peer.request(), let prompt = try? Kind.openai.prompt(request) else { return }
            peer.send(Peer.streamHead + Kind.openai.events(Answer.honest(prompt).text).prefix(5).joined())
            peer.waitForEnd()
        }
        try await World.run { world in
            let account = try await world.happy()
            let deadlines = Outgoing.Deadlines(silence: .seconds(600), total: .seconds(600))
            let ledger = await Ledger.open(in: world.engine, tokensPerDay: nil, on: World.today)
            let work = try await Briefer(
                world.engine, provider: Kind.openai.provider(server, deadlines: deadlines), ledger: ledger, settings: settings()
            )
            .prepare(BriefingSubject(object: "Account", id: account), as: world.session)
            let (written, writing) = AsyncStream.makeStream(of: Void.self)
            await withTaskGroup { group in
                group.addTask { _ = try? await work.briefing { event in if event == .writing { writing.finish() } } }
                for await _ in written {}
                group.cancelAll()
            }
            let book = try await world.records(["object": "AssistantCall"])
            #expect(book.count == 1 && book[0]["Outcome"] == "cancelled")
            #expect(book[0]["InputTokens"]?.number?.integer ?? 0 > 500)
        }
    }

    @Test func `passes the first sentence on before the second is written`() async throws {
        let firstArrived = DispatchSemaphore(value: 0)
        let server = try StubServer { peer in
            guard let request = peer.request(), let prompt = try? Kind.openai.prompt(request) else { return }
            let events = Kind.openai.events(Answer.honest(prompt).text, piece: 200)
            peer.send(Peer.streamHead + events.prefix(3).joined())
            firstArrived.wait()
            peer.send(events.dropFirst(3).joined())
        }
        try await World.run { world in
            let account = try await world.happy()
            let deadlines = Outgoing.Deadlines(silence: .seconds(600), total: .seconds(600))
            let events = Mutex<[BriefingWork.Event]>([])
            let work = try await Briefer(
                world.engine, provider: Kind.openai.provider(server, deadlines: deadlines), settings: settings()
            )
            .prepare(BriefingSubject(object: "Account", id: account), as: world.session)
            let briefing = try await work.briefing { event in
                events.withLock { $0.append(event) }
                if case .sentence = event { firstArrived.signal() }
            }
            let seen = events.withLock { $0 }
            let sentences = seen.compactMap(\.sentence)
            #expect(seen.prefix(2) == [.gathered(activities: 4, emails: 3), .writing])
            #expect(sentences.joined(separator: " ") == briefing.summary)
        }
    }

    @Test func `has a key that shows itself nowhere`() {
        let key = Key("sk-very-secret")
        #expect(
            "\(key)" == "***" && String(reflecting: key) == "***" && "\(Mirror(reflecting: key).children.map(\.value))" == "[]")
    }
}
