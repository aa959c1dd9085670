package import Values

/// When something is due again and again: the five fields of cron, read against the clock of a time zone.
///
///     try Cron("0 7 * * mon-fri", in: zone)    // at seven on working days
///     try Cron("*/15 * * * *", in: zone)       // every quarter of an hour
///
/// Minute (0-59), hour (0-23), day of the month (1-31), month (1-12 or jan-dec), weekday (0-7 or sun-sat; 0 and 7 are Sunday).
/// A field is `*`, a number, a range `a-b`, either with a step `/n`, or a list of these. Where both days are given, either does.
/// `@hourly @daily @weekly @monthly @yearly` are short for the obvious.
///
/// When clocks change: what is due at certain hours is due once on every day, after the gap where its time is skipped, at the
/// first of the two where its time comes twice. What is due in every hour goes on by the clock on the wall, and so through
/// both hours.
package struct Cron: Sendable, Hashable {
    package let pattern: String
    package let zone: Zone
    private let fields: Fields

    struct Fields: Sendable, Hashable {
        var minutes: Set<Int>
        var hours: Set<Int>
        var days: Set<Int>
        var months: Set<Int>
        /// 0 is Sunday.
        var weekdays: Set<Int>
        var hasDays: Bool
        var hasWeekdays: Bool
    }

    package init(_ pattern: String, in zone: Zone = .utc) throws(CronError) {
        fields = try Fields(parsing: pattern)
        (self.pattern, self.zone) = (pattern, zone)
    }

    /// The first time it is due after `instant`.
    package func next(after instant: Instant) -> Instant {
        var day = zone.day(instant)
        // What is due in a gap of the clock comes after it, be it past midnight.
        if let late = times(on: day - 1).first(where: { $0 > instant }) { return late }
        // The longest wait is that for a 29 February around a year such as 2100: eight years.
        for _ in 0..<8 * 366 + 1 {
            if let next = times(on: day).first(where: { $0 > instant }) { return next }
            day = day + 1
        }
        return .latest
    }

    /// All times of a day, in order.
    private func times(on day: Day) -> [Instant] {
        guard fields.isDue(on: day) else { return [] }
        return fields.hours.count == 24 ? timesByTheWall(on: day) : timesByTheCalendar(on: day)
    }

    private func timesByTheCalendar(on day: Day) -> [Instant] {
        let times = fields.hours.sorted().flatMap { hour in
            fields.minutes.sorted().compactMap { TimeOfDay(hour: hour, minute: $0) }
        }
        return times.map { first(day, $0) }.sorted()
    }

    /// The moment at which the clock on the wall shows that time; the first where there are two.
    private func first(_ day: Day, _ time: TimeOfDay = TimeOfDay(wrapping: 0)) -> Instant {
        let found = zone.instant(day, time)
        let shown = zone.local(found)
        // Clocks are set back by less than that.
        let before = zone.offset(at: found + -6 * 3_600_000_000)
        let earlier = shown + Int64(-before) * 1_000_000
        return earlier < found && zone.local(earlier) == shown ? earlier : found
    }

    /// Minute by minute as they pass.
    private func timesByTheWall(on day: Day) -> [Instant] {
        let (start, end) = (first(day), first(day + 1))
        return stride(from: start.microseconds, to: end.microseconds, by: 60_000_000).map(Instant.init(microseconds:))
            .filter { fields.minutes.contains(zone.local($0).time.minute) }
    }
}

extension Cron.Fields {
    fileprivate func isDue(on day: Day) -> Bool {
        guard months.contains(day.month) else { return false }
        let (isDay, isWeekday) = (days.contains(day.day), weekdays.contains(day.isoWeekday % 7))
        return hasDays && hasWeekdays ? isDay || isWeekday : isDay && isWeekday
    }
}

/// What is wrong with a pattern, and where; the column counts from 1.
package struct CronError: Error, Sendable, Hashable, CustomStringConvertible {
    package let message: String
    package let column: Int

    package var description: String { "\(message) (column \(column))" }
}
