import SQL
import Values

extension Functions {
    static let dates: [Function] = clock + makers + pieces + times

    private static let clock: [Function] = [
        Function(
            "TODAY()", .date, "The present day, in the session's time zone.", example: "TODAY()", "",
            Overload(
                name: "TODAY", parameters: [], result: .date, needs: [.clock, .zone],
                evaluation: .context { _, input in .date(input.zone.day(input.now)) },
                sqlite: { _ in SQLiteTerm(SQLContext.today, isNullable: false) },
                postgres: .sql { _ in SQLContext.postgresToday })),
        Function(
            "NOW()", .date, "The present moment.", example: "NOW()", "",
            Overload(
                name: "NOW", parameters: [], result: .datetime, needs: .clock,
                evaluation: .context { _, input in .datetime(input.now) },
                sqlite: { _ in SQLiteTerm(SQLContext.now, isNullable: false) },
                postgres: .sql { _ in SQLContext.postgresNow })),
    ]

    private static let makers: [Function] = [
        Function(
            "DATE(year, month, day)", .date, "The day; an error where there is none.", example: "DATE(2024, 2, 29)", "2024-02-29",
            Overload(
                name: "DATE", parameters: [.number, .number, .number], result: .date, mayFail: true,
                evaluation: .many { values throws(FormulaError) in
                    let parts = values.map { clamped($0) ?? 0 }
                    guard let day = Day(year: parts[0], month: parts[1], day: parts[2]) else {
                        throw .failure(.badDate, "There is no day \(parts[0])-\(parts[1])-\(parts[2])")
                    }
                    return .date(day)
                },
                postgres: .function("date"))),
        Function(
            "DATEVALUE(value)", .date, "The day of a moment, in the session's time zone, or of a text `YYYY-MM-DD`.",
            example: "DATEVALUE(\"2024-02-29\")", "2024-02-29",
            .same("DATEVALUE", .date),
            Overload(
                name: "DATEVALUE", parameters: [.datetime], result: .date, needs: .zone,
                evaluation: .context { values, input in
                    guard case .datetime(let instant) = values[0] else { return .null }
                    return .date(input.zone.day(instant))
                },
                postgres: .sql { "CAST(\($0[0]) AT TIME ZONE \(SQLContext.postgresZone) AS date)" }),
            Overload(
                name: "DATEVALUE", parameters: [.text], result: .date, mayFail: true,
                evaluation: .text { text throws(FormulaError) in
                    guard let day = spelledDay(text) else {
                        throw .failure(.badDate, "\(Syntax.quoted(text)) is no date (YYYY-MM-DD)")
                    }
                    return .date(day)
                },
                postgres: .function("datevalue"))),
        Function(
            "DATETIMEVALUE(value)", .date, "The moment that a text `YYYY-MM-DD HH:MM:SS` spells in UTC, or a day begins in UTC.",
            example: "DATETIMEVALUE(\"2024-02-29 13:15:10\")", "2024-02-29T13:15:10Z",
            .same("DATETIMEVALUE", .datetime),
            Overload(
                name: "DATETIMEVALUE", parameters: [.date], result: .datetime,
                evaluation: .day { day in .datetime(Instant(day)) },
                postgres: .sql { "(\($0[0])::timestamp AT TIME ZONE 'UTC')" }),
            Overload(
                name: "DATETIMEVALUE", parameters: [.text], result: .datetime, mayFail: true,
                evaluation: .text { text throws(FormulaError) in
                    guard let instant = spelledInstant(text)
                    else { throw .failure(.badDate, "\(Syntax.quoted(text)) is no date with time (YYYY-MM-DD HH:MM:SS)") }
                    return .datetime(instant)
                },
                postgres: .function("datetimevalue"))),
        Function(
            "ADDMONTHS(date, months)", .date,
            """
            The same day so many months later. The last day of a month stays the last day, and a day that the later month \
            does not have becomes its last.
            """,
            example: "ADDMONTHS(DATE(2024, 1, 31), 1)", "2024-02-29",
            monthAddition(.date), monthAddition(.datetime)),
    ]

    private static let pieces: [Function] = [
        piece("YEAR", "The year of a day.", example: "YEAR(DATE(2024, 2, 29))", "2024", 1, 4) { $0.year },
        piece("MONTH", "The month of a day, 1 to 12.", example: "MONTH(DATE(2024, 2, 29))", "2", 6, 2) { $0.month },
        piece("DAY", "The day of the month, 1 to 31.", example: "DAY(DATE(2024, 2, 29))", "29", 9, 2) { $0.day },
        Function(
            "WEEKDAY(date)", .date, "The day of the week: 1 is Sunday, 7 is Saturday.", example: "WEEKDAY(DATE(2024, 2, 29))",
            "5",
            Overload(
                name: "WEEKDAY", parameters: [.date], result: .number, evaluation: .day { Value($0.isoWeekday % 7 + 1) },
                bounds: { _ in .integer(1) },
                sqlite: { SQLiteTerm("(strftime('%w', \($0[0].sql)) + 1)", bounds: .integer(1), isNullable: $0[0].isNullable) },
                postgres: .sql { "(extract(dow FROM \($0[0])) + 1)" })),
    ]

    /// A number that stands in a day's text.
    private static func piece(
        _ name: String, _ description: String, example: String, _ result: String, _ start: Int, _ length: Int,
        _ body: @escaping @Sendable (Day) -> Int
    ) -> Function {
        Function(
            "\(name)(date)", .date, description, example: example, result,
            Overload(
                name: name, parameters: [.date], result: .number, evaluation: .day { Value(body($0)) },
                bounds: { _ in .integer(length) },
                sqlite: digits(at: start, length),
                postgres: .sql { "extract(\(Fragment(sql: name.lowercased())) FROM \($0[0]))" }))
    }

    private static func monthAddition(_ parameter: Parameter) -> Overload {
        Overload(
            name: "ADDMONTHS", parameters: [parameter, .number(of: "months")], result: parameter.type, mayFail: true,
            evaluation: .two { start, months throws(FormulaError) in try addMonths(start, clamped(months) ?? 0) },
            postgres: .function("addmonths"))
    }
}
