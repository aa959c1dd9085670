import Curl
import ModelServer
import Testing
import Values

@Suite struct `martlet brief` {
    let program: Program

    init() throws { program = Program(scratch: try Scratch()) }

    private func prepare() async throws -> String {
        try program.scratch.writeBusiness()
        try program.scratch.write(
            "metadata/Task.object.yml",
            """
            name: Task
            fields:
              - { name: Subject, type: text, required: true }
              - { name: DueDate, type: date }
              - { name: AccountId, type: lookup, referenceTo: Account }
            """)
        let account = try await program.enter("Account", ["Name": "Acme"])
        _ = try await program.enter(
            "Task", ["Subject": "Call back", "DueDate": "2020-01-31", "AccountId": .string(account)])
        return account
    }

    @Test func `prints what matters and what to do`() async throws {
        let account = try await prepare()
        let outcome = try await program.run("brief", "Account", account)
        #expect(outcome.status == 0, "\(outcome.errors)")
        for part in [
            "Acme is an account", "Next steps 1. ", "Finish or reschedule “Call back”", "Talking points - ", "written by offline",
        ] {
            #expect(
                outcome.output.split(whereSeparator: \.isWhitespace).joined(separator: " ").contains(part), "\(outcome.output)")
        }
        let json = try await program.run("brief", "Account", account, "--format", "json")
        #expect(try JSON(parsing: json.output)["briefing"]?["nextSteps"]?.array?.count == 3)
    }

    @Test func `refuses a record that is not there`() async throws {
        _ = try await prepare()
        let outcome = try await program.run("brief", "Account", "0198c0de-0000-7000-8000-000000000001")
        #expect(outcome.status == 1 && outcome.errors.hasPrefix("error: There is no Account with the id"))
    }

    @Test(arguments: [
        (["MARTLET_AI_PROVIDER": "openai"], "MARTLET_AI_MODEL"),
        (["MARTLET_AI_PROVIDER": "openai", "MARTLET_AI_MODEL": "m"], "MARTLET_AI_URL"),
        (["MARTLET_AI_PROVIDER": "anthropic", "MARTLET_AI_MODEL": "m"], "MARTLET_AI_KEY"),
    ])
    func `says which setting a provider needs`(environment: [String: String], missing: String) async throws {
        let account = try await prepare()
        let outcome = try await program.run("brief", "Account", account, environment: environment)
        #expect(outcome.status == 64 && outcome.errors.contains("needs \(missing)\n"))
    }

    @Test func `falls back where the provider is not there, and never shows its key`() async throws {
        let account = try await prepare()
        try program.scratch.write("key", "sk-very-secret\n")
        let outcome = try await program.run(
            "brief", "Account", account,
            environment: [
                "MARTLET_AI_URL": "http://127.0.0.1:1/v1", "MARTLET_AI_MODEL": "m",
                "MARTLET_AI_KEY_FILE": program.scratch.path("key"),
            ])
        #expect(outcome.status == 0 && outcome.output.replacing("\n", with: " ").contains("The provider openai was not used"))
        #expect(!(outcome.output + outcome.errors).contains("sk-very-secret"))
    }

    /// The model is too small to write a briefing: what counts is that a good one comes all the same, whoever wrote it.
    @Test func `and the server ask a language model, and tell what came of it`() async throws {
        let address: String
        do { address = try await ModelServer.shared.address() } catch {
            try Test.cancel("There is no language model: \(error)")
        }
        let account = try await prepare()
        let environment = [
            "MARTLET_AI_URL": address, "MARTLET_AI_MODEL": ModelServer.model, "MARTLET_AI_TIMEOUT": "10m",
            "MARTLET_AI_ANSWER": "16",
        ]
        let status = try await RunningServer.status(program, environment: environment) { server in
            let greeting = try await server.greeting()
            let url = try #require(greeting.firstMatch(of: /http:\/\/[0-9.:]+/)?.output)
            func ask(_ accept: String) async throws -> String {
                var question = Outgoing(
                    "POST", url + "/api/ai/smart-briefing", headers: [("Content-Type", "application/json"), ("Accept", accept)],
                    body: Array("{\"accountId\": \"\(account)\"}".utf8))
                question.deadlines = Outgoing.Deadlines(silence: .seconds(3600), total: .seconds(3600))
                let answer = try await Client().send(question)
                #expect(answer.status == 200)
                return String(decoding: try await answer.body.collect(), as: UTF8.self)
            }
            try expectBriefing(JSON(parsing: try await ask("application/json")))
            let events = try await ask("text/event-stream").split(separator: "\n\n").map { $0.split(separator: "\n") }
            #expect(events.first?.first == "event: gathered" && events.dropFirst().first?.first == "event: writing")
            #expect(events.last?.first == "event: briefing")
            try expectBriefing(JSON(parsing: String(events.last?.last?.dropFirst("data: ".count) ?? "")))
        }
        #expect(status == 0)
    }

    private func expectBriefing(_ answer: JSON) throws {
        let briefing = try #require(answer["briefing"])
        #expect(briefing["summary"]?.string?.contains("“Call back”") ?? false, "\(briefing)")
        for list in ["nextSteps", "talkingPoints"] { #expect((3...5).contains(briefing[list]?.array?.count ?? 0)) }
        #expect(["positive", "neutral", "negative"].contains(briefing["sentiment"]))
        let about = briefing["metadata"]
        #expect(about?["tokens"]?.number?.integer ?? 0 > 500)
        if about?["fallbackReason"] == nil {
            #expect(about?["provider"] == "openai" && about?["model"] == .string(ModelServer.model))
        } else {
            #expect(about?["provider"] == "offline" && about?["fallbackReason"]?.string?.contains("openai was not used") ?? false)
        }
    }
}
