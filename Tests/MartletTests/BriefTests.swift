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
        let account = try await program.scratch.enter("Account", ["Name": "Acme"])
        _ = try await program.scratch.enter(
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
}
