import Formula
import SQL
import Values

/// SplitMix64: the same formulas and records for the same seed.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
        return z ^ z >> 31
    }
}

/// Makes formulas of every form and function. In the templates `#n` stands for a number, `#t` a text, `#b` a truth, `#d` a day,
/// `#m` a moment, `#c` a time of day, `#l` a list, `#g` a place.
struct RandomFormula {
    var generator: SeededGenerator

    init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    mutating func formula(depth: Int = 4) -> String {
        let kind = "nnnnttttbbbbddmc".randomElement(using: &generator) ?? "n"
        return part(kind, depth)
    }

    private mutating func part(_ kind: Character, _ depth: Int) -> String {
        let simple = depth <= 0 || Int.random(in: 0..<5, using: &generator) == 0
        let choices = (simple ? Self.leaves : Self.templates)[kind] ?? ["NULL"]
        var text = ""
        var rest = Substring(choices.randomElement(using: &generator) ?? "NULL")
        while let mark = rest.firstIndex(of: "#") {
            text += rest[..<mark]
            text += part(rest[rest.index(after: mark)], depth - 1)
            rest = rest[mark...].dropFirst(2)
        }
        return text + rest
    }

    private static let leaves: [Character: [String]] = [
        "n": ["Amount", "Quantity", "Rate", "Small", "Discount", "0", "1", "2", "-3", "0.5", "100", "2.675", "1000000", "NULL"],
        "t": [
            "Name", "Code", "Stage", "$User.Region", "Account.Name", "\"\"", "\"a\"", "\"Acme Corp\"", "\"12.5\"",
            "\"Ünïcödé ß\"", "NULL",
        ],
        "b": ["IsWon", "IsClosed", "TRUE", "FALSE"],
        "d": ["CloseDate", "StartDate", "TODAY()", "DATE(2024, 2, 29)", "DATE(2023, 12, 31)"],
        "m": ["CreatedDate", "ModifiedDate", "NOW()"],
        "c": ["Opens", "Closes", "TIMEVALUE(\"23:59:59.999\")", "TIMENOW()"],
        "l": ["Interests"],
        "g": ["Place", "GEOLOCATION(47.37, 8.54)"],
    ]

    private static let any: [String] = [
        "IF(#b, #x, #x)", "BLANKVALUE(#x, #x)", "IFERROR(#x, #x)", "IFS(#b, #x, #b, #x, #x)", "CASE(#t, #t, #x, #t, #x, #x)",
        "CASE(#n, #n, #x, #x)", "NULLVALUE(#x, #x)",
    ]

    private static func with(_ kind: Character, _ own: [String]) -> [String] {
        own + any.map { $0.split(separator: "#x", omittingEmptySubsequences: false).joined(separator: "#\(kind)") }
    }

