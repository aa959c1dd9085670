import PostgresCluster
import Testing
import Values

@Suite struct `martlet query` {
    private func migrated(_ kind: DatabaseKind) async throws -> Program {
        let program = try await Program.on(kind)
        #expect(try await program.run("migrate").status == 0)
        return program
    }

    private let users = #"{"object": "User", "fields": ["Name"]}"#

    private func expectHelp(
        _ program: Program, _ query: String, _ words: String..., sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let outcome = try await program.run("query", query)
        #expect(outcome.status == 1, sourceLocation: sourceLocation)
        #expect(outcome.output.isEmpty, sourceLocation: sourceLocation)
        for word in words { #expect(outcome.errors.contains(word), sourceLocation: sourceLocation) }
    }

    @Test(arguments: DatabaseKind.allCases) func `prints JSON where no terminal is, from an argument or from standard input`(
        on kind: DatabaseKind
    ) async throws {
        let program = try await migrated(kind)
        let outcome = try await program.run("query", users)
        #expect(outcome.status == 0)
        #expect(try JSON(parsing: outcome.output)["records"] == [["Name": "Administrator"]])
        #expect(try await program.run("query", input: users).output == outcome.output)
        #expect(try await program.run("query", "-", input: users).output == outcome.output)
    }

    @Test(arguments: DatabaseKind.allCases) func `prints a table or CSV where that is asked for`(on kind: DatabaseKind)
        async throws
    {
        let program = try await migrated(kind)
        let table = try await program.run("query", "--format", "table", users)
        #expect(table.output == "Name\n-------------\nAdministrator\n1 record\n")
        let csv = try await program.run("query", "--format", "csv", users)
        #expect(csv.output == "Name\r\nAdministrator\r\n")
    }

    @Test(arguments: DatabaseKind.allCases) func `names what is wrong with a query`(on kind: DatabaseKind) async throws {
        let program = try await migrated(kind)
        try await expectHelp(program, #"{"object": "Acount"}"#, "error: There is no object Acount", "Account")
        try await expectHelp(program, #"{"object": "Account", "filters": {"Credt": 1}}"#, "Credt", "Credit", "filters")
        try await expectHelp(program, #"{"object": "#, "error: The query is not JSON")
    }

    @Test func `says how to bring a file up to date, and does not do it`() async throws {
        let program = try await migrated(.sqlite)
        try rename(in: program)
        try await expectHelp(program, users, "martlet migrate")
    }

    @Test func `goes by what is in force on a server, whatever the folder has`() async throws {
        let program = try await migrated(.postgres)
        try rename(in: program)
        #expect(try await program.run("query", "SELECT Credit FROM Account").status == 0)
        try await expectHelp(program, #"{"object": "Account", "fields": ["Limit"]}"#, "Limit")
    }

    private func rename(in program: Program) throws {
        let text = try program.scratch.text("metadata/Account.object.yml")
        try program.scratch.write(
            "metadata/Account.object.yml",
            text.replacing("name: Credit,", with: "name: Limit,").replacing("Credit >", with: "Limit >").replacing(
                "errorField: Credit", with: "errorField: Limit"))
    }

    @Test func `says so where there is no database`() async throws {
        let program = try await Program.on(.sqlite)
        let outcome = try await program.run("query", users, "--database", "sqlite:other.sqlite")
        #expect(outcome.status == 69)
        #expect(outcome.errors.contains("There is no database at other.sqlite"))
    }
}
