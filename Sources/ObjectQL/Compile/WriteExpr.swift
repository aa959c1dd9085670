import Formula
import Metadata
import SQL
import Values

extension SQLWriter {
    mutating func write(_ expr: Expr, _ frame: Frame) throws(QueryProblem) {
        switch expr {
        case .column(let anchor, let name): write(name, of: frame.alias(anchor))
        case .formula(let formula, let inputs): try write(formula, inputs, frame)
        case .firstOf(let choices): try firstOf(choices, frame)
        case .parent(let anchor, let lookup, let target, let hidesDeleted, let value):
            var inside = frame
            (inside.depth, inside.here) = (frame.depth + 1, "p\(frame.depth + 1)")
            write("(SELECT ")
            try write(value, inside)
            write(" FROM \(quoted(target.name)) AS \(inside.here) WHERE ")
            reference(lookup, of: frame.alias(anchor), to: target.name, inside.here, hidesDeleted: hidesDeleted)
            write(")")
        case .objectName(let anchor, let column, let ids):
            write("CASE WHEN ")
            try firstOf(ids, frame)
            write(" IS NOT NULL THEN ")
            write(column, of: frame.alias(anchor))
            write(" END")
        case .whenThere(let id, let value):
            write("CASE WHEN ")
            try write(id, frame)
            write(" IS NOT NULL THEN ")
            try write(value, frame)
            write(" END")
        case .presence(let exprs):
            write("CASE WHEN ")
            try list(exprs, separator: " OR ") { writer, expr throws(QueryProblem) in
                try writer.write(expr, frame)
                writer.write(" IS NOT NULL")
            }
            write(" THEN 1 END")
        case .bind(let bind): write(bind)
        case .period(let period, let inner): try write(period, of: inner, frame)
        case .aggregate(let function, let inner, let type): try write(function, inner, type, frame)
        case .group(let index): write("g.c\(index)")
        case .datePart(let part, let moment, let inner): try write(part, moment, of: inner, frame)
        case .distance(let from, let to, let factor): try distance(from, to, factor: factor, frame)
        case .label(let options, let inner): try label(options, of: inner, frame)
        case .format(let inner, let type, let zone): try format(inner, type, zone, frame)
        case .grouping(let key): write(frame.keys?.contains(key) ?? true ? "0" : "1")
        }
    }

    private mutating func firstOf(_ choices: [Expr], _ frame: Frame) throws(QueryProblem) {
        if choices.count == 1 { return try write(choices[0], frame) }
        write("COALESCE(")
        try list(choices) { writer, choice throws(QueryProblem) in try writer.write(choice, frame) }
        write(")")
    }

    /// A formula as a condition: unknown counts as false.
    mutating func holds(_ expr: Expr, _ frame: Frame) throws(QueryProblem) {
        guard case .formula(let formula, let inputs) = expr else { return try write(expr, frame) }
        try write(formula, inputs, frame, isCondition: true)
    }

    private mutating func write(
        _ formula: CompiledFormula, _ inputs: [Expr], _ frame: Frame, isCondition: Bool = false
    ) throws(QueryProblem) {
        do {
            let column = { index in
                try part { writer throws(QueryProblem) in try writer.write(inputs[index], frame) }
            }
            let sql = isCondition ? try formula.condition(dialect, column: column) : try formula.sql(dialect, column: column)
            write("(")
            write(sql)
            write(")")
        } catch let problem as QueryProblem {
            throw problem
        } catch {
            throw QueryProblem("not_queryable", "The formula \(formula.source) has no SQL form: \(error)", at: .top)
        }
    }
}

extension SQLWriter {
    mutating func write(
        _ function: AggregateFunction, _ inner: Expr?, _ type: ColumnType, _ frame: Frame
    ) throws(QueryProblem) {
        guard let inner else { return write("COUNT(*)") }
        let value = try part { writer throws(QueryProblem) in try writer.write(inner, frame) }
        switch function {
        case .count: write("COUNT(\(value))" as Fragment)
        case .countDistinct: write("COUNT(DISTINCT \(value))" as Fragment)
        case .min: write("MIN(\(value))" as Fragment)
        case .max: write("MAX(\(value))" as Fragment)
        case .sum, .avg: writeTotal(function, value, type)
        }
    }

