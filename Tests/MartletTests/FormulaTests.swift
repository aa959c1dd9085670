import Foundation
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

        let second = try await program.run(
            "formula", "eval", "TODAY() >\n  CloseDate + CloseDate", "--field", "CloseDate=2026-03-31")
        #expect(
            second.errors == """
                error: CloseDate is a date; + expects a number of days (line 2, column 15)
                    CloseDate + CloseDate
                                ^

                """)
    }

    @Test func `takes types, scale, blanks, moment and zone when they are given`() async throws {
        let outcome = try await program.run(
            "formula", "eval", "Amount * (1 - Discount) + Bonus", "--field", "Amount:currency=199.99", "--field",
            "Discount:percent=12.5", "--field", "Bonus:number=", "--scale", "2")
        #expect(outcome.output == "174.99\n")
        let blank = try await program.run("formula", "eval", "A + 1", "--field", "A:number=", "--blanks", "blank")
        #expect(blank.output == "null\n")
        let day = try await program.run(
            "formula", "eval", "TODAY()", "--now", "2024-02-29T23:30:00Z", "--zone", "Europe/Zurich")
        #expect(day.output == "2024-03-01\n")
        let distance = try await program.run(
            "formula", "eval", "DISTANCE(Place, GEOLOCATION(0, 0), \"km\")", "--field", "Place:location=0,90", "--scale", "1")
        #expect(distance.output == "10007.6\n")
    }

    @Test(arguments: [
        ("Amount:nummber=1", "error: fields.Amount: there is no type \"nummber\" (did you mean number?)\n", 1 as Int32),
        ("Amount:number=x", "error: record.Amount: \"x\" is not a number\n", 1),
        ("=3", "error: --field is \"=3\": expected NAME=VALUE or NAME:TYPE=VALUE\n", 64),
    ]) func `says what is wrong with a field`(field: String, message: String, status: Int32) async throws {
        let outcome = try await program.run("formula", "eval", "Amount", "--field", field)
        #expect(outcome.errors == message)
        #expect(outcome.status == status)
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

@Suite struct `martlet formula explain` {
    let program: Program

    init() throws { program = Program(scratch: try Scratch()) }

    @Test func `shows the typed tree, the fields and the SQL of both databases`() async throws {
        let outcome = try await program.run(
            "formula", "explain", "if(amount>50&&!active, 'large', 'small')", "--field", "Amount:currency", "--field",
            "Active:checkbox")
        #expect(
            outcome.output == """
                IF(Amount > 50 && !Active, "large", "small")

                gives  text
                reads  Amount, Active

                IF: text
                  AND: boolean
                    >: boolean
                      Amount: currency
                      50: number
                    NOT: boolean
                      Active: boolean
                  "large": text
                  "small": text

                SQLite
                  CASE WHEN ((coalesce("Amount", 0) > 5000) AND (NOT coalesce("Active", 0))) THEN 'large' ELSE 'small' END

                PostgreSQL
                  CASE WHEN coalesce((coalesce("Amount", 0) > (50::numeric)) AND (NOT coalesce("Active", false)), false) \
                THEN CAST('large' AS text) ELSE CAST('small' AS text) END

                """)
    }

    @Test func `knows the fields of an object of the metadata`() async throws {
        let outcome = try await explain("AND(Stage = \"Negotiation\", Account.Owner.Name = $User.Name)", "--json")
        let explanation = try JSON(parsing: outcome.output)
        #expect(explanation["dependencies"] == ["Stage", "Account.Owner.Name", "$User.Name"])
        #expect(explanation["type"] == "boolean")
        #expect(explanation["sql"]?["sqlite"]?.string?.contains(":userField") == true)
        #expect(explanation["sql"]?["postgres"]?.string?.contains("\"Account.Owner.Name\"") == true)
    }

    @Test func `says why there is no SQL, and what is wrong`() async throws {
        #expect(try await explain("ISCHANGED(Stage)").output.contains("SQLite\n  ISCHANGED cannot be computed by a database"))
        #expect(
            try await explain("Amuont + 1").errors
                == """
                error: Opportunity has no field Amuont (did you mean Amount?) (line 1, column 1)
                  Amuont + 1
                  ^

                """)
        let unknown = try await explain("1", object: "Oportunity")
        #expect(unknown.errors == "error: There is no object Oportunity (did you mean Opportunity?)\n")
        #expect(try await explain("1", "--field", "B=1").status == 64)
    }

    private func explain(_ formula: String, _ more: String..., object: String = "opportunity") async throws -> Program.Outcome {
        let metadata = repository.appending(path: "metadata").path
        return try await program.run(["formula", "explain", formula, "--object", object, "--metadata", metadata] + more)
    }
}
