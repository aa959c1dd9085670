import Metadata
import SQL
import Testing
import Values

@Suite("Values of fields")
struct FieldTypeTests {
    private static let id = "0198b1a2-0000-7000-8000-00000000abcd"

    @Test(arguments: [
        ("type: text, length: 3", "\"äöü\"", Value.text("äöü")),
        ("type: text", "\"\"", .null),
        ("type: text", "null", .null),
        ("type: textarea", "\"a\\nb\"", .text("a\nb")),
        ("type: email", "\"ada@example.com\"", .text("ada@example.com")),
        ("type: phone", "\"+41 (0)44 123-45-67\"", .text("+41 (0)44 123-45-67")),
        ("type: url", "\"https://example.com/a?b#c\"", .text("https://example.com/a?b#c")),
        ("type: url", "\"www.example.com\"", .text("www.example.com")),
        ("type: text, pattern: '[A-Z]{2}\\d+'", "\"CH12\"", .text("CH12")),
        ("type: number", "12.5", .number(13)),
        ("type: number", "-12.5", .number(-13)),
        ("type: number, scale: 2", "1.005", .number(decimal("1.01"))),
        ("type: currency", "99.999", .number(100)),
        ("type: percent", "12.345", .number(decimal("12.35"))),
        ("type: number, precision: 3, scale: 1", "99.94", .number(decimal("99.9"))),
        ("type: number, min: 0, max: 10", "10", .number(10)),
        ("type: checkbox", "true", .bool(true)),
        ("type: date", "\"2024-02-29\"", date("2024-02-29")),
        ("type: datetime", "\"2026-03-31T12:00:00+02:00\"", moment("2026-03-31T10:00:00Z")),
        ("type: time", "\"14:30\"", time("14:30")),
        ("type: select, options: [A, B]", "\"A\"", .text("A")),
        ("type: multiselect, options: [A, B, C]", "[\"C\", \"A\", \"C\"]", .list(["A", "C"])),
        ("type: multiselect, options: [A, B, C]", "\"B; A\"", .list(["A", "B"])),
        ("type: multiselect, options: [A, B]", "[]", .null),
        ("type: tags", "[\"x\", \"y\", \"x\"]", .list(["x", "y"])),
        ("type: tags", "\"x;y\"", .list(["x", "y"])),
        ("type: lookup, referenceTo: User", "\"0198B1A2-0000-7000-8000-00000000ABCD\"", .text(id)),
        ("type: masterDetail, referenceTo: User", "\"\(id)\"", .text(id)),
        ("type: json", "{\"a\": [1, null]}", .json(["a": [1, nil]])),
        ("type: geolocation", "{\"latitude\": 47.37, \"longitude\": 8.54}", location(latitude: 47.37, longitude: 8.54)),
        ("type: encrypted", "\"secret\"", .text("secret")),
        ("type: file", "\"files/1\"", .text("files/1")),
        ("type: image", "\"files/2\"", .text("files/2")),
        ("type: richText", "\"<b>x</b>\"", .text("<b>x</b>")),
    ])
    func `become what is stored`(_ attributes: String, _ json: String, _ value: Value) throws {
        #expect(try field(attributes).convert(JSON(parsing: json)) == value)
    }