    private mutating func writeTotal(_ function: AggregateFunction, _ value: Fragment, _ type: ColumnType) {
        let scale = if case .decimal(_, let scale) = type { scale } else { 0 }
        switch (dialect, type, function) {
        case (_, .real, .sum): write("SUM(\(value))" as Fragment)
        case (_, .real, _): write("AVG(\(value))" as Fragment)
        // SQLite's SUM fails beyond 64 bits: the upper and the lower digits are summed apart and put together exactly.
        case (.sqlite, _, .sum): write("martlet_sum(\(halves(value)), \(Fragment(sql: String(scale))))" as Fragment)
        case (.sqlite, _, _): write("martlet_avg(\(halves(value)), COUNT(\(value)), \(Fragment(sql: String(scale))))" as Fragment)
        case (.postgres, _, .sum): write("SUM(\(value))" as Fragment)
        case (.postgres, _, _):
            // A quotient has as many digits as its dividend: enough of them, so that rounding it is rounding the true average.
            let digits = String(repeating: "0", count: scale + AggregateFunction.averageDigits + 10)
            let places = Fragment(sql: String(scale + AggregateFunction.averageDigits))
            write("ROUND(SUM(\(value)) * \(Fragment(sql: "1." + digits)) / COUNT(\(value)), \(places))" as Fragment)
        }
    }

    private func halves(_ value: Fragment) -> Fragment {
        "SUM(\(value) / \(Fragment(sql: String(Total.unit)))), SUM(\(value) % \(Fragment(sql: String(Total.unit))))"
    }
}

extension SQLWriter {
    /// The first day of the unit in which a date or moment lies.
    mutating func write(_ period: Period, of inner: Expr, _ frame: Frame) throws(QueryProblem) {
        let value = try part { writer throws(QueryProblem) in try writer.write(inner, frame) }
        switch dialect {
        case .sqlite: writeSQLite(period, value)
        case .postgres: writePostgres(period, value)
        }
    }

    private mutating func writeSQLite(_ period: Period, _ value: Fragment) {
        let day = period.sqliteDay(value)
        if let size = period.months {
            let shift: Fragment =
                "(strftime('%m', \(day)) + \(Fragment(sql: String(12 - size.first)))) % \(Fragment(sql: String(size.count)))"
            switch period.unit {
            case .month: write("date(\(day), 'start of month')" as Fragment)
            case .year: write("date(\(day), 'start of year')" as Fragment)
            default: write("date(\(day), 'start of month', '-' || (\(shift)) || ' months')" as Fragment)
            }
        } else if period.unit == .week {
            let shift = Fragment(sql: String(7 - period.calendar.firstWeekday % 7))
            write("date(\(day), '-' || ((strftime('%w', \(day)) + \(shift)) % 7) || ' days')" as Fragment)
        } else {
            write("date(\(day))" as Fragment)
        }
    }

    private mutating func writePostgres(_ period: Period, _ value: Fragment) {
        let zone = Fragment(sql: "'" + period.zone.identifier.filter { $0 != "'" } + "'")
        let moment: Fragment = period.isMoment ? "(\(value) AT TIME ZONE \(zone))" : "\(value)::timestamp"
        switch period.unit {
        case .day: write("\(moment)::date" as Fragment)
        case .month, .quarter, .year:
            write("date_trunc('\(Fragment(sql: period.unit.rawValue))', \(moment))::date" as Fragment)
        case .week:
            let shift = Fragment(sql: "interval '\((8 - period.calendar.firstWeekday) % 7) days'")
            write("(date_trunc('week', \(moment) + \(shift)) - \(shift))::date" as Fragment)
        case .fiscalQuarter, .fiscalYear:
            let (count, first) = period.months ?? (1, 1)
            let shift: Fragment =
                "((extract(month FROM \(moment))::int + \(Fragment(sql: String(12 - first)))) % \(Fragment(sql: String(count))))"
            write("(date_trunc('month', \(moment)) - \(shift) * interval '1 month')::date" as Fragment)
        }
    }
}

extension Period {
    /// How many months the unit has and with which month its year begins; nil for days and weeks.
    fileprivate var months: (count: Int, first: Int)? {
        switch unit {
        case .day, .week: nil
        case .month: (1, 1)
        case .quarter: (3, 1)
        case .year: (12, 1)
        case .fiscalQuarter: (3, calendar.fiscalYearStart)
        case .fiscalYear: (12, calendar.fiscalYearStart)
        }
    }

    /// The arguments by which SQLite's date functions read the value: a day's text, or whole seconds, rounded down.
    fileprivate func sqliteDay(_ value: Fragment) -> Fragment {
        guard isMoment else { return value }
        let local: Fragment =
            zone == .utc ? value : "martlet_local(\(value), \(Fragment(sql: "'" + zone.identifier.filter { $0 != "'" } + "'")))"
        return "\(local) / 1000000 - (\(local) % 1000000 < 0), 'unixepoch'"
    }
}
