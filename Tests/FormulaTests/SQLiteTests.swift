import Formula
import SQL
import Testing
import Values

@Suite struct `Formulas in SQLite` {
    private let record: [String: Value] = [
        "Amount": number("1234.56"), "Quantity": number("7"), "Rate": number("0.0375"), "Discount": number("12.5"),
        "Name": .text("Acme"), "Stage": .text("Closed Won"), "Interests": .list(["Golf", "Wine"]), "IsWon": .bool(true),
        "CloseDate": day("2024-01-31"), "CreatedDate": moment("2024-02-28T10:34:00Z"), "Opens": time("08:30"),
        "$User.Region": .text("EMEA"),
    ]

    @Test(arguments: [
        "Amount * Discount", "Amount / Quantity", "Amount / 0", "Amount + Rate", "Quantity - Amount", "Amount * Amount", "-Rate",
        "IF(Amount > 1000, Amount, Rate)", "CASE(Stage, \"Open\", 1, \"Closed Won\", 2, 3)", "Name & Code", "Code", "LEN(Name)",
        "Name = \"Acme\"", "Code = \"\"", "NOT(Code = \"x\")", "Rate > 5", "NOT(Small > 5)", "Small > 5", "ISBLANK(Small)",
        "AND(IsWon, Amount > 5, CloseDate < TODAY())", "AND(IsWon, 1 / 0 > 1)", "OR(IsClosed, Amount / Quantity > 100)",
        "IF(Quantity / 0 > 1, 1, 2)", "IFERROR(Quantity / 0, 5)", "YEAR(CloseDate)", "CloseDate + 30", "TODAY() - CloseDate",
        "INCLUDES(Interests, \"Wine\")", "INCLUDES(Interests, Name)", "CONTAINS(Name, \"cm\")", "CONTAINS(Code, Name)",
        "BEGINS(Name, Code)", "$User.Region = \"EMEA\"", "DATEVALUE(CreatedDate)", "CreatedDate < NOW()", "UPPER(Name)",
        "BLANKVALUE(Small, Amount)", "NULLVALUE(Code, Name)", "TEXT(CloseDate)", "Opens < Closes", "IF(IsClosed, NULL, Name)",
        "CASE(Code, \"\", \"none\", \"some\")", "MAX(Amount, Rate, 3)", "IN(Stage, \"Open\", \"Closed Won\")", "\"a\" < \"b\"",
    ]) func `mean the same as in the evaluator`(source: String) throws {
        let database = try TestDatabase()
        for blanks in [BlankHandling.blank, .zero] {
            for returning in [nil, FormulaType.percent] {
                guard
                    let formula = try? CompiledFormula.compile(
                        source, returning: returning, scale: returning.map { _ in 3 }, blanks: blanks, scope: World())
                else {
                    #expect(returning != nil)
                    continue
                }
                let expected = (try? formula.evaluate(formula.input(record))) ?? .null
                #expect(try formula.sqliteValue(record, in: database) == rounded(expected, formula), "\(blanks)")
            }
        }
    }

    private func rounded(_ value: Value, _ formula: CompiledFormula) -> Value {
        guard case .number(let number) = value, case .decimal(_, let scale) = formula.resultColumn else { return value }
        return .number(number.rounded(to: scale))
    }

    @Test(arguments: [
        ("Stage = \"Closed Won\"", "(Stage IS ?1)"), ("AND(IsWon, Amount > 100)", "((IsWon = 1) AND (Amount > 10000))"),
        ("OR(Stage = \"\", CloseDate < TODAY())", "((Stage IS NULL) OR (CloseDate < ?1))"),
        ("NOT(IsWon)", "(NOT coalesce(IsWon, 0))"),
    ]) func `conditions leave columns bare`(source: String, expected: String) throws {
        let formula = try CompiledFormula.compile(source, scope: World())
        let sql = try formula.condition(.sqlite) { Fragment(sql: formula.fields[$0].path.joined()) }
        #expect(sql.statement(.sqlite).sql == expected)
    }
}
