/// A date literal of ObjectQL and list views: `TODAY`, `THIS_WEEK`, `LAST_N_DAYS:30`. Each is a range of days.
///
/// The meaning is that of Salesforce's SOQL date literals; camelCase and snake_case spellings are read too.
package struct DateWord: Sendable, Hashable {
    package enum Unit: String, Sendable, CaseIterable {
        case day, week, month, quarter, year
        case fiscalQuarter = "fiscal_quarter"
        case fiscalYear = "fiscal_year"
    }

    package enum Reach: Sendable, Hashable {
        /// One whole unit, `0` being the present one.
        case offset(Int)
        /// The `n` units before the present one (`LAST_N_DAYS:n` ends with today).
        case last(Int)
        /// The `n` units after the present one.
        case next(Int)
        /// The single unit `n` before the present one.
        case ago(Int)
    }

    package let unit: Unit
    package let reach: Reach

    package init(_ unit: Unit, _ reach: Reach) { (self.unit, self.reach) = (unit, reach) }
}

/// What civil periods depend on: the first weekday and the first month of the fiscal year.
package struct CalendarRules: Sendable, Hashable {
    /// 1 is Monday, 7 is Sunday.
    package var firstWeekday: Int
    /// 1 is January.
    package var fiscalYearStart: Int

    package init(firstWeekday: Int = 1, fiscalYearStart: Int = 1) {
        (self.firstWeekday, self.fiscalYearStart) = (firstWeekday, fiscalYearStart)
    }
}

extension DateWord {
    /// The days the word covers when today is `today`, end excluded.
    package func days(today: Day, rules: CalendarRules = CalendarRules()) -> Range<Day> {
        func start(_ offset: Int) -> Day { unit.start(today, offset, rules) }
        return switch reach {
        case .offset(let n): start(n)..<start(n + 1)
        case .ago(let n): start(-n)..<start(-n + 1)
        case .last(let n): unit == .day ? start(-n)..<start(1) : start(-n)..<start(0)
        case .next(let n): start(1)..<start(n + 1)
        }
    }
}

extension DateWord.Unit {
    /// The first day of the unit that lies `offset` units from the one `day` is in.
    package func start(_ day: Day, _ offset: Int = 0, _ rules: CalendarRules = CalendarRules()) -> Day {
        switch self {
        case .day: day + offset
        case .week: day - ((day.isoWeekday - rules.firstWeekday + 7) % 7) + offset * 7
        case .month: day.firstOfMonth.adding(months: offset)
        case .quarter: aligned(day, months: 3, first: 1).adding(months: offset * 3)
        case .year: aligned(day, months: 12, first: 1).adding(months: offset * 12)
        case .fiscalQuarter: aligned(day, months: 3, first: rules.fiscalYearStart).adding(months: offset * 3)
        case .fiscalYear: aligned(day, months: 12, first: rules.fiscalYearStart).adding(months: offset * 12)
        }
    }

    private func aligned(_ day: Day, months: Int, first: Int) -> Day {
        day.firstOfMonth.adding(months: -((day.month - first + 12) % months))
    }
}

extension DateWord: CustomStringConvertible {
    /// Reads `TODAY`, `this_week`, `thisWeek`, `LAST_N_DAYS:30`, `N_DAYS_AGO:3`; nil where it is no date word.
    package init?(_ text: some StringProtocol) {
        let parts = DateWord.snake(text).split(separator: ":", omittingEmptySubsequences: false)
        guard let word = parts.first, parts.count <= 2 else { return nil }
        let count = parts.count == 2 ? Int(parts[1]) : nil
        if parts.count == 2 {
            guard let count, (0...100_000).contains(count) else { return nil }
            guard let found = DateWord.counted(String(word), count) else { return nil }
            self = found
        } else {
            guard let found = DateWord.plain[String(word)] else { return nil }
            self = found
        }
    }

    /// Every word's spelling, with `:n` where a number follows: for suggestions and reference pages.
    package static let spellings: [String] =
        plain.keys.sorted().map { $0.uppercased() }
        + Unit.allCases.flatMap { unit in
            let plural = unit.rawValue.uppercased() + "S"
            return ["LAST_N_\(plural):n", "NEXT_N_\(plural):n", "N_\(plural)_AGO:n"]
        }

    package var description: String {
        let name = unit.rawValue.uppercased()
        return switch reach {
        case .offset(let n) where unit == .day: n == 0 ? "TODAY" : n < 0 ? "YESTERDAY" : "TOMORROW"
        case .offset(let n): (n == 0 ? "THIS_" : n < 0 ? "LAST_" : "NEXT_") + name
        case .last(let n): unit == .day && n == 90 ? "LAST_90_DAYS" : "LAST_N_\(name)S:\(n)"
        case .next(let n): unit == .day && n == 90 ? "NEXT_90_DAYS" : "NEXT_N_\(name)S:\(n)"
        case .ago(let n): "N_\(name)S_AGO:\(n)"
        }
    }

    private static let plain: [String: DateWord] = {
        var words: [String: DateWord] = [
            "today": DateWord(.day, .offset(0)), "yesterday": DateWord(.day, .offset(-1)),
            "tomorrow": DateWord(.day, .offset(1)), "last_90_days": DateWord(.day, .last(90)),
            "next_90_days": DateWord(.day, .next(90)),
        ]
        for unit in Unit.allCases where unit != .day {
            words["this_\(unit.rawValue)"] = DateWord(unit, .offset(0))
            words["last_\(unit.rawValue)"] = DateWord(unit, .offset(-1))
            words["next_\(unit.rawValue)"] = DateWord(unit, .offset(1))
        }
        return words
    }()

    private static func counted(_ word: String, _ count: Int) -> DateWord? {
        for unit in Unit.allCases {
            switch word {
            case "last_n_\(unit.rawValue)s": return DateWord(unit, .last(count))
            case "next_n_\(unit.rawValue)s": return DateWord(unit, .next(count))
            case "n_\(unit.rawValue)s_ago": return DateWord(unit, .ago(count))
            default: continue
            }
        }
        return nil
    }

    private static func snake(_ text: some StringProtocol) -> String {
        let camel = text.contains { $0.isLowercase }
        var result = ""
        for character in text {
            if camel, character.isUppercase, !result.isEmpty, result.last != "_" { result += "_" }
            result += character.lowercased()
        }
        return result
    }
}
