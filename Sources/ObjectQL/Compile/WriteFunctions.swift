import Metadata
import SQL
import Values

extension SQLWriter {
    /// What is read off a date or a moment.
    mutating func write(_ part: DatePart, _ moment: Moment, of inner: Expr, _ frame: Frame) throws(QueryProblem) {
        let value = try self.part { writer throws(QueryProblem) in try writer.write(inner, frame) }
        switch dialect {
        case .sqlite: write(part.sqlite(moment.sqliteDay(value), moment.fiscalYearStart))
        case .postgres: write(part.postgres(moment.postgresTimestamp(value), moment.fiscalYearStart))
        }
    }

    /// Great-circle distance on a sphere of the earth's mean radius (the haversine formula).
    mutating func distance(_ from: Expr, _ to: SpotExpr, factor: Double, _ frame: Frame) throws(QueryProblem) {
        let start = try coordinates(from, frame)
        let end: (latitude: Fragment, longitude: Fragment)
        switch to {
        case .field(let expr): end = try coordinates(expr, frame)
        case .degrees(let latitude, let longitude): end = ("\(.real(latitude))", "\(.real(longitude))")
        }
        let factor = Fragment(sql: String(factor))
        switch dialect {
        case .sqlite:
            write(
                "(martlet_distance(\(start.latitude), \(start.longitude), \(end.latitude), \(end.longitude)) * \(factor))"
                    as Fragment)
        case .postgres:
            let (x, y) = (
                "radians(\(end.latitude) - \(start.latitude))" as Fragment,
                "radians(\(end.longitude) - \(start.longitude))" as Fragment
            )
            let chord: Fragment =
                "power(sin(\(x) / 2), 2) + cos(radians(\(start.latitude))) * cos(radians(\(end.latitude))) * power(sin(\(y) / 2), 2)"
            write("(\(Fragment(sql: String(Earth.diameter))) * asin(least(1, sqrt(\(chord)))) * \(factor))" as Fragment)
        }
    }

    private func coordinates(_ expr: Expr, _ frame: Frame) throws(QueryProblem) -> (latitude: Fragment, longitude: Fragment) {
        let place = try part { writer throws(QueryProblem) in try writer.write(expr, frame) }
        return switch dialect {
        case .sqlite: ("json_extract(\(place), '$.latitude')", "json_extract(\(place), '$.longitude')")
        case .postgres: ("(\(place)->>'latitude')::float8", "(\(place)->>'longitude')::float8")
        }
    }

    mutating func label(_ options: [PicklistOption], of inner: Expr, _ frame: Frame) throws(QueryProblem) {
        let value = try part { writer throws(QueryProblem) in try writer.write(inner, frame) }
        let changed = options.filter { $0.label != $0.value }
        if changed.isEmpty { return write(value) }
        write("CASE \(value)" as Fragment)
        for option in changed {
            write(" WHEN ")
            write(literal: option.value)
            write(" THEN ")
            write(literal: option.label)
        }
        write(" ELSE \(value) END" as Fragment)
    }

    /// A number with its groups of three, a moment by the zone's clock; days are the same everywhere.
    mutating func format(_ inner: Expr, _ type: ColumnType, _ zone: Zone, _ frame: Frame) throws(QueryProblem) {
        let value = try part { writer throws(QueryProblem) in try writer.write(inner, frame) }
        let scale = if case .decimal(_, let scale) = type { scale } else { 0 }
        switch (dialect, type) {
        case (_, .date): write(dialect == .sqlite ? value : "(\(value))::text")
        case (.sqlite, .datetime):
            let moment = Moment(isMoment: true, zone: zone, fiscalYearStart: 1)
            write("strftime('%Y-%m-%d %H:%M', \(moment.sqliteDay(value)))" as Fragment)
        case (.postgres, .datetime):
            let moment = Moment(isMoment: true, zone: zone, fiscalYearStart: 1)
            write("to_char(\(moment.postgresTimestamp(value)), 'YYYY-MM-DD HH24:MI')" as Fragment)
        case (.sqlite, _): write("martlet_format(\(value), \(Fragment(sql: String(scale))))" as Fragment)
        case (.postgres, _):
            let digits =
                String(repeating: "999,", count: 12) + "990" + (scale > 0 ? "." + String(repeating: "0", count: scale) : "")
            write("to_char((\(value))::numeric, 'FM\(Fragment(sql: digits))')" as Fragment)
        }
    }
}

/// The sphere that distances are measured on.
enum Earth {
    /// Kilometres: twice the mean radius (IUGG).
    static let diameter = 12_742.0176
}

extension Moment {
    /// The arguments by which SQLite's date functions read the value: a day's text, or whole seconds, rounded down.
    fileprivate func sqliteDay(_ value: Fragment) -> Fragment {
        guard isMoment else { return value }
        let local: Fragment = zone == .utc ? value : "martlet_local(\(value), '\(zoneName)')"
        return "\(local) / 1000000 - (\(local) % 1000000 < 0), 'unixepoch'"
    }

    fileprivate func postgresTimestamp(_ value: Fragment) -> Fragment {
        isMoment ? "(\(value) AT TIME ZONE '\(zoneName)')" : "\(value)::timestamp"
    }

    private var zoneName: Fragment { Fragment(sql: zone.identifier.filter { $0 != "'" }) }
}

extension DatePart {
    fileprivate func sqlite(_ day: Fragment, _ start: Int) -> Fragment {
        func number(_ format: String) -> Fragment { "CAST(strftime('\(Fragment(sql: format))', \(day)) AS INTEGER)" }
        return switch self {
        case .dayOnly: "date(\(day))"
        case .dayInWeek: "(\(number("%w")) + 1)"
        default:
            value(year: number("%Y"), month: number("%m"), day: number("%d"), ofYear: number("%j"), hour: number("%H"), start)
        }
    }

    fileprivate func postgres(_ moment: Fragment, _ start: Int) -> Fragment {
        func number(_ field: String) -> Fragment { "extract(\(Fragment(sql: field)) FROM \(moment))::int" }
        return switch self {
        case .dayOnly: "\(moment)::date"
        case .dayInWeek: "(\(number("dow")) + 1)"
        default:
            value(
                year: number("year"), month: number("month"), day: number("day"), ofYear: number("doy"), hour: number("hour"),
                start)
        }
    }

    /// What both databases compute alike.
    private func value(
        year: Fragment, month: Fragment, day: Fragment, ofYear: Fragment, hour: Fragment, _ start: Int
    ) -> Fragment {
        let shifted: Fragment = "(\(month) + \(Fragment(sql: String(12 - start)))) % 12"
        return switch self {
        case .calendarYear: year
        case .calendarQuarter: "((\(month) + 2) / 3)"
        case .calendarMonth: month
        case .dayInMonth: day
        case .dayInYear: ofYear
        case .hourInDay: hour
        case .weekInMonth: "((\(day) + 6) / 7)"
        case .weekInYear: "((\(ofYear) + 6) / 7)"
        case .fiscalMonth: "(\(shifted) + 1)"
        case .fiscalQuarter: "(\(shifted) / 3 + 1)"
        case .fiscalYear where start == 1: year
        case .fiscalYear: "(\(year) + CASE WHEN \(month) >= \(Fragment(sql: String(start))) THEN 1 ELSE 0 END)"
        case .dayOnly, .dayInWeek: day
        }
    }
}
