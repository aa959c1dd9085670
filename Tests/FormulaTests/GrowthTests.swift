import Formula
import SQL
import Testing
import Values

/// Formulas that would take for ever, or make endless SQL, if any step wrote or did twice what it was given once.
@Suite struct `However a formula nests` {
    @Test(
        .timeLimit(.minutes(1)),
        arguments: [
            ("1 / Amount", "IFERROR(1 / #, 1 / 0)"), ("1 / Amount", "IFERROR(#, 1 / 0)"), ("Amount", "MAX(#, 1 / Rate)"),
            ("Name", "IF(CONTAINS(Code, #), Name, Code)"), ("Name", "IF(IN(#, Name, Code), \"a\", \"b\")"),
            ("Amount", "CASE(#, 1, 2, 2, 3, 3)"), ("Name", "CASE(#, Name, \"a\", Code, \"b\", \"c\")"),
            ("Amount", "BLANKVALUE(# / 2, Rate)"), ("IsWon", "AND(1 / Amount > 1, #)"), ("IsWon", "OR(#, 1 / Amount > 1)"),
            ("IsWon", "NOT(#) = (1 / Rate > 2)"), ("Amount", "IF(# / 2 > 1, 1 / Rate, 2)"), ("Amount", "# + 1 / Rate"),
            ("Amount", "ROUND(#, 2)"), ("Name", "SUBSTITUTE(#, Code, Name)"), ("Name", "LEFT(# & Name, 5)"),
            ("CloseDate", "IF(# > StartDate, # + 1, CloseDate)"), ("Amount", "MOD(#, 7)"),
        ]) func `it is computed and written as SQL at once`(start: String, step: String) throws
    {
        let database = try TestDatabase()
        let record: [String: Value] = ["Amount": number("3"), "Rate": number("2"), "Name": .text("a"), "Code": .text("b")]
        let isTree = step.count { $0 == "#" } > 1
        for depth in isTree ? [4, 10] : [4, 10, 30, 48] {
            let source = (0..<depth).reduce(start) { inner, _ in step.replacing("#", with: inner) }
            guard source.unicodeScalars.count <= Parser.maximumLength else { continue }
            let formula = try CompiledFormula.compile(source, scope: World())
            let expected = (try? formula.evaluate(formula.input(record))) ?? .null
            guard formula.sqlObstacle == nil else { continue }
            let sql = try formula.sql(.postgres) { Fragment(sql: "c\($0)") }.statement(.postgres).sql
            #expect(sql.utf8.count < 1_000_000)
            let found = try formula.sqliteValue(record, in: database)
            if case .number(let number) = expected, case .decimal(_, let scale) = formula.resultColumn {
                #expect(found == .number(number.rounded(to: scale)))
            } else {
                #expect(found == expected)
            }
        }
    }

    @Test func `it is refused for databases, by its length, where it says too much twice`() throws {
        let deep = (0..<40).reduce("1 / Amount") { inner, _ in "IFERROR(1 / \(inner), 1 / 0)" }
        let formula = try CompiledFormula.compile(deep, scope: World())
        #expect(formula.sqlObstacle?.hasPrefix("The formula is too long for a database") == true)
        #expect(try formula.evaluate(formula.input(["Amount": number("1")])) == number("1"))
    }

    @Test func `fields that double each other come to an end`() {
        let doubling = (0..<200).map { #""F\#($0)": {"type": "text", "formula": "F\#($0 + 1) & F\#($0 + 1)"}"# }.joined(
            separator: ", ")
        let line = #"{"formula": "LEN(F0)", "fields": {\#(doubling), "F200": {"type": "text"}}, "record": {"F200": "abc"}}"#
        #expect(FormulaBatch.answer(to: line, now: testMoment)["error"]?["code"] == "out_of_range")
    }

    @Test(
        .timeLimit(.minutes(1)),
        arguments: [
            ("CONTAINS(LPAD(\"b\", 100000, \"a\"), LPAD(\"c\", 50000, \"a\"))", "false"),
            ("FIND(LPAD(\"b\", 50000, \"a\"), LPAD(\"b\", 100000, \"a\"))", "50001"),
            ("LEN(SUBSTITUTE(LPAD(\"b\", 100000, \"a\"), LPAD(\"b\", 50000, \"a\"), \"x\"))", "50001"),
            ("LIKE(LPAD(\"b\", 20000, \"a\"), \"%\" & LPAD(\"c\", 10000, \"a\"))", "false"),
            ("LIKE(LPAD(\"b\", 5000, \"a\"), LPAD(\"c\", 5000, \"%a_\"))", "false"),
            ("LEN(INITCAP(REVERSE(LPAD(\"b\", 100000, \"a\"))))", "100000"),
            ("ISNUMBER(LPAD(\"1\", 100000, \"1\"))", "false"),
            ("LEN(URLENCODE(LPAD(\"b\", 30000, \"é\")))", "error: out_of_range"),
            ("JSONPATHVALUE(LPAD(\"1\", 100000, \"[\"), LPAD(\"]\", 100000, \"[0]\"))", "blank"),
        ]) func `long texts take time in proportion to them`(source: String, expected: String)
    {
        #expect(outcome(source) == expected)
    }
}
