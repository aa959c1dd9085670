import Values

/// When people work: mostly on working days while offices are open, with the industry's shares of weekends and evenings.
struct WorkClock: Sendable {
    let zone: Zone
    let weekendShare: Double
    let offHoursShare: Double

    /// A moment near another one at which somebody might work, and not before `earliest`.
    func moment(near wanted: Instant, notBefore earliest: Instant, _ stream: inout Stream) -> Instant {
        let isWeekend = stream.chance(weekendShare)
        // Of the records of working days, those outside of opening hours.
        let isOff = stream.chance((offHoursShare - weekendShare) / (1 - weekendShare))
        let forward = stream.chance(0.5)
        let shift = stream.unit()
        let day = nearest(zone.day(max(wanted, earliest)), isWeekend: isWeekend, forward: forward)
        let moment = zone.instant(day, TimeOfDay(wrapping: WorkClock.milliseconds(isOff || isWeekend, shift)))
        if moment >= earliest { return moment }
        // Too early: later on that day, or on the next one of its kind.
        let first = zone.day(earliest)
        let later = max(day, first)
        let next = nearest(
            (later.isoWeekday > 5) == isWeekend && later > first ? later : later + 1, isWeekend: isWeekend, forward: true)
        let rest = earliest + Int64(shift * 3 * 3_600_000_000)
        let isSameKind = zone.day(rest) == first && (first.isoWeekday > 5) == isWeekend && zone.local(rest).time.hour < 19
        if isSameKind { return rest }
        return max(zone.instant(next, TimeOfDay(wrapping: WorkClock.milliseconds(isOff || isWeekend, shift))), earliest)
    }

    /// The nearest day of that kind, in the wanted direction where two are as near.
    private func nearest(_ day: Day, isWeekend: Bool, forward: Bool) -> Day {
        for distance in 0...6 {
            for candidate in forward ? [day + distance, day - distance] : [day - distance, day + distance]
            where (candidate.isoWeekday > 5) == isWeekend { return candidate }
        }
        return day
    }

    /// A time of day from a number in (0, 1).
    private static func milliseconds(_ isOff: Bool, _ share: Double) -> Int {
        // Seven to nine and six to eleven; else nine to six.
        let hour = isOff ? (share < 0.3 ? 7 + share / 0.3 * 2 : 18 + (share - 0.3) / 0.7 * 5) : 9 + share * 9
        return Int(hour * 3_600_000)
    }
}

extension Instant {
    func later(minutes: Int) -> Instant { self + Int64(minutes) * 60_000_000 }
    func later(days: Double) -> Instant { self + Int64(days * 86_400_000_000) }

    /// The last full so many minutes: people write down a quarter past ten.
    func sharp(minutes: Int) -> Instant {
        let unit = Int64(minutes) * 60_000_000
        return Instant(microseconds: microseconds / unit * unit)
    }
}

extension JSON {
    static func day(_ day: Day) -> JSON { .string(day.description) }
    static func moment(_ instant: Instant) -> JSON { .string(instant.description) }
    static func whole(_ number: Int) -> JSON { .number(Number(number)) }
    static func text(_ text: String?) -> JSON { text.map(JSON.string) ?? .null }
}
