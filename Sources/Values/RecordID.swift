/// Record ids: UUIDs of version 7 (RFC 9562), as lower-case text of 36 characters, so that newer records sort later.
package enum RecordID {
    /// A new id for a record made at `instant`.
    ///
    /// The 12 bits after the milliseconds hold the microseconds (RFC 9562, section 6.2, method 3); the rest is random.
    package static func make(at instant: Instant, using generator: inout some RandomNumberGenerator) -> String {
        let microseconds = UInt64(clamping: instant.microseconds)
        let (milliseconds, rest) = microseconds.quotientAndRemainder(dividingBy: 1000)
        let high = milliseconds << 16 | 0x7000 | (rest << 12) / 1000
        let low = generator.next() & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
        return text(high, low)
    }

    package static func make(at instant: Instant) -> String {
        var generator = SystemRandomNumberGenerator()
        return make(at: instant, using: &generator)
    }

    /// A new id that sorts after all others made with lesser counts at the same instant.
    ///
    /// The count takes the first 30 of the random bits (RFC 9562, section 6.2, method 1).
    package static func make(at instant: Instant, count: UInt64) -> String {
        var generator = CountedBits(count: count)
        return make(at: instant, using: &generator)
    }

    private struct CountedBits: RandomNumberGenerator {
        let count: UInt64
        private var random = SystemRandomNumberGenerator()

        init(count: UInt64) { self.count = count }

        mutating func next() -> UInt64 { (count & 0x3FFF_FFFF) << 32 | random.next() & 0xFFFF_FFFF }
    }

    /// The canonical spelling of a UUID in any case; nil where it is none.
    package static func canonical(_ text: String) -> String? {
        let bytes = text.utf8
        guard bytes.count == 36 else { return nil }
        var upper = false
        for (index, byte) in bytes.enumerated() {
            switch (index, byte) {
            case (8, UInt8(ascii: "-")), (13, UInt8(ascii: "-")), (18, UInt8(ascii: "-")), (23, UInt8(ascii: "-")): continue
            case (8, _), (13, _), (18, _), (23, _): return nil
            case (_, UInt8(ascii: "0")...UInt8(ascii: "9")), (_, UInt8(ascii: "a")...UInt8(ascii: "f")): continue
            case (_, UInt8(ascii: "A")...UInt8(ascii: "F")): upper = true
            default: return nil
            }
        }
        return upper ? text.lowercased() : text
    }

    private static func text(_ high: UInt64, _ low: UInt64) -> String {
        String(unsafeUninitializedCapacity: 36) { buffer in
            var position = 0
            for nibble in 0..<32 {
                if nibble == 8 || nibble == 12 || nibble == 16 || nibble == 20 {
                    buffer[position] = UInt8(ascii: "-")
                    position += 1
                }
                let word = nibble < 16 ? high : low
                let digit = UInt8(truncatingIfNeeded: word >> UInt64(60 - nibble % 16 * 4)) & 0xF
                buffer[position] = digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
                position += 1
            }
            return 36
        }
    }
}
