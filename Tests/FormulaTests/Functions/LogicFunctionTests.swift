import Formula
import Testing
import Values

@Suite struct `Logical functions and comparisons` {
    @Test(arguments: [
        ("1 = 1", "true"), ("37 = 1", "false"), ("37 = NULL", "false"), ("NOT(37 = NULL)", "false"), ("\"ab\" = \"ab\"", "true"),
        ("\"ab\" = \"\"", "false"), ("NULL = \"\"", "true"),
        ("37 <> NULL", "false"), ("NULL <> \"ab\"", "true"), ("NULL <> \"\"", "false"), ("1 < 37", "true"), ("37 <= 37", "true"),
        ("37 < NULL", "false"), ("38 > 37", "true"), ("36 >= 37", "false"),
        ("1 == 1.0", "true"), ("1 != 2", "true"), ("DATE(2014, 3, 20) <= DATE(2015, 3, 20)", "true"), ("TRUE = FALSE", "false"),
        (
            "TRUE > FALSE",
            "error: TRUE is true or false; > expects a number or a text or a date or a date with time or a time (line 1, column 1)"
        ),
        ("\"a\" < \"B\"", "false"), ("\"é\" = \"e\u{301}\"", "false"), ("1 = 1 = TRUE", "true"), ("1 < 2 = TRUE", "true"),
        ("!TRUE = FALSE", "true"), ("NOT TRUE = FALSE", "true"),
        ("TRUE || FALSE && FALSE", "true"),
        ("1 + 1 & \"\"", "error: 1 + 1 is a number; & expects a text (TEXT makes one) (line 1, column 3)"),
        ("AND(1 = 1, 3 < 37, NULL)", "false"), ("OR(1 = 0, 3 > 37, NULL)", "false"), ("OR(1 = 0, 3 < 37, NULL)", "true"),
        ("AND(TRUE)", "true"), ("NOT(NULL)", "false"),
        ("AND(1 <> 1, 1 / 0 = 0)", "false"), ("OR(1 = 1, 1 / 0 = 0)", "true"),
        ("AND(1 / 0 = 0, FALSE)", "error: division_by_zero"),
    ]) func `know true, false and unknown`(formula: String, expected: String) {
        #expect(outcome(formula) == expected)
    }

    @Test(arguments: [
        ("IF(1 = 37, 1, 0)", "0"), ("IF(TRUE, 1, NULL)", "1"), ("IF(1 = NULL, 1, 0)", "0"), ("IF(FALSE, 1 / 0, 37)", "37"),
        ("IFS(FALSE, 1, TRUE, 2, 3)", "2"), ("IFS(FALSE, 1, FALSE, 2, 3)", "3"),
        ("CASE(10, 9, 0, 10, 1, 11, 0, 2)", "1"), ("CASE(37, 9, 0, 10, 1, 2)", "2"), ("CASE(NULL, 9, 0, 10, 1, 2)", "2"),
        ("CASE(35, NULL, 0, 10, 1, 2)", "2"), ("CASE(9, 9, 0, 10, NULL, 2)", "0"),
        ("CASE(DATE(2004, 12, 5), DATE(2004, 12, 4), 200, NULL, 300, 400)", "400"),
        ("CASE(NULL, NULL, 200, DATE(2004, 12, 4), 300, 400)", "400"), ("CASE(Stage, \"Open\", 1, \"\", 2, 3)", "2"),
        ("CASE(Code, NULL, \"none\", \"some\")", "none"), ("IFERROR(VALUE(\"x\"), 5)", "5"), ("IFERROR(5, 1 / 0)", "5"),
        ("IFERROR(1 / 0, 1 / 0)", "error: division_by_zero"),
        ("IFERROR(SQRT(-1), IFERROR(DATE(2023, 2, 30) - TODAY(), 7))", "7"), ("IN(2, 1, 2, 3)", "true"),
        ("IN(\"x\", \"a\", \"b\")", "false"), ("IN(NULL, 1, 2)", "false"), ("IN(\"\", \"\", \"a\")", "false"),
        ("IN(Code, Name, NULL)", "false"), ("IN(1, NULL, 1)", "true"), ("IN(Stage, \"a\", \"\")", "false"),
        ("NULLVALUE(37, 6)", "37"), ("NULLVALUE(NULL, 6)", "6"), ("NULLVALUE(\"\", \"123\")", "blank"),
        ("BLANKVALUE(\"\", \"123\")", "123"), ("BLANKVALUE(5, 1 / 0)", "5"),
        ("ISBLANK(\"\")", "true"), ("ISBLANK(\" \")", "false"), ("ISBLANK(0)", "false"), ("ISNULL(NULL)", "true"),
        ("ISNULL(5)", "false"), ("ISNULL(\"\")", "false"),
        ("ISNULL(IF(TRUE, NULL, 37))", "true"), ("ISNULL(IF(TRUE, NULL, \"abc\"))", "false"), ("ISBLANK(CloseDate)", "true"),
        ("ISBLANK(Interests)", "true"), ("ISBLANK(Place)", "true"),
        ("ISPICKVAL(Stage, \"\")", "true"), ("ISPICKVAL(Stage, \"Open\")", "false"), ("INCLUDES(Interests, \"Golf\")", "false"),
        ("ISNEW()", "false"), ("ISCLONE()", "false"),
    ]) func `choose between values`(formula: String, expected: String) {
        #expect(outcome(formula) == expected)
    }

