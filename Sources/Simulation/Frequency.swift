package import Engine
package import Values

/// How often a record is created on average: `1h`, `4hrs`, `1day`, `1wk`, `1mo`, or any other count of these units.
package struct Frequency: Sendable, Hashable {
    package enum Unit: String, Sendable, CaseIterable { case hour = "h", day, week = "wk", month = "mo" }

    package let count: Int
    package let unit: Unit

    private static let spellings: [String: Unit] = [
        "h": .hour, "hr": .hour, "hrs": .hour, "hour": .hour, "hours": .hour, "d": .day, "day": .day, "days": .day,
        "wk": .week, "wks": .week, "week": .week, "weeks": .week, "mo": .month, "mos": .month, "month": .month,
        "months": .month,
    ]

    package init(_ text: String) throws(Problem) {
        let trimmed = text.filter { $0 != " " }.lowercased()
        let digits = trimmed.prefix { $0.isASCII && $0.isNumber }
        guard let count = Int(digits), (1...10_000).contains(count),
            let unit = Self.spellings[String(trimmed.dropFirst(digits.count))]
        else {
            throw Problem.setting(
                "recordFrequency", "\"\(text)\" is no frequency", hint: "Write a number and a unit: 1h, 4hrs, 1day, 1wk, 1mo")
        }
        (self.count, self.unit) = (count, unit)
    }

    /// The moment at which so many records are created, the first of which comes after one period.
    ///
    /// Days, weeks and months are those of the calendar: a month later is the same day of the next month, as the zone's wall shows.
    package func end(of records: Int, from start: Instant, in zone: Zone) throws(Problem) -> Instant {
        let (periods, overflow) = records.multipliedReportingOverflow(by: count)
        let span = unit == .month ? 40 * 86_400 : unit.seconds
        guard !overflow, periods < 290_000_000_000 / span else { throw Self.tooLong }
        let end: Instant
        if unit == .hour {
            end = start + Int64(periods * 3600) * 1_000_000
        } else {
            let local = zone.local(start)
            let day = unit == .month ? local.day.adding(months: periods) : local.day + periods * unit.seconds / 86_400
            guard day.isInRange else { throw Self.tooLong }
            end = zone.instant(day, local.time) + local.split.microseconds % 1000
        }
        guard end.isInRange else { throw Self.tooLong }
        return end
    }

    private static let tooLong = Problem.setting(
        "recordFrequency", "So many records at this frequency end after the year 9999",
        hint: "Give an endTime, a higher frequency or fewer records")
}

extension Frequency.Unit {
    fileprivate var seconds: Int {
        switch self {
        case .hour: 3600
        case .day: 86_400
        case .week: 7 * 86_400
        case .month: 31 * 86_400
        }
    }
}

extension Frequency: CustomStringConvertible {
    package var description: String {
        switch unit {
        case .hour: count == 1 ? "1h" : "\(count)hrs"
        case .day: count == 1 ? "1day" : "\(count)days"
        case .week: "\(count)wk"
        case .month: "\(count)mo"
        }
    }
}

extension Problem {
    /// A simulation cannot be made of what was asked for.
    static func setting(_ field: String, _ message: String, hint: String? = nil) -> Problem {
        Problem(
            .unprocessable, "simulation_invalid", message,
            errors: [FieldError(field: field, code: "invalid", message: message)], hint: hint)
    }
}
