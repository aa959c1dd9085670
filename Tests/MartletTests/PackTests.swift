import Assistant
import Curl
import Foundation
import ModelServer
import PostgresCluster
import Simulation
import StubServer
import Subprocess
import Synchronization
import Testing
import Values

@testable import martlet

@Suite(.timeLimit(.minutes(10))) struct `The words of a simulation by a language model` {
    let program: Program
    private let shipped = ["MARTLET_METADATA": repository.appending(path: "metadata").path]

    init() throws { program = Program(scratch: try Scratch()) }

    private func simulate(_ arguments: String..., with environment: [String: String]) async throws -> Program.Outcome {
        try await program.run(
            ["simulate", "--theme", "Pirates", "--industry", "Retail"] + arguments,
            environment: shipped.merging(environment) { $1 })
    }

    private func makePack(_ environment: [String: String]) async throws -> Program.Outcome {
        try await simulate("--make-pack", with: environment)
    }

    @Test(arguments: WordsProvider.allCases) func `are made ahead, and taken by a simulation without asking again`(
        provider: WordsProvider
    ) async throws {
        let server = try StubServer { provider.answerHonestly($0) }
        let environment = provider.environment(server)
        let made = try await makePack(environment)
        #expect(made.status == 0, "\(made.errors)")
        #expect(made.output.contains(/^The pack [0-9a-f]{64} is made: 120 of 120 slots by the model, 4000 tokens\n$/))
        let asked = server.connections
        let told = try await simulate(
            "--records", "5", "--start", "2026-01-01", "--end", "2026-02-01", "--personas", "model", with: environment)
        #expect(told.status == 0 && told.errors.isEmpty && server.connections == asked, "\(told.errors)")
        let people = try await program.run("query", "SELECT FirstName FROM Contact", environment: shipped)
        #expect(people.output.contains(/"FirstName":"[A-Z](bar|den|fil|gor|hem|kun|lim|mor|nas|pol)/), "\(people.output)")
        let calls = try await program.run("query", "SELECT Outcome, RelatedObject FROM AssistantCall", environment: shipped)
        #expect(calls.output.components(separatedBy: "\"done\"").count == 5 && calls.output.contains("\"Simulation\""))
    }

    @Test func `are not waited for`() async throws {
        let server = try StubServer { $0.waitForEnd() }
        let told = try await simulate(
            "--records", "5", "--start", "2026-01-01", "--end", "2026-02-01", "--personas", "model",
            with: WordsProvider.openai.environment(server))
        #expect(told.status == 0 && told.output.contains("Completed: 5 of 5"), "\(told.errors)")
        #expect(told.errors.contains("What the model writes was not there at the start, so it has the theme's own words"))
    }

    @Test func `need a provider`() async throws {
        let refused = try await simulate("--personas", "model", with: [:])
        #expect(refused.status == 1 && refused.errors.contains("No language model is set up here"))
        #expect(refused.errors.contains("hint: Set MARTLET_AI_URL and MARTLET_AI_MODEL"))
    }

    private static let failures: [(status: Int, headers: [String], exit: Int32, said: String)] = [
        (429, ["Retry-After: 3600"], 69, "it answers with the status 429: too many requests"),
        (500, ["Retry-After: 3600"], 69, "it answers with the status 500"),
        (401, [], 1, "it answers with the status 401"),
    ]

    @Test(arguments: WordsProvider.allCases, failures.indices) func `are given up with the reason, and go on where they were`(
        provider: WordsProvider, failure: Int
    ) async throws {
        let (status, headers, exit, said) = Self.failures[failure]
        let count = Mutex(0)
        let server = try StubServer { peer in
            while let request = peer.request() {
                let number = count.withLock { count in
                    count += 1
                    return count
                }
                if number == 3 {
                    peer.answer("{\"error\": {\"message\": \"sk-very-secret\"}}", status: status, headers: headers)
                } else {
                    peer.answer(provider.honest(request))
                }
            }
        }
        let given = try await makePack(provider.environment(server))
        #expect(given.status == exit && given.errors.contains("\(provider.rawValue) stub-1: \(said)"), "\(given.errors)")
        #expect(!given.errors.contains("sk-very-secret") && given.output.isEmpty)
        let again = try await makePack(provider.environment(server))
        #expect(again.status == 0 && again.output.contains("120 of 120 slots"), "\(again.errors)")
        // A dead one is begun anew, another goes on.
        #expect(count.withLock(\.self) == (exit == 1 ? 3 + 4 : 3 + 2))
    }

    @Test func `cost no more than the day has, nor than they may`() async throws {
        let server = try StubServer { WordsProvider.openai.answerHonestly($0) }
        var environment = WordsProvider.openai.environment(server)
        environment["MARTLET_AI_DAILY_TOKENS"] = "3000"
        let day = try await makePack(environment)
        #expect(day.status == 69 && day.errors.contains("the tokens of the day are used up"), "\(day.errors)")
        environment["MARTLET_AI_DAILY_TOKENS"] = nil
        environment["MARTLET_AI_PACK_TOKENS"] = "1000"
        let poor = try await simulate("--make-pack", "--pack-seed", "2", with: environment)
        #expect(poor.status == 1 && poor.errors.contains("Its 1000 tokens are used up (0)"), "\(poor.errors)")
        #expect(poor.errors.contains("MARTLET_AI_PACK_TOKENS allows for more"))
    }

    @Test func `are written by the server, and taken by what is started then`() async throws {
        let stub = try StubServer { WordsProvider.openai.answerHonestly($0) }
        let environment = shipped.merging(WordsProvider.openai.environment(stub)) { $1 }
        let status = try await RunningServer.status(program, environment: environment) { server in
            let url = try #require(try await server.greeting().firstMatch(of: /http:\/\/[0-9.:]+/)?.output)
            func call(_ method: String, _ path: String, _ body: String = "") async throws -> JSON {
                let type = body.isEmpty ? [] : [(name: "Content-Type", value: "application/json")]
                let answer = try await Client().send(
                    Outgoing(method, "\(url)/api/simulations\(path)", headers: type, body: Array(body.utf8)))
                return try JSON(parsing: String(decoding: try await answer.body.collect(), as: UTF8.self))
            }
            let made = try await call("POST", "", #"{"personas": "model", "totalRecords": 3, "recordFrequency": "1day"}"#)
            let id = try #require(made["id"]?.string)
            while try await call("GET", "/\(id)")["pack"]?["from"] != "model" { try await Task.sleep(for: .milliseconds(50)) }
            let begun = try await call("POST", "/\(id)/start", "{}")
            #expect(begun["pack"]?["writer"] == "openai stub-1" && begun["pack"]?["note"] == .null)
            while try await call("GET", "/\(id)")["status"] != "Completed" { try await Task.sleep(for: .milliseconds(50)) }
        }
        #expect(status == 0)
    }

    @Test(arguments: DatabaseKind.allCases) func `are paid for once where a worker is killed that waits for an answer`(
        kind: DatabaseKind
    ) async throws {
        let count = Mutex(0)
        let (waiting, held) = AsyncStream.makeStream(of: Void.self)
        let stub = try StubServer { peer in
            while let request = peer.request() {
                let number = count.withLock { count in
                    count += 1
                    return count
                }
                if number == 2 {
                    held.finish()
                    return peer.waitForEnd()
                }
                peer.answer(WordsProvider.openai.honest(request))
            }
        }
        let program = try await Program.on(kind)
        var environment = shipped.merging(WordsProvider.openai.environment(stub)) { $1 }
        environment["MARTLET_WORKER_LEASE"] = "1s"
        let killed = try await Subprocess.run(
            try program.configuration(["simulate", "--make-pack"], environment), input: .none, output: .discarded,
            error: .discarded
        ) { execution in
            for await _ in waiting {}
            try execution.send(signal: .kill)
        }
        #expect(killed.terminationStatus.code == 128 + 9)
        _ = try await Subprocess.run(
            try program.configuration(["worker"], environment), input: .none, output: .discarded, error: .discarded
        ) { execution in
            while try await program.texts(#"SELECT "Hash" FROM "martlet_pack""#) == [""] {
                try await Task.sleep(for: .milliseconds(50))
            }
            try execution.send(signal: .terminate)
        }
        #expect(count.withLock(\.self) == 2 + 3)
    }

    /// The model is far too small to invent anything: what counts is that all words which are kept hold.
    @Test func `come from a model on this machine, and what does not hold is left to the theme`() async throws {
        let address: String
        do { address = try await ModelServer.shared.address() } catch {
            try Test.cancel("There is no language model: \(error)")
        }
        // Enough for most of it with what is to be mended, not for all.
        let environment = [
            "MARTLET_AI_URL": address, "MARTLET_AI_MODEL": ModelServer.model, "MARTLET_AI_TIMEOUT": "10m",
            "MARTLET_AI_PACK_TOKENS": "4000",
        ]
        let made = try await simulate("--scenario", "B2C", "--make-pack", with: environment)
        #expect(made.status == 0, "\(made.errors)")
        let match = try #require(made.output.firstMatch(of: /made: (\d+) of 80 slots by the model, (\d+) tokens/))
        #expect((40...80).contains(Int(match.output.1) ?? 0) && (1_000...4_000).contains(Int(match.output.2) ?? 0))
        let told = try await simulate(
            "--scenario", "B2C", "--records", "5", "--start", "2026-01-01", "--end", "2026-02-01", "--personas", "model",
            with: environment)
        #expect(told.status == 0 && told.output.contains("Completed: 5 of 5") && told.errors.isEmpty, "\(told.errors)")
        let people = try await program.run("query", "SELECT FirstName, Email FROM Contact", environment: shipped)
        let addresses = people.output.matches(of: /"Email":"([^"]*)"/).map { String($0.output.1) }
        #expect(!addresses.isEmpty && addresses.allSatisfy { $0.contains(/^[a-z.]+@mail\.example$/) }, "\(addresses)")
        #expect(Set(addresses).count == addresses.count)
    }
}