    @Test(arguments: [
        ("ISBLANK(Amount)", "true", "false"), ("ISNULL(Amount)", "true", "false"), ("BLANKVALUE(Amount, 9)", "9", "0"),
        ("NULLVALUE(Amount, 9)", "9", "0"), ("Amount = 0", "false", "true"),
        ("Amount <> 0", "false", "false"), ("Amount >= 0", "false", "true"), ("NOT(Amount = 0)", "false", "false"),
        ("IF(Amount = 0, \"zero\", \"other\")", "other", "zero"), ("IN(Amount, 0, 1)", "false", "true"),
        ("ISBLANK(Name)", "true", "true"), ("IsWon", "false", "false"), ("NOT(IsWon)", "true", "true"),
        ("ISBLANK(IsWon)", "false", "false"), ("CloseDate = TODAY()", "false", "false"),
        ("NOT(CloseDate = TODAY())", "false", "false"), ("Discount + 1", "blank", "1"), ("Account.Name = \"\"", "true", "true"),
        ("BLANKVALUE(10 / Amount, 3)", "3", "error: division_by_zero"),
    ]) func `read blanks as the mode says`(formula: String, blank: String, zero: String) {
        #expect(outcome(formula, blanks: .blank) == blank)
        #expect(outcome(formula, blanks: .zero) == zero)
    }

    @Test func `look back at the record before the change`() throws {
        func result(_ source: String, _ prior: [String: Value]?, isNew: Bool = false, isClone: Bool = false) throws -> Value {
            let formula = try CompiledFormula.compile(source, scope: World())
            let now: [String: Value] = ["Amount": number("20"), "Discount": number("12"), "Name": .text("b")]
            return try formula.evaluate(formula.input(now, prior: prior, isNew: isNew, isClone: isClone))
        }
        let before: [String: Value] = ["Amount": number("10"), "Discount": number("6"), "Name": .text("b")]
        #expect(try result("PRIORVALUE(Amount)", before) == number("10"))
        #expect(try result("PRIORVALUE(Discount)", before) == number("0.06"))
        #expect(try result("ISCHANGED(Amount)", before) == .bool(true))
        #expect(try result("ISCHANGED(Name)", before) == .bool(false))
        #expect(try result("ISCHANGED(Code)", before) == .bool(false))
        #expect(try result("PRIORVALUE(Amount)", nil, isNew: true) == number("20"))
        #expect(try result("ISCHANGED(Amount)", nil, isNew: true) == .bool(false))
        #expect(try result("ISNEW()", nil, isNew: true) == .bool(true))
        #expect(try result("ISCLONE()", nil, isNew: true, isClone: true) == .bool(true))
    }
}

@Suite struct `Geography functions` {
    @Test(arguments: [
        ("DISTANCE(GEOLOCATION(0, 0), GEOLOCATION(33.37088, -122.61715), 'mi')", "8066.89742745465"),
        ("DISTANCE(GEOLOCATION(43.094722, -75.275833), GEOLOCATION(33.37088, -122.61715), 'mi')", "2618.9134586986"),
        ("DISTANCE(Place, Place, \"KM\")", "0"),
        ("DISTANCE(GEOLOCATION(90, 0), GEOLOCATION(-90, 0), \"km\") / PI() > 6371", "true"),
        ("DISTANCE(GEOLOCATION(200, 200), Place, 'mi')", "error: out_of_range"),
        ("DISTANCE(Place, Place, \"ly\")", "error: bad_value"), ("DISTANCE(GEOLOCATION(Amount, 1), Place, \"km\")", "blank"),
        (
            "GEOLOCATION(1, 2) = GEOLOCATION(1, 2)",
            "error: GEOLOCATION(1, 2) is a location; = expects anything but a location (line 1, column 21)"
        ),
    ]) func `measure on a sphere`(formula: String, expected: String) throws {
        let place = try #require(Location(latitude: 47.37, longitude: 8.54))
        #expect(outcome(formula, ["Place": .location(place)]) == expected)
    }

    @Test func `are blank where a place is`() {
        #expect(outcome("DISTANCE(Place, GEOLOCATION(0, 0), \"km\")") == "blank")
        #expect(outcome("ISBLANK(Place)") == "true")
    }
}
