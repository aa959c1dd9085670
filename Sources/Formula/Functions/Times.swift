import SQL
import Values

extension Functions {
    /// Times of day, calendar counts, and moments as numbers.
    static let times: [Function] = timesOfDay + counts + unixTimes

    private static let unixTimes: [Function] = [
        Function(
            "UNIXTIMESTAMP(value)", .date,
            "The whole seconds from 1970-01-01 in UTC to a moment or the beginning of a day; of a time, those since midnight.",
            example: "UNIXTIMESTAMP(DATE(2005, 4, 5))", "1112659200",
            Overload(
                name: "UNIXTIMESTAMP", parameters: [.datetime], result: .number,
                evaluation: .moment { instant in
                    Value(Int((instant.microseconds - instant.split.microseconds % 1_000_000) / 1_000_000))
                },
                bounds: { _ in .integer(12) }, postgres: .sql { "floor(extract(epoch FROM \($0[0])))" }),
            Overload(
                name: "UNIXTIMESTAMP", parameters: [.date], result: .number,
                evaluation: .day { Value(Int($0.number) * 86_400) },
                bounds: { _ in .integer(12) }, postgres: .sql { "(\($0[0]) - DATE '1970-01-01')::numeric * 86400" }),
            Overload(
                name: "UNIXTIMESTAMP", parameters: [.time], result: .number,
                evaluation: .time { time in Value(Int(time.milliseconds) / 1000) },
                bounds: { _ in .integer(5) }, postgres: .sql { "floor(extract(epoch FROM \($0[0])))" })),
        Function(
            "FROMUNIXTIME(seconds)", .date, "The moment so many seconds after 1970-01-01 in UTC.",
            example: "FROMUNIXTIME(1112659200)",
            "2005-04-05T00:00:00Z",
            Overload(
                name: "FROMUNIXTIME", parameters: [.number], result: .datetime, mayFail: true,
                evaluation: .number { seconds throws(FormulaError) in
                    let microseconds = (seconds * 1_000_000).rounded(to: 0)
                    guard microseconds.magnitude < Number(coefficient: 1, exponent: 18), let integer = microseconds.integer,
                        case let instant = Instant(microseconds: Int64(integer)), instant.isInRange
                    else { throw outsideCalendar }
                    return .datetime(instant)
                },
                postgres: .function("fromunixtime"))),
        Function(
            "FORMATDURATION(seconds[, withDays])", .date,
            """
            So many seconds as `HH:MM:SS`, or as `D:HH:MM:SS`; also the time between two moments (with days) or two times \
            (without).
            """,
            example: "FORMATDURATION(1000000, TRUE)", "11:13:46:40",
            Overload(
                name: "FORMATDURATION", parameters: [.number, .boolean], optional: 1, result: .text,
                evaluation: .open { values in
                    guard let seconds = values[0].number else { return .null }
                    return duration(seconds, withDays: values.count > 1 && values[1].bool ?? false)
                },
                postgres: .function("formatduration")),
            Overload(
                name: "FORMATDURATION", parameters: [.datetime, .datetime], result: .text,
                evaluation: .two { a, b in
                    guard case .datetime(let x) = a, case .datetime(let y) = b else { return .null }
                    return duration(Number(Int((y - x) / 1_000_000)), withDays: true)
                },
                postgres: .function("formatduration")),
            Overload(
                name: "FORMATDURATION", parameters: [.time, .time], result: .text,
                evaluation: .two { a, b in
                    guard case .time(let x) = a, case .time(let y) = b else { return .null }
                    return duration(Number(Int(y.milliseconds - x.milliseconds) / 1000), withDays: false)
                },
                postgres: .function("formatduration"))),
    ]

