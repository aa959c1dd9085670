import Foundation

/// A moment, in microseconds since 1970-01-01T00:00:00Z.
package struct Instant: Sendable, Hashable, Comparable {
    package let microseconds: Int64

    package init(microseconds: Int64) { self.microseconds = microseconds }

    /// Midnight of `day` in UTC, plus a time.
    package init(_ day: Day, _ time: TimeOfDay = TimeOfDay(wrapping: 0)) {
        microseconds = Int64(day.number) * 86_400_000_000 + Int64(time.milliseconds) * 1000
    }

    /// The wall clock. Only sessions and machinery that measures may ask: whatever a record sees comes from its session.
    package static var wallClock: Instant {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Instant(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000)
    }

    package static let earliest = Instant(Day.earliest)
    package static let latest = Instant(microseconds: Int64(Day.latest.number + 1) * 86_400_000_000 - 1)

    package static func < (a: Instant, b: Instant) -> Bool { a.microseconds < b.microseconds }
    package static func + (a: Instant, microseconds: Int64) -> Instant { Instant(microseconds: a.microseconds + microseconds) }
    package static func - (a: Instant, b: Instant) -> Int64 { a.microseconds - b.microseconds }

    /// The day in UTC and the microseconds since its midnight.
    package var split: (day: Day, microseconds: Int64) {
        let (quotient, remainder) = microseconds.quotientAndRemainder(dividingBy: 86_400_000_000)
        return remainder < 0
            ? (Day(number: Int32(clamping: quotient - 1)), remainder + 86_400_000_000)
            : (Day(number: Int32(clamping: quotient)), remainder)
    }

    package var day: Day { split.day }
    package var time: TimeOfDay { TimeOfDay(wrapping: Int(split.microseconds / 1000)) }
    package var isInRange: Bool { Instant.earliest <= self && self <= Instant.latest }
}

extension Instant: CustomStringConvertible {
    /// Reads ISO 8601 with a zone: `2026-03-31T12:00:00Z`, `2026-03-31T12:00:00.123+02:00`, also with a space for the `T`
    /// and without seconds. Nil where the zone is missing or the moment does not exist.
    package init?(_ text: some StringProtocol) {
        var text = String(text)
        guard let instant = text.withUTF8({ Instant(bytes: $0) }) else { return nil }
        self = instant
    }

    package init?(bytes: UnsafeBufferPointer<UInt8>) {
        guard bytes.count > 16,
            bytes[10] == UInt8(ascii: "T") || bytes[10] == UInt8(ascii: " ") || bytes[10] == UInt8(ascii: "t"),
            let day = Day(bytes: UnsafeBufferPointer(rebasing: bytes[..<10])), let clock = Clock(bytes, at: 11),
            let offset = Instant.offset(bytes, at: clock.end)
        else { return nil }
        self.init(microseconds: Int64(day.number) * 86_400_000_000 + Int64(clock.microseconds) - Int64(offset) * 1_000_000)
        guard isInRange else { return nil }
    }

    /// Seconds east of UTC that the zone at `start` spells, which must end the text.
    private static func offset(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int) -> Int? {
        guard start < bytes.count else { return nil }
        let sign = bytes[start]
        if sign == UInt8(ascii: "Z") || sign == UInt8(ascii: "z") { return start + 1 == bytes.count ? 0 : nil }
        guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"), let hours = digits(bytes, start + 1, 2), hours < 24
        else { return nil }
        var (minutes, position) = (0, start + 3)
        if position < bytes.count {
            if bytes[position] == UInt8(ascii: ":") { position += 1 }
            guard let number = digits(bytes, position, 2), number < 60 else { return nil }
            (minutes, position) = (number, position + 2)
        }
        guard position == bytes.count else { return nil }
        let seconds = (hours * 60 + minutes) * 60
        return sign == UInt8(ascii: "-") ? -seconds : seconds
    }

    /// ISO 8601 in UTC: `2026-03-31T12:00:00Z`, with milliseconds or microseconds only where there are some.
    package var description: String {
        let (day, rest) = split
        let (seconds, fraction) = (Int(rest / 1_000_000), Int(rest % 1_000_000))
        return String(unsafeUninitializedCapacity: 40) { buffer in
            var text = DigitsWriter(buffer)
            text.day(day)
            text.byte("T")
            text.clock(seconds)
            if fraction != 0 {
                text.byte(".")
                if fraction % 1000 == 0 { text.number(fraction / 1000, 3) } else { text.number(fraction, 6) }
            }
            text.byte("Z")
            return text.count
        }
    }
}
