import Formula
import Testing
import Values

@Suite struct `What formulas compute` {
    private let record: [String: Value] = [
        "Amount": number("1234.56"), "Quantity": number("7"), "Discount": number("12"), "Name": .text("Acme"),
        "Stage": .text("Closed Won"), "Interests": .list(["Golf", "Wine"]), "IsWon": .bool(true), "CloseDate": day("2024-01-31"),
        "CreatedDate": moment("2024-02-28T10:34:00Z"), "Opens": time("08:30"), "Account.Owner.Name": .text("Ada"),
        "$User.Region": .text("EMEA"),
    ]

    @Test(arguments: [
        ("1 + 2 * 3", "7"), ("2 * 2 ^ 3", "64"), ("2 ^ 3 ^ 2", "64"), ("-2 ^ 2", "4"), ("7 / 4", "1.75"),
        ("1 / 3", "0.3333333333333333333333333333333333333"), ("Amount * 2", "2469.12"), ("Discount", "0.12"),
        ("Amount * Discount", "148.1472"), ("Amount - Quantity", "1227.56"), ("0.1 + 0.2 = 0.3", "true"),
        ("1 / 0", "error: division_by_zero"), ("64 ^ 64", "error: out_of_range"), ("4 ^ 0.5", "error: domain"),
        ("1 -- 2", "3"), ("10 / 3 * 3 = 10", "false"), ("FLOOR(10 / 3 * 3)", "10"),
    ]) func `numbers are exact`(formula: String, expected: String) {
        #expect(outcome(formula, record) == expected)
    }

    @Test(arguments: [
        ("Name & \" \" & Code & \"!\"", "Acme !"), ("name = \"Acme\"", "true"), ("Name = \"acme\"", "false"),
        ("Code = \"\"", "true"), ("Code = NULL", "true"), ("NULL = \"ab\"", "false"), ("LEFT(Name, 2)", "Ac"),
        ("MID(Name, 0, 2)", "Ac"), ("RIGHT(Name, 99)", "Acme"), ("LEN(Code)", "0"), ("FIND(\"m\", Name)", "3"),
        ("CONTAINS(Name, \"cm\")", "true"), ("BEGINS(Code, \"x\")", "false"), ("SUBSTITUTE(Name, \"c\", \"\")", "Ame"),
        ("TEXT(Amount)", "1234.56"), ("TEXT(CreatedDate)", "2024-02-28 10:34:00Z"), ("VALUE(\"1.50\")", "1.5"),
        ("VALUE(Name)", "error: bad_value"), ("Account.Owner.Name", "Ada"), ("$user.region", "EMEA"),
        ("IF(ISPICKVAL(Stage, \"Closed Won\"), \"won\", \"open\")", "won"), ("INCLUDES(Interests, \"Wine\")", "true"),
    ]) func `texts are compared and cut by code points`(formula: String, expected: String) {
        #expect(outcome(formula, record) == expected)
    }

    @Test(arguments: [
        ("CloseDate + 1", "2024-02-01"), ("CloseDate + 1.9", "2024-02-01"), ("CloseDate - 0.7", "2024-01-31"),
        ("ADDMONTHS(CloseDate, 1)", "2024-02-29"), ("ADDMONTHS(DATE(2024, 2, 29), -1)", "2024-01-31"),
        ("ADDMONTHS(DATE(2016, 2, 28), 1)", "2016-03-28"), ("CreatedDate + 0.16666", "2024-02-28T14:33:59Z"),
        ("CreatedDate + 0.166666", "2024-02-28T14:34:00Z"), ("TODAY() - CloseDate", "29"), ("NOW()", "2024-02-29T13:15:10Z"),
        ("CreatedDate - NOW()", "-1.111921296296296296296296296296296296"), ("Opens + 93600000", "10:30:00.000"),
        ("DATE(2023, 2, 29)", "error: bad_date"), ("DATEVALUE(\"x\")", "error: bad_date"), ("WEEKDAY(CloseDate)", "4"),
        ("YEAR(CloseDate) * 100 + MONTH(CloseDate)", "202401"), ("DATE(9999, 12, 31) + 1", "error: bad_date"),
    ]) func `dates move as the calendar does`(formula: String, expected: String) {
        #expect(outcome(formula, record) == expected)
    }

    @Test func `a date with time becomes a day of the session's zone`() throws {
        let late = ["CreatedDate": moment("2024-02-28T23:30:00Z")]
        #expect(outcome("DATEVALUE(CreatedDate)", late) == "2024-02-28")
        #expect(outcome("DATEVALUE(CreatedDate)", late, zone: try #require(Zone("Europe/Zurich"))) == "2024-02-29")
    }

    @Test(arguments: [
        ("Amount + 1", "blank", "1"), ("Amount > 5", "false", "false"), ("Amount < 5", "false", "true"),
        ("NOT(Amount > 5)", "false", "true"), ("ISBLANK(Amount)", "true", "false"), ("BLANKVALUE(Amount, 9)", "9", "0"),
        ("IF(Amount < 5, 1, 2)", "2", "1"), ("10 / Quantity", "blank", "error: division_by_zero"),
        ("OR(Amount > 5, TRUE)", "true", "true"), ("AND(Amount < 5, TRUE)", "false", "true"),
        ("CloseDate + Amount", "blank", "blank"),
        ("CASE(Amount, NULL, 1, 0, 2, 3)", "3", "2"), ("IsWon", "false", "false"), ("MAX(1, Amount)", "blank", "1"),
    ]) func `blank numbers are blank or zero`(formula: String, blank: String, zero: String) {
        #expect(outcome(formula, blanks: .blank) == blank)
        #expect(outcome(formula, blanks: .zero) == zero)
    }

    @Test func `a percentage is delivered as its column holds it, rounded half away from zero`() throws {
        #expect(outcome("0.12345", returning: .percent, scale: 2) == "12.35")
        #expect(outcome("-Amount / 7", record, returning: .currency, scale: 2) == "-176.37")
        #expect(outcome("2.5", returning: .number, scale: 0) == "3")
    }

    @Test func `the record before the change can be asked for`() throws {
        let formula = try CompiledFormula.compile(
            "IF(ISCHANGED(Stage), PRIORVALUE(Stage) & \" to \" & Stage, \"same\")", scope: World())
        let won: [String: Value] = ["Stage": .text("Won")]
        #expect(try formula.evaluate(formula.input(won, prior: ["Stage": .text("Open")])) == .text("Open to Won"))
        #expect(try formula.evaluate(formula.input(won, prior: won)) == .text("same"))
        #expect(try formula.evaluate(formula.input(won, isNew: true)) == .text("same"))
        #expect(formula.sqlObstacle?.contains("ISCHANGED") == true)
    }

    @Test func `IF, CASE, AND and OR leave alone what they do not need`() {
        #expect(outcome("IF(TRUE, 1, 1 / 0)") == "1")
        #expect(outcome("AND(FALSE, 1 / 0 = 1)") == "false")
        #expect(outcome("OR(TRUE, 1 / 0 = 1)") == "true")
        #expect(outcome("CASE(2, 1, 1 / 0, 2, 5, 6)") == "5")
        #expect(outcome("IFERROR(1 / 0, 7)") == "7")
    }
}