@Suite struct `A provider that writes words` {
    private static let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n"

    private static let half =
        #"data: {"choices":[{"delta":{"content":"{\"given1\": \"An"},"finish_reason":null}]}"# + "\n\n"

    /// What it may do, and what that means to whoever asks for words.
    private static let misdeeds: [(name: String, kind: WriterFailure.Kind, serve: @Sendable (Peer) -> Void)] = [
        ("429", .passing(.seconds(7)), { $0.answer("{}", status: 429, headers: ["Retry-After: 7"]) }),
        ("500", .passing(nil), { $0.answer("{}", status: 500) }), ("529", .passing(nil), { $0.answer("{}", status: 529) }),
        ("no answer", .passing(nil), { $0.waitForEnd() }), ("closed", .passing(nil), { _ in }),
        ("401", .closed, { $0.answer("{}", status: 401) }), ("404", .closed, { $0.answer("{}", status: 404) }),
        ("half a stream", .unusable, { $0.send(head + half) }), ("no JSON", .unusable, { $0.answer("<html>") }),
        ("no HTTP", .unusable, { $0.send("\u{1}\u{2}nonsense\r\n\r\n") }),
    ]

    @Test(arguments: misdeeds.indices) func `that fails is asked again later, anew or never`(place: Int) async throws {
        let (name, kind, serve) = Self.misdeeds[place]
        let server = try StubServer { peer in
            _ = peer.request()
            serve(peer)
        }
        let silence = name == "no answer" ? Duration.milliseconds(50) : .seconds(60)
        let deadlines = Outgoing.Deadlines(silence: silence, total: .seconds(60))
        let provider = OpenAI(
            url: server.url + "/v1", model: "stub-1", key: Key("sk-very-secret"), client: Client(), deadlines: deadlines)
        let writer = ProviderWriter(provider, Ledger(), AssistantSettings())
        #expect(writer.name == "openai stub-1")
        let page = PackPage(system: "", text: "", schema: [:], maxTokens: 10)
        let failure = await #expect(throws: WriterFailure.self) { try await writer.write(page) }
        #expect(failure?.kind == kind, "\(name): \(failure?.description ?? "")")
        #expect(failure?.description.hasPrefix("openai stub-1: ") == true)
        // It counts in a thread of its own.
        while server.connections == 0 { await Task.yield() }
        #expect(server.connections == 1, "\(name)")
    }
}
