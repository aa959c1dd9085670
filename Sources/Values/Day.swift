/// A calendar day of the proleptic Gregorian calendar, counted from 1970-01-01; years 1 to 9999.
package struct Day: Sendable, Hashable, Comparable {
    package let number: Int32

    package init(number: Int32) { self.number = number }

    /// Nil where there is no such day (2026-02-30) or the year is outside 1...9999.
    package init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), day >= 1, day <= Day.length(year: year, month: month)
        else { return nil }
        self.init(number: Day.count(year: year, month: month, day: day))
    }

    package static let earliest = Day(number: count(year: 1, month: 1, day: 1))
    package static let latest = Day(number: count(year: 9999, month: 12, day: 31))

    package static func < (a: Day, b: Day) -> Bool { a.number < b.number }

    /// Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil.
    private static func count(year: Int, month: Int, day: Int) -> Int32 {
        let y = month <= 2 ? year - 1 : year
        let era = (y >= 0 ? y : y - 399) / 400
        let yearOfEra = y - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return Int32(era * 146_097 + dayOfEra - 719_468)
    }

    /// Howard Hinnant, civil_from_days.
    package var civil: (year: Int, month: Int, day: Int) {
        let z = Int(number) + 719_468
        let era = (z >= 0 ? z : z - 146_096) / 146_097
        let dayOfEra = z - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        let month = shifted + (shifted < 10 ? 3 : -9)
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shifted + 2) / 5 + 1)
    }
}

extension Day {
    package var year: Int { civil.year }
    package var month: Int { civil.month }
    package var day: Int { civil.day }

    /// 1 is Monday, 7 is Sunday (ISO 8601).
    package var isoWeekday: Int { (((Int(number) + 3) % 7) + 7) % 7 + 1 }

    package static func isLeap(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

    package static func length(year: Int, month: Int) -> Int {
        switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    package static func + (day: Day, days: Int) -> Day { Day(number: Int32(clamping: Int(day.number) + days)) }
    package static func - (day: Day, days: Int) -> Day { day + -days }
    package static func - (a: Day, b: Day) -> Int { Int(a.number) - Int(b.number) }

    /// The same day of the month, `months` later; the last day where that month is shorter (31 January + 1 = 28 February).
    package func adding(months: Int) -> Day {
        let (year, month, day) = civil
        let total = year * 12 + month - 1 + months
        let (y, m) = (total >= 0 ? total / 12 : (total - 11) / 12, ((total % 12) + 12) % 12 + 1)
        return Day(number: Day.count(year: y, month: m, day: min(day, Day.length(year: y, month: m))))
    }

    /// 1 is 1 January.
    package var dayOfYear: Int { self - Day(number: Day.count(year: year, month: 1, day: 1)) + 1 }

    /// The week of ISO 8601 and the year it belongs to, which is that of its Thursday.
    package var isoWeek: (year: Int, week: Int) {
        let thursday = self + (4 - isoWeekday)
        return (thursday.year, (thursday.dayOfYear - 1) / 7 + 1)
    }

    package var firstOfMonth: Day { self - (day - 1) }
    package var isInRange: Bool { Day.earliest <= self && self <= Day.latest }
}

extension Day: CustomStringConvertible {
    /// Reads exactly `YYYY-MM-DD`.
    package init?(_ text: some StringProtocol) {
        var text = String(text)
        guard let day = text.withUTF8({ Day(bytes: $0) }) else { return nil }
        self = day
    }

    init?(bytes: UnsafeBufferPointer<UInt8>) {
        guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
            let year = digits(bytes, 0, 4), let month = digits(bytes, 5, 2), let day = digits(bytes, 8, 2)
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    package var description: String {
        String(unsafeUninitializedCapacity: 16) { buffer in
            var text = DigitsWriter(buffer)
            text.day(self)
            return text.count
        }
    }
}

/// The number that `count` ASCII digits at `start` spell; nil where another byte stands there.
func digits(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ count: Int) -> Int? {
    guard start + count <= bytes.count else { return nil }
    var result = 0
    for index in start..<start + count {
        let digit = bytes[index] &- UInt8(ascii: "0")
        guard digit < 10 else { return nil }
        result = result * 10 + Int(digit)
    }
    return result
}
