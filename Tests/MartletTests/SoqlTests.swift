import Testing
import Values

@Suite struct `martlet soql` {
    let program: Program

    init() async throws {
        program = Program(scratch: try Scratch())
        try program.scratch.writeBusiness()
    }

    @Test func `checks line by line without metadata`() async throws {
        let input = #"{"query": "SELECT Name FROM Anything"}"# + "\n" + #"{"query": "SELECT Name\nFORM Anything"}"# + "\n{}\n"
        let outcome = try await program.run("soql", "check", "--batch", "--syntax-only", input: input)
        let lines = try outcome.output.split(separator: "\n").map { try JSON(parsing: String($0)) }
        #expect(lines.count == 3)
        #expect(lines.first == ["ok": true])
        #expect(
            lines.dropFirst().first == [
                "error": ["message": "FROM was expected, not FORM", "line": 2, "column": 1, "hint": "Did you mean FROM?"]
            ])
        #expect(lines.last?["error"]?["message"] != nil)
    }

    @Test func `shows the place of a mistake, also of a name that metadata does not know`() async throws {
        let outcome = try await program.run("soql", "check", "SELECT Name FROM Acount")
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains("SELECT Name FROM Acount\n                 ^"))
        #expect(outcome.errors.contains("Did you mean Account?"))
        #expect(try await program.run("soql", "check", "SELECT Name FROM Account WHERE Name = :name").status == 0)
    }

    @Test func `formats a query`() async throws {
        let outcome = try await program.run("soql", "format", "select Name from Account where Name!='x' limit 5")
        #expect(outcome.output == "SELECT Name\nFROM Account\nWHERE Name != 'x'\nLIMIT 5\n")
    }

    @Test func `a query is asked as a text, and converted either way`() async throws {
        #expect(try await program.run("migrate").status == 0)
        let outcome = try await program.run("query", "SELECT Name FROM User WHERE Name LIKE :like", "--bind", "like=adm%")
        #expect(try JSON(parsing: outcome.output)["records"] == [["Name": "Administrator"]])
        let plan = try await program.run("query", "EXPLAIN SELECT Name FROM User")
        #expect(try JSON(parsing: plan.output)["plan"]?.array?.isEmpty == false)
        let json = try await program.run("query", "--to", "json", "SELECT Name FROM User")
        #expect(json.output == #"{"object":"User","fields":["Name"]}"# + "\n")
        let text = try await program.run("query", "--to", "soql", #"{"object": "User", "fields": ["Name"]}"#)
        #expect(text.output == "SELECT Name\nFROM User\n")
        let wrong = try await program.run("query", "SELECT Nmae FROM User")
        #expect(wrong.status == 1)
        #expect(wrong.errors.contains("SELECT Nmae FROM User\n       ^"))
    }
}