    @Test(arguments: [
        ("type: text, length: 3", "\"abcd\"", "too_long", "F may have at most 3 characters, not 4"),
        ("type: text", "12", "wrong_type", "F needs a text, not a number"),
        ("type: text", "\"a\\u0000b\"", "invalid_text", "F may not have a null character in it"),
        ("type: text, pattern: '[A-Z]+'", "\"ab\"", "pattern_mismatch", "F must match the pattern [A-Z]+"),
        ("type: text, label: Full Name", "[]", "wrong_type", "Full Name needs a text, not a list"),
        ("type: email", "\"ada@example\"", "invalid_email", "F needs an e-mail address such as name@example.com"),
        ("type: email", "\"ada lovelace@example.com\"", "invalid_email", "F needs an e-mail address such as name@example.com"),
        ("type: email", "\"ada@@example.com\"", "invalid_email", "F needs an e-mail address such as name@example.com"),
        ("type: phone", "\"call me\"", "invalid_phone", "F needs a telephone number such as +41 44 123 45 67"),
        ("type: url", "\"javascript:alert(1)\"", "invalid_url", "F needs a web address such as https://www.example.com"),
        (
            "type: url", "\"javascript://example.com/%0aalert(1)\"", "invalid_url",
            "F needs a web address such as https://www.example.com"
        ),
        ("type: url", "\"nowhere\"", "invalid_url", "F needs a web address such as https://www.example.com"),
        ("type: number", "\"12\"", "wrong_type", "F needs a number, not the text \"12\""),
        ("type: number", "true", "wrong_type", "F needs a number, not true or false"),
        ("type: number, precision: 3", "1000", "out_of_range", "F may have at most 3 digits before the point"),
        ("type: number, precision: 3, scale: 1", "99.95", "out_of_range", "F may have at most 2 digits before the point"),
        ("type: currency", "1e17", "out_of_range", "F may have at most 16 digits before the point"),
        ("type: number, min: 0", "-1", "out_of_range", "F must be at least 0"),
        ("type: percent, max: 100", "100.01", "out_of_range", "F must be at most 100"),
        ("type: checkbox", "\"true\"", "wrong_type", "F needs true or false, not \"true\""),
        ("type: checkbox", "1", "wrong_type", "F needs true or false, not a number"),
        ("type: date", "\"2026-02-30\"", "invalid_date", "F needs a date such as 2026-03-31, not \"2026-02-30\""),
        (
            "type: date", "\"2026-03-31T00:00:00Z\"", "invalid_date",
            "F needs a date such as 2026-03-31, not \"2026-03-31T00:00:00Z\""
        ),
        (
            "type: datetime", "\"2026-03-31T12:00:00\"", "invalid_datetime",
            "F needs a zone after the time, such as 2026-03-31T12:00:00Z or 2026-03-31T12:00:00+01:00"
        ),
        ("type: datetime", "\"2026-03-31\"", "invalid_datetime", "F needs a time beside the date, such as 2026-03-31T00:00:00Z"),
        (
            "type: datetime", "\"tomorrow\"", "invalid_datetime",
            "F needs a date and time such as 2026-03-31T12:00:00Z, not \"tomorrow\""
        ),
        ("type: time", "\"25:00\"", "invalid_time", "F needs a time such as 14:30 or 14:30:00, not \"25:00\""),
        ("type: select, options: [Won, Lost]", "\"won\"", "invalid_option", "F has no option \"won\" (did you mean Won?)"),
        (
            "type: select, options: [Won, Lost]", "\"Cancelled\"", "invalid_option",
            "F has no option \"Cancelled\" (one of Won, Lost)"
        ),
        ("type: select, options: [A, { value: B, active: false }]", "\"B\"", "inactive_option", "F no longer offers \"B\""),
        (
            "type: multiselect, options: [A, { value: B, active: false }]", "[\"A\", \"B\"]", "inactive_option",
            "F no longer offers \"B\""
        ),
        ("type: multiselect, options: [A]", "[1]", "wrong_type", "F needs a list of its options; one of them is a number"),
        ("type: tags", "[\"a;b\"]", "invalid_text", "A tag of F may not have a semicolon or a null character in it"),
        ("type: lookup, referenceTo: User", "\"42\"", "invalid_id", "F needs the id of a record, not \"42\""),
        ("type: lookup, referenceTo: User", "42", "wrong_type", "F needs the id of a record as a text, not a number"),
        ("type: json", "\"a\\u0000\"", "invalid_text", "F may not have a null character in it"),
        (
            "type: geolocation", "{\"latitude\": 91, \"longitude\": 0}", "invalid_location",
            "F needs a latitude from -90 to 90 and a longitude from -180 to 180"
        ),
        (
            "type: geolocation", "{\"latitude\": 1}", "invalid_location",
            "F needs two numbers, latitude and longitude, and nothing else"
        ),
        ("type: formula, returnType: number, formula: 1 + 1", "1", "not_writable", "F is computed and cannot be written"),
    ])
    func `are refused with a reason`(_ attributes: String, _ json: String, _ code: String, _ message: String) throws {
        let field = try field(attributes)
        let value = try JSON(parsing: json)
        let problem = #expect(throws: FieldProblem.self) { try field.convert(value) }
        #expect(problem?.code.rawValue == code)
        #expect(problem?.message == message)
    }

