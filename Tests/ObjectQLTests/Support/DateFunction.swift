import SQL
import Values

/// A function of a date, as the test means it: `CALENDAR_YEAR(convertTimezone(CreatedDate))`, `START_OF_WEEK(CloseDate)`.
struct DateFunction {
    let name: String
    let path: String
    let isLocal: Bool

    static let parts = [
        "CALENDAR_YEAR", "CALENDAR_QUARTER", "CALENDAR_MONTH", "DAY_IN_MONTH", "DAY_IN_WEEK", "DAY_IN_YEAR", "DAY_ONLY",
        "WEEK_IN_MONTH", "WEEK_IN_YEAR", "FISCAL_MONTH", "FISCAL_QUARTER", "FISCAL_YEAR", "HOUR_IN_DAY",
    ]
    static let starts = ["DAY", "WEEK", "MONTH", "QUARTER", "YEAR", "FISCAL_QUARTER", "FISCAL_YEAR"].map { "START_OF_" + $0 }

    init?(_ text: String) {
        let words = text.split(whereSeparator: { "()".contains($0) }).map(String.init)
        guard words.count >= 2, text.hasSuffix(")"), words[0] != "GROUPING" else { return nil }
        (name, path, isLocal) = (words[0], words[words.count - 1], words.count == 3)
    }

    var type: ColumnType { name == "DAY_ONLY" || name.hasPrefix("START_OF_") ? .date : .integer }

    func value(of value: Value, _ zone: Zone, _ calendar: CalendarRules) -> Value {
        let clock = isLocal || name.hasPrefix("START_OF_") ? zone : .utc
        switch value {
        case .date(let day): return self.value(of: day, calendar)
        case .datetime(let instant):
            guard name == "HOUR_IN_DAY" else { return self.value(of: clock.day(instant), calendar) }
            let microseconds = clock.local(instant).microseconds
            return .number(Number(Int(((microseconds % 86_400_000_000) + 86_400_000_000) % 86_400_000_000 / 3_600_000_000)))
        default: return .null
        }
    }

    private func value(of day: Day, _ calendar: CalendarRules) -> Value {
        let fiscalMonth = (day.month - calendar.fiscalYearStart + 12) % 12
        let number: Int
        switch name {
        case "CALENDAR_YEAR": number = day.year
        case "CALENDAR_QUARTER": number = (day.month - 1) / 3 + 1
        case "CALENDAR_MONTH": number = day.month
        case "DAY_IN_MONTH": number = day.day
        case "DAY_IN_WEEK": number = day.isoWeekday % 7 + 1
        case "DAY_IN_YEAR": number = day.dayOfYear
        case "WEEK_IN_MONTH": number = (day.day - 1) / 7 + 1
        case "WEEK_IN_YEAR": number = (day.dayOfYear - 1) / 7 + 1
        case "FISCAL_MONTH": number = fiscalMonth + 1
        case "FISCAL_QUARTER": number = fiscalMonth / 3 + 1
        case "FISCAL_YEAR":
            number = day.year + (calendar.fiscalYearStart > 1 && day.month >= calendar.fiscalYearStart ? 1 : 0)
        default: return .date(start(of: day, calendar))
        }
        return .number(Number(number))
    }

    private func start(of day: Day, _ calendar: CalendarRules) -> Day {
        let month = day.firstOfMonth
        let fiscalMonth = (day.month - calendar.fiscalYearStart + 12) % 12
        return switch name {
        case "START_OF_WEEK": (0..<7).lazy.map { day - $0 }.first { $0.isoWeekday == calendar.firstWeekday } ?? day
        case "START_OF_MONTH": month
        case "START_OF_QUARTER": month.adding(months: -((day.month - 1) % 3))
        case "START_OF_YEAR": month.adding(months: 1 - day.month)
        case "START_OF_FISCAL_QUARTER": month.adding(months: -(fiscalMonth % 3))
        case "START_OF_FISCAL_YEAR": month.adding(months: -fiscalMonth)
        default: day
        }
    }
}
