import Foundation

/// A time zone of the IANA database: from moments to civil days and back.
package struct Zone: Sendable, Hashable {
    private let zone: TimeZone
    private let isUTC: Bool

    package static let utc = Zone(TimeZone(secondsFromGMT: 0) ?? .current, isUTC: true)

    /// `Europe/Zurich`, `UTC`; nil where there is no such zone.
    package init?(_ identifier: String) {
        guard let zone = TimeZone(identifier: identifier) else { return nil }
        self.init(zone, isUTC: identifier == "UTC" || identifier == "GMT")
    }

    private init(_ zone: TimeZone, isUTC: Bool) { (self.zone, self.isUTC) = (zone, isUTC) }

    package var identifier: String { isUTC ? "UTC" : zone.identifier }

    /// Seconds east of UTC at that moment.
    package func offset(at instant: Instant) -> Int {
        isUTC ? 0 : zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(instant.microseconds) / 1_000_000))
    }

    /// The moment as if the local clock were UTC.
    package func local(_ instant: Instant) -> Instant { instant + Int64(offset(at: instant)) * 1_000_000 }

    package func day(_ instant: Instant) -> Day { local(instant).day }

    /// The moment at which the local clock shows that time; in a gap of the clock, the moment after the gap.
    package func instant(_ day: Day, _ time: TimeOfDay = TimeOfDay(wrapping: 0)) -> Instant {
        let naive = Instant(day, time)
        if isUTC { return naive }
        // A zone's offset at the naive moment may be that of the other side of a change: ask again at the first guess.
        let guess = naive + Int64(-offset(at: naive)) * 1_000_000
        let second = naive + Int64(-offset(at: guess)) * 1_000_000
        return local(second) == naive ? second : max(guess, second)
    }
}
