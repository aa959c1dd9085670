import Formula
import SQL
import Testing
import Values

@Suite struct `Lines of a batch` {
    private func answer(_ line: String) -> String { FormulaBatch.answer(to: line, now: testMoment).description }

    @Test(arguments: [
        (
            #"{"formula": "Amount * Rate", "returnType": "currency", "blanks": "zero", "fields": {"Amount": {"type": "currency", "scale": 2}, "Rate": {"type": "percent"}}, "record": {"Amount": 200, "Rate": 12.5}}"#,
            #"{"value":25}"#
        ),
        (
            #"{"formula": "Amount + 1", "returnType": "number", "blanks": "blank", "fields": {"Amount": {"type": "number"}}, "record": {}}"#,
            #"{"value":null}"#
        ),
        (
            #"{"formula": "Amount + 1", "returnType": "number", "blanks": "zero", "fields": {"Amount": {"type": "number"}}, "record": {"Amount": null}}"#,
            #"{"value":1}"#
        ),
        (
            #"{"formula": "Share * 3", "fields": {"Share": {"type": "number", "scale": 2, "formula": "Total / 3"}, "Total": {"type": "number"}}, "record": {"Total": 9}}"#,
            #"{"value":9}"#
        ),
        (
            #"{"formula": "IFERROR(A, -1)", "fields": {"A": {"type": "number", "formula": "1 / B"}, "B": {"type": "number"}}, "record": {}}"#,
            #"{"value":-1}"#
        ),
        (#"{"formula": "1 / 0"}"#, #"{"error":{"message":"Division by zero","line":1,"column":3,"code":"division_by_zero"}}"#),
        (#"{"formula": "1 +\n x"}"#, #"{"error":{"message":"There is no field x","line":2,"column":2,"code":"unknown_name"}}"#),
        (
            #"{"formulla": "1"}"#,
            #"{"error":{"message":"The line has an unknown key \"formulla\" (did you mean formula?)","line":1,"column":1,"code":"unknown_name"}}"#
        ),
        (
            #"{"formula": "A", "fields": {"A": {"type": "number", "formula": "B"}, "B": {"type": "number", "formula": "A + 1"}}}"#,
            #"{"error":{"message":"These formulas need each other: A -> B -> A","line":1,"column":1,"code":"cycle"}}"#
        ),
        (
            #"{"formula": "Account.Name & \"!\"", "fields": {"Account.Name": {"type": "text"}}, "record": {"Account": {"Name": "Acme"}}}"#,
            #"{"value":"Acme!"}"#
        ),
        (
            #"{"formula": "Closed + 30", "returnType": "date", "fields": {"Closed": {"type": "date"}}, "record": {"Closed": "2024-01-31"}}"#,
            #"{"value":"2024-03-01"}"#
        ),
        (
            #"{"formula": "A", "fields": {"A": {"type": "nummber"}}}"#,
            #"{"error":{"message":"fields.A: there is no type \"nummber\" (did you mean number?)","line":1,"column":1,"code":"unknown_name"}}"#
        ),
        (
            #"{"formula": "A", "fields": {"A": {"type": "number"}}, "record": {"A": "x"}}"#,
            #"{"error":{"message":"record.A: \"x\" is not a number","line":1,"column":1,"code":"bad_value"}}"#
        ),
        (
            #"{"formula": "A", "fields": {"A": {"type": "number"}}, "record": {"AA": 1}}"#,
            #"{"error":{"message":"record has a value for \"AA\", which is no field (did you mean A?)","line":1,"column":1,"code":"unknown_name"}}"#
        ),
        (
            #"{"formula": "#,
            #"{"error":{"message":"The document ends where a value was expected","line":1,"column":13,"code":"syntax"}}"#
        ),
        (
            #"{"formula": "ISCHANGED(S)", "fields": {"S": {"type": "text"}}, "record": {"S": "a"}, "prior": {"S": "b"}}"#,
            #"{"value":true}"#
        ),
        (#"{"formula": "DATETIMEVALUE(\"2021-08-12 03:26:09\")", "returnType": "date"}"#, #"{"value":"2021-08-12"}"#),
    ]) func `are answered one by one`(line: String, expected: String) {
        #expect(answer(line) == expected)
    }

    @Test func `can be explained`() throws {
        let line = try JSON(
            parsing: #"{"formula": "amount*2", "returnType": "currency", "fields": {"Amount": {"type": "currency", "scale": 2}}}"#
        )
        let explanation = try FormulaBatch.explanation(of: line)
        #expect(explanation.canonical == "Amount * 2")
        #expect(explanation.tree == "*: number\n  Amount: currency\n  2: number")
        #expect(explanation.dependencies == ["Amount"])
        #expect(explanation.sql[.sqlite]?.contains("Amount") == true && explanation.sql[.postgres]?.contains("Amount") == true)
    }

    @Test func `need each other in any depth without harm`() {
        let chain = (0..<500).map { #""F\#($0)": {"type": "number", "formula": "F\#($0 + 1) + F\#($0 + 1)"}"# }
        let line =
            #"{"formula": "IFERROR(F0, -1)", "fields": {\#(chain.joined(separator: ", ")), "F500": {"type": "number"}}, "record": {"F500": 1}}"#
        #expect(answer(line) == #"{"value":-1}"#)
    }
}

@Suite struct `Dependencies of formulas` {
    @Test func `are ordered so that each follows what it needs`() throws {
        let order = try FormulaDependencies.ordered(["a": ["b", "c"], "b": ["c", "x"], "c": []])
        #expect(order == ["c", "b", "a"])
    }

    @Test func `name the cycle`() {
        #expect(throws: FormulaCycle(names: ["b", "c", "b"])) {
            try FormulaDependencies.ordered(["a": ["b"], "b": ["c"], "c": ["b"]])
        }
        #expect(throws: FormulaCycle(names: ["a", "a"])) { try FormulaDependencies.ordered(["a": ["a"]]) }
    }
}