    private static let templates: [Character: [String]] = [
        "n": with(
            "n",
            [
                "(#n + #n)", "(#n - #n)", "(#n * #n)", "(#n / #n)", "(#n ^ 2)", "(-#n)", "ABS(#n)", "ROUND(#n, 2)",
                "ROUND(#n, #n)", "TRUNC(#n, 1)",
                "CEILING(#n)", "FLOOR(#n)", "MCEILING(#n)", "MFLOOR(#n)", "MOD(#n, #n)", "MAX(#n, #n, #n)", "MIN(#n, #n)",
                "SQRT(#n)", "EXP(#n)",
                "LN(#n)", "LOG(#n)", "POWER(#n, #n)", "SIN(#n)", "COS(#n)", "TAN(#n)", "ASIN(#n)", "ACOS(#n)", "ATAN(#n)",
                "ATAN2(#n, #n)", "PI()",
                "SIGN(#n)", "RANDOM(#n)", "VALUE(#t)", "VALUE(TEXT(#n))", "LEN(#t)", "FIND(#t, #t)", "FIND(#t, #t, #n)",
                "ASCII(#t)", "(#d - #d)",
                "(#m - #m)", "(#c - #c)", "YEAR(#d)", "MONTH(#d)", "DAY(#d)", "WEEKDAY(#d)", "DAYOFYEAR(#d)", "ISOWEEK(#d)",
                "ISOYEAR(#m)",
                "HOUR(#c)", "MINUTE(#c)", "SECOND(#c)", "MILLISECOND(#c)", "UNIXTIMESTAMP(#m)", "UNIXTIMESTAMP(#d)",
                "UNIXTIMESTAMP(#c)",
                "DISTANCE(#g, #g, \"km\")",
            ]),
        "t": with(
            "t",
            [
                "(#t & #t)", "(#t + #t)", "TEXT(#n)", "TEXT(#d)", "TEXT(#m)", "TEXT(#c)", "TEXT(#l)", "LEFT(#t, #n)",
                "RIGHT(#t, #n)", "MID(#t, #n, #n)",
                "SUBSTR(#t, #n)", "SUBSTR(#t, #n, #n)", "UPPER(#t)", "LOWER(#t)", "LOWER(#t, \"tr\")", "INITCAP(#t)", "TRIM(#t)",
                "LPAD(#t, #n)", "RPAD(#t, 7, #t)",
                "SUBSTITUTE(#t, #t, #t)", "REVERSE(#t)", "CHR(#n)", "CASESAFEID(#t)", "HTMLENCODE(#t)", "JSENCODE(#t)",
                "JSINHTMLENCODE(#t)",
                "URLENCODE(#t)", "HYPERLINK(#t, #t)", "IMAGE(#t, #t, #n)", "BR()", "FORMATCURRENCY(#t, #n)",
                "FORMATCURRENCY(\"JPY\", #n)", "FORMATDURATION(#n)",
                "FORMATDURATION(#n, #b)", "FORMATDURATION(#m, #m)", "FORMATDURATION(#c, #c)", "JSONVALUE(#t, \"a\")",
                "JSONVALUE('{\"a\": 1.50}', #t)",
                "JSONPATHVALUE('{\"a\": [true, \"x\"]}', \"$.a[1]\")",
            ]),
        "b": with(
            "b",
            [
                "(#n = #n)", "(#n <> #n)", "(#n < #n)", "(#n >= #n)", "(#t = #t)", "(#t <> #t)", "(#t < #t)", "(#d = #d)",
                "(#d <= #d)", "(#m > #m)",
                "(#c < #c)", "(#b = #b)", "AND(#b, #b)", "OR(#b, #b, #b)", "NOT(#b)", "(#b && #b)", "(#b || #b)", "!#b",
                "ISBLANK(#n)", "ISBLANK(#t)",
                "ISBLANK(#d)", "ISNULL(#n)", "ISNULL(#t)", "ISNUMBER(#t)", "ISPICKVAL(Stage, \"Open\")", "IN(#t, #t, #t)",
                "IN(Stage, \"Open\", \"a\")",
                "IN(#n, #n, #n)",
                "INCLUDES(#l, #t)", "CONTAINS(#t, #t)", "BEGINS(#t, #t)", "ENDS(#t, #t)",
                "REGEX(#t, \"[A-Z][a-z]*( [A-Z]\\\\w+)?\")",
                "REGEX(#t, \"(?i).*(acme|\\\\d{2,})(?!x).*\")", "LIKE(#t, \"%c%\")", "LIKE(#t, #t)", "(#l = #l)", "ISBLANK(#l)",
            ]),
        "d": with(
            "d",
            [
                "(#d + #n)", "(#d - #n)", "(#n + #d)", "DATE(#n, #n, #n)", "DATE(2024, 2, #n)", "DATEVALUE(#m)", "DATEVALUE(#t)",
                "DATEVALUE(TEXT(#d))",
                "ADDMONTHS(#d, #n)",
            ]),
        "m": with(
            "m",
            [
                "(#m + #n)", "(#m - #n)", "DATETIMEVALUE(#d)", "DATETIMEVALUE(TEXT(#m))", "DATETIMEVALUE(#t)",
                "ADDMONTHS(#m, #n)", "FROMUNIXTIME(#n)",
            ]),
        "c": with("c", ["(#c + #n)", "(#c - #n)", "TIMEVALUE(#m)", "TIMEVALUE(TEXT(#c))", "TIMEVALUE(#t)"]),
        "l": ["Interests"],
        "g": ["Place", "GEOLOCATION(#n, #n)"],
    ]
}

extension World {
    /// A record whose fields are blank, ordinary or extreme.
    static func randomRecord(_ generator: inout SeededGenerator) -> [String: Value] {
        var record: [String: Value] = ["$User.Region": .text("EMEA"), "$User.Id": .text("0190a1b2-0000-7000-8000-000000000001")]
        for (name, type, column) in columns where !name.hasPrefix("$") {
            if Int.random(in: 0..<4, using: &generator) == 0 { continue }
            record[name] = randomValue(type, column, &generator)
        }
        return record
    }

    private static func randomValue(_ type: FormulaType, _ column: ColumnType, _ generator: inout SeededGenerator) -> Value {
        switch type {
        case .number, .currency, .percent:
            guard case .decimal(let precision, let scale) = column else { return .null }
            let digits = Int.random(in: 1...precision, using: &generator)
            let limit = (0..<digits).reduce(Int64(1)) { power, _ in power * 10 } - 1
            return .number(Number(scaled: Int64.random(in: -limit...limit, using: &generator), scale: scale))
        case .boolean: return .bool(Bool.random(using: &generator))
        case .date: return .date(Day(number: Int32.random(in: -719_162...2_932_896, using: &generator)))
        case .datetime:
            return .datetime(
                Instant(microseconds: Int64.random(in: -2_000_000_000_000_000...4_000_000_000_000_000, using: &generator)))
        case .time: return .time(TimeOfDay(wrapping: Int.random(in: 0..<86_400_000, using: &generator)))
        case .multiPicklist:
            return .list(
                (["Golf", "Wine", "a"] as [String]).shuffled(using: &generator).dropLast(Int.random(in: 0..<3, using: &generator))
            )
        case .location:
            let (latitude, longitude) = (
                Double.random(in: -90...90, using: &generator), Double.random(in: -180...180, using: &generator)
            )
            return Location(latitude: latitude, longitude: longitude).map(Value.location) ?? .null
        case .id: return .text("0190a1b2-0000-7000-8000-00000000000" + String(Int.random(in: 0..<9, using: &generator)))
        default: return .text(texts.randomElement(using: &generator) ?? "a")
        }
    }

    private static let texts = [
        "a", "Acme Corp", "Open", "Closed Won", "12.50", "-7", "1e3", "2024-02-29", "2023-1-5 7:08:09", "08:30:00.125",
        " padded  ", "ΣΊΣΥΦΟΣ", "straße",
        "🙂 emoji", "<b>\"it's\"</b>", "{\"a\": {\"b\": 2}}", "{\"a\": \"x\"}", "0018d00000A1bCd", "line\nbreak", "İstanbul ılık",
    ]
}
