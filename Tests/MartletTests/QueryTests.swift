import Testing
import Values

@Suite struct `martlet query` {
    let program: Program

    init() async throws {
        program = Program(scratch: try Scratch())
        try program.scratch.writeBusiness()
        #expect(try await program.run("migrate").status == 0)
    }

    private let users = #"{"object": "User", "fields": ["Name"]}"#

    private func expectHelp(_ query: String, _ words: String..., sourceLocation: SourceLocation = #_sourceLocation) async throws {
        let outcome = try await program.run("query", query)
        #expect(outcome.status == 1, sourceLocation: sourceLocation)
        #expect(outcome.output.isEmpty, sourceLocation: sourceLocation)
        for word in words { #expect(outcome.errors.contains(word), sourceLocation: sourceLocation) }
    }

    @Test func `prints JSON where no terminal is, from an argument or from standard input`() async throws {
        let outcome = try await program.run("query", users)
        #expect(outcome.status == 0)
        #expect(try JSON(parsing: outcome.output)["records"] == [["Name": "Administrator"]])
        #expect(try await program.run("query", input: users).output == outcome.output)
        #expect(try await program.run("query", "-", input: users).output == outcome.output)
    }

    @Test func `prints a table or CSV where that is asked for`() async throws {
        let table = try await program.run("query", "--format", "table", users)
        #expect(table.output == "Name\n-------------\nAdministrator\n1 record\n")
        let csv = try await program.run("query", "--format", "csv", users)
        #expect(csv.output == "Name\r\nAdministrator\r\n")
    }

    @Test func `names what is wrong with a query`() async throws {
        try await expectHelp(#"{"object": "Acount"}"#, "error: There is no object Acount", "Account")
        try await expectHelp(#"{"object": "Account", "filters": {"Credt": 1}}"#, "Credt", "Credit", "filters")
        try await expectHelp(#"{"object": "#, "error: The query is not JSON")
    }

    @Test func `says how to bring a database up to date, and does not do it`() async throws {
        let text = try program.scratch.text("metadata/Account.object.yml")
        try program.scratch.write(
            "metadata/Account.object.yml",
            text.replacing("name: Credit,", with: "name: Limit,").replacing("Credit >", with: "Limit >").replacing(
                "errorField: Credit", with: "errorField: Limit"))
        try await expectHelp(users, "martlet migrate")
    }

    @Test func `says so where there is no database`() async throws {
        let outcome = try await program.run("query", users, "--database", "sqlite:other.sqlite")
        #expect(outcome.status == 69)
        #expect(outcome.errors.contains("There is no database at other.sqlite"))
    }
}
