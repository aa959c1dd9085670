import Testing
import Values

@Suite struct `martlet formula eval` {
    let program: Program

    init() throws { program = Program(scratch: try Scratch()) }

    @Test func `computes a formula for the fields given`() async throws {
        let outcome = try await program.run("formula", "eval", "ROUND(Amount * 0.19, 2)", "--field", "Amount=1249.90")
        #expect(outcome.output == "237.48\n")
        #expect(outcome.status == 0)
    }

    @Test func `takes a field's type from its value`() async throws {
        let formula = #"IF(Active, Name & " since " & TEXT(YEAR(Since)), "gone")"#
        let outcome = try await program.run(
            "formula", "eval", formula, "--field", "Active=true", "--field", "Name=Acme", "--field", "Since=2019-05-01")
        #expect(outcome.output == "Acme since 2019\n")
    }

    @Test func `points at a mistake`() async throws {
        let outcome = try await program.run("formula", "eval", "1 + Amnt", "--field", "Amount=1")
        #expect(outcome.status == 1)
        #expect(outcome.errors.hasPrefix("error: There is no field Amnt"))
        #expect(outcome.errors.contains("\n  1 + Amnt\n      ^\n"))
    }

    @Test func `answers line by line in a batch`() async throws {
        let lines = """
            {"formula": "Price * Quantity", "returnType": "currency", "blanks": "zero", "fields": {"Price": {"type": "currency", "scale": 2}, "Quantity": {"type": "number"}}, "record": {"Price": 9.99, "Quantity": 3}}
            {"formula": "1 +"}
            not json

            {"formula": "LEN(\\"abc\\")"}
            """
        let outcome = try await program.run("formula", "eval", "--batch", input: lines)
        let answers = try outcome.output.split(separator: "\n").map { try JSON(parsing: String($0)) }
        try #require(answers.count == 4)
        #expect(answers[0] == ["value": .number(Number("29.97") ?? .zero)])
        #expect(answers[1]["error"]?["line"] == 1)
        #expect(answers[2]["error"]?["message"]?.string?.isEmpty == false)
        #expect(answers[3] == ["value": 3])
        #expect(outcome.status == 0)
    }

    @Test func `needs a formula or a batch, not both`() async throws {
        #expect(try await program.run("formula", "eval").status == 64)
        #expect(try await program.run("formula", "eval", "1", "--batch").status == 64)
    }
}
