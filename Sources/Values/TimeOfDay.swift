/// A time of day without date or zone, in milliseconds since midnight.
package struct TimeOfDay: Sendable, Hashable, Comparable {
    package let milliseconds: Int32

    package static let millisecondsPerDay = 86_400_000

    /// Any number of milliseconds, wrapped into one day.
    package init(wrapping milliseconds: Int) {
        let day = TimeOfDay.millisecondsPerDay
        self.milliseconds = Int32(((milliseconds % day) + day) % day)
    }

    package init?(hour: Int, minute: Int, second: Int = 0, millisecond: Int = 0) {
        guard (0...23).contains(hour), (0...59).contains(minute), (0...59).contains(second), (0...999).contains(millisecond)
        else { return nil }
        milliseconds = Int32(((hour * 60 + minute) * 60 + second) * 1000 + millisecond)
    }

    package static func < (a: TimeOfDay, b: TimeOfDay) -> Bool { a.milliseconds < b.milliseconds }

    package var hour: Int { Int(milliseconds) / 3_600_000 }
    package var minute: Int { Int(milliseconds) / 60_000 % 60 }
    package var second: Int { Int(milliseconds) / 1000 % 60 }
    package var millisecond: Int { Int(milliseconds) % 1000 }
}

extension TimeOfDay: CustomStringConvertible {
    /// Reads `HH:MM`, `HH:MM:SS` and `HH:MM:SS.mmm`, with or without a closing `Z`.
    package init?(_ text: some StringProtocol) {
        var text = String(text)
        if text.hasSuffix("Z") { text.removeLast() }
        let time = text.withUTF8 { bytes -> TimeOfDay? in
            guard let clock = Clock(bytes, at: 0), clock.end == bytes.count, clock.microseconds % 1000 == 0 else { return nil }
            return TimeOfDay(wrapping: clock.microseconds / 1000)
        }
        guard let time else { return nil }
        self = time
    }

    /// Always `HH:MM:SS.mmm`, so that the text sorts as the time does.
    package var description: String {
        String(unsafeUninitializedCapacity: 16) { buffer in
            var text = DigitsWriter(buffer)
            text.clock((hour * 60 + minute) * 60 + second)
            text.byte(".")
            text.number(millisecond, 3)
            return text.count
        }
    }
}

/// `HH:MM[:SS[.ffffff]]` somewhere in a text.
struct Clock {
    let microseconds: Int
    let end: Int

    init?(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int) {
        guard let hour = digits(bytes, start, 2), hour < 24, start + 2 < bytes.count, bytes[start + 2] == UInt8(ascii: ":"),
            let minute = digits(bytes, start + 3, 2), minute < 60
        else { return nil }
        var (seconds, fraction, position) = ((hour * 60 + minute) * 60, 0, start + 5)
        if position < bytes.count, bytes[position] == UInt8(ascii: ":") {
            guard let second = digits(bytes, position + 1, 2), second < 60 else { return nil }
            seconds += second
            position += 3
            if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
                let first = position + 1
                var unit = 1_000_000
                position = first
                while position < bytes.count, let digit = digits(bytes, position, 1) {
                    guard unit > 1 else { return nil }
                    unit /= 10
                    fraction += digit * unit
                    position += 1
                }
                guard position > first else { return nil }
            }
        }
        (microseconds, end) = (seconds * 1_000_000 + fraction, position)
    }
}