    private static let timesOfDay: [Function] = [
        Function(
            "TIMENOW()", .date, "The present time of day in UTC.", example: "TIMENOW()", "",
            Overload(
                name: "TIMENOW", parameters: [], result: .time, needs: .clock,
                evaluation: .context { _, input in .time(input.now.time) },
                postgres: .sql { _ in "CAST(date_trunc('milliseconds', \(SQLContext.postgresNow) AT TIME ZONE 'UTC') AS time)" })),
        Function(
            "TIMEVALUE(value)", .date, "The time of day of a moment in UTC, or of a text `HH:MM:SS.mmm`.",
            example: "TIMEVALUE(\"17:30:45.125\")", "17:30:45.125",
            .same("TIMEVALUE", .time),
            Overload(
                name: "TIMEVALUE", parameters: [.datetime], result: .time,
                evaluation: .moment { instant in .time(instant.time) },
                postgres: .sql { "CAST(date_trunc('milliseconds', \($0[0]) AT TIME ZONE 'UTC') AS time)" }),
            Overload(
                name: "TIMEVALUE", parameters: [.text], result: .time, mayFail: true,
                evaluation: .text { text throws(FormulaError) in
                    guard !text.hasSuffix("Z"), let time = TimeOfDay(text)
                    else { throw .failure(.badDate, "\(Syntax.quoted(text)) is no time (HH:MM:SS.mmm)") }
                    return .time(time)
                },
                postgres: .function("timevalue"))),
        part("HOUR", "The hour, 0 to 23.", example: "HOUR(TIMEVALUE(\"17:30:45.125\"))", "17", 1, 2) { $0.hour },
        part("MINUTE", "The minute, 0 to 59.", example: "MINUTE(TIMEVALUE(\"17:30:45.125\"))", "30", 4, 2) { $0.minute },
        part("SECOND", "The second, 0 to 59.", example: "SECOND(TIMEVALUE(\"17:30:45.125\"))", "45", 7, 2) { $0.second },
        part(
            "MILLISECOND", "The thousandths of the second, 0 to 999.", example: "MILLISECOND(TIMEVALUE(\"17:30:45.125\"))", "125",
            10, 3
        ) {
            $0.millisecond
        },
    ]

    private static let counts: [Function] = [
        count("DAYOFYEAR", "Which day of the year it is, 1 to 366.", example: "DAYOFYEAR(DATE(2024, 12, 31))", "366", "doy", 3) {
            $0.dayOfYear
        },
        count(
            "ISOWEEK", "Which week of the year it is by ISO 8601, 1 to 53.", example: "ISOWEEK(DATE(2006, 1, 1))", "52", "week", 2
        ) {
            $0.isoWeek.week
        },
        count(
            "ISOYEAR", "The year that the day's week belongs to by ISO 8601.", example: "ISOYEAR(DATE(2006, 1, 1))", "2005",
            "isoyear", 4
        ) {
            $0.isoWeek.year
        },
    ]

    /// A number that stands in a time's text.
    private static func part(
        _ name: String, _ description: String, example: String, _ result: String, _ start: Int, _ length: Int,
        _ body: @escaping @Sendable (TimeOfDay) -> Int
    ) -> Function {
        Function(
            "\(name)(time)", .date, description, example: example, result,
            Overload(
                name: name, parameters: [.time], result: .number,
                evaluation: .time { time in Value(body(time)) },
                bounds: { _ in .integer(length) },
                sqlite: digits(at: start, length),
                postgres: .sql {
                    "CAST(substr(to_char(\($0[0]), 'HH24:MI:SS.MS'), \(Fragment(sql: "\(start), \(length)"))) AS numeric)"
                }))
    }

    /// A count of the calendar, of a day or of a moment's day in UTC.
    private static func count(
        _ name: String, _ description: String, example: String, _ result: String, _ field: String, _ digits: Int,
        _ body: @escaping @Sendable (Day) -> Int
    ) -> Function {
        let extract = Fragment(sql: field)
        return Function(
            "\(name)(date)", .date, description + " A date with time counts by its day in UTC.", example: example, result,
            Overload(
                name: name, parameters: [.date], result: .number, evaluation: .day { Value(body($0)) },
                bounds: { _ in .integer(digits) },
                postgres: .sql { "extract(\(extract) FROM \($0[0]))" }),
            Overload(
                name: name, parameters: [.datetime], result: .number,
                evaluation: .moment { instant in Value(body(instant.day)) },
                bounds: { _ in .integer(digits) },
                postgres: .sql { "extract(\(extract) FROM \($0[0]) AT TIME ZONE 'UTC')" }))
    }
}

/// Whole seconds, without their sign.
private func duration(_ seconds: Number, withDays: Bool) -> Value {
    let whole = seconds.truncated(to: 0).magnitude
    guard let total = whole.integer else { return .null }
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let tail = two(total / 60 % 60) + ":" + two(total % 60)
    return .text(withDays ? "\(total / 86_400):\(two(total / 3600 % 24)):\(tail)" : "\(two(total / 3600)):\(tail)")
}