    @Test func `of dependent options follow the controlling field`() throws {
        let outcome = try field("type: select, dependsOn: Other, options: [{ value: A, when: X }, { value: B, when: [X, Y] }, C]")
        let message = #expect(throws: FieldProblem.self) { try outcome.checkDependency(of: .text("A"), on: .text("Y")) }
        #expect(message?.message == "F does not offer \"A\" where Other is Y")
        #expect(throws: FieldProblem.self) { try outcome.checkDependency(of: .text("B"), on: .null) }
        try outcome.checkDependency(of: .text("B"), on: .text("Y"))
        try outcome.checkDependency(of: .text("C"), on: .null)
        try outcome.checkDependency(of: .null, on: .text("Y"))
    }

    @Test(arguments: [
        ("type: checkbox", "TRUE", Value.bool(true)), ("type: number", "12", .number(12)), ("type: text", "12", .text("12")),
        ("type: multiselect, options: [A, B]", "A;B", .list(["A", "B"])), ("type: date", "2026-01-01", date("2026-01-01")),
        ("type: geolocation", "47.37, 8.54", location(latitude: 47.37, longitude: 8.54)), ("type: number", "", .null),
    ])
    func `are read from texts of files`(_ attributes: String, _ text: String, _ value: Value) throws {
        #expect(try field(attributes).convert(text: text) == value)
    }

    @Test(.timeLimit(.minutes(1)), arguments: ["(a+)+$", "(a|aa)+b", "(((){1000}){1000}){1000}", "(a*)*(a*)*b"])
    func `are matched with a pattern in no long time, whatever it is`(_ pattern: String) throws {
        let field = try field("type: text, pattern: '\(pattern)'")
        #expect(throws: FieldProblem.self) { try field.convert(.string(String(repeating: "a", count: 250) + "!")) }
    }

    @Test func `a filter compares with values beyond the limits`() throws {
        #expect(try field("type: number, max: 10, scale: 0").parse(JSON(parsing: "12.5")) == .number(decimal("12.5")))
        #expect(try field("type: email").parse("@example.com") == .text("@example.com"))
        #expect(try field("type: select, options: [A, { value: B, active: false }]").parse("B") == .text("B"))
    }

    @Test(arguments: [
        ("type: text", ColumnType.text), ("type: currency", .decimal(precision: 18, scale: 2)),
        ("type: number, precision: 5", .decimal(precision: 5, scale: 0)),
        ("type: checkbox", .boolean), ("type: date", .date), ("type: datetime", .datetime), ("type: time", .time),
        ("type: multiselect, options: [A]", .list), ("type: tags", .list), ("type: lookup, referenceTo: User", .id),
        ("type: json", .json),
        ("type: geolocation", .json), ("type: autoNumber, format: 'A-{0}'", .text),
        ("type: formula, returnType: currency, formula: 1 + 1", .decimal(precision: 18, scale: 2)),
        ("type: formula, returnType: checkbox, formula: 1 < 2", .boolean),
    ])
    func `have a column`(_ attributes: String, _ column: ColumnType) throws {
        #expect(try field(attributes).column == column)
    }
}

@Suite("Autonumbers")
struct AutoNumberTests {
    @Test(arguments: [
        ("CT-{YYYY}{MM}{DD}-{0000}", "CT-20260305-0042"), ("{0}", "42"), ("{YY}/{00}", "26/42"),
        ("No. {000000} (draft)", "No. 000042 (draft)"),
    ])
    func `read as their format says`(_ format: String, _ text: String) throws {
        let day = try #require(Day("2026-03-05"))
        #expect(try AutoNumberFormat(format).text(42, on: day) == text)
        #expect(try AutoNumberFormat(format).text(1_234_567, on: day).contains("1234567"))
    }

    @Test(arguments: ["CT", "", "{YYYY}", "{0000}{00}", "{0000", "0000}", "{WW}-{00}", "{}"])
    func `need a format with one number`(_ format: String) {
        #expect(throws: FieldProblem.self) { try AutoNumberFormat(format) }
        #expect(mistakes(fields: "  - { name: F, type: autoNumber, format: '\(format)' }").count == 1)
    }
}
