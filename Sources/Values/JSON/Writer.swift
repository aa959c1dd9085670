/// Writes JSON into one growing buffer. Keys are rendered once, with `JSONWriter.key`, and copied row after row.
///
/// The writer does not check the grammar: the caller opens, separates and closes.
package struct JSONWriter: ~Copyable {
    private var base: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    package private(set) var count = 0

    package init(capacity: Int = 4096) {
        self.capacity = max(64, capacity)
        base = .allocate(capacity: self.capacity)
    }

    deinit { base.deallocate() }

    package var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: base, count: count) }
    package var array: [UInt8] { Array(bytes) }
    package var string: String { String(decoding: bytes, as: UTF8.self) }

    package mutating func clear() { count = 0 }

    /// `"name":`, escaped: ready to be copied before each value.
    package static func key(_ name: String) -> [UInt8] {
        var writer = JSONWriter(capacity: name.utf8.count + 16)
        writer.string(name)
        writer.byte(UInt8(ascii: ":"))
        return writer.array
    }

    package mutating func byte(_ byte: UInt8) {
        reserve(1)
        base[count] = byte
        count += 1
    }

    package mutating func raw(_ bytes: [UInt8]) { bytes.withUnsafeBufferPointer { raw($0) } }

    package mutating func raw(_ bytes: [UInt8], _ range: Range<Int>) {
        bytes.withUnsafeBufferPointer { raw(UnsafeBufferPointer(rebasing: $0[range])) }
    }

    package mutating func raw(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let source = bytes.baseAddress else { return }
        reserve(bytes.count)
        (base + count).update(from: source, count: bytes.count)
        count += bytes.count
    }

    package mutating func raw(_ text: StaticString) {
        raw(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    package mutating func raw(_ text: String) {
        var text = text
        text.withUTF8 { raw($0) }
    }

    /// A quoted text with everything escaped that must be.
    package mutating func string(_ text: String) {
        var text = text
        text.withUTF8 { string($0) }
    }

    package mutating func string(_ text: UnsafeBufferPointer<UInt8>) {
        reserve(text.count + 2)
        base[count] = UInt8(ascii: "\"")
        count += 1
        var (start, index) = (0, 0)
        while index < text.count {
            if text.isPlainWord(at: index) {
                index += 8
                continue
            }
            let byte = text[index]
            index += 1
            if byte >= 0x20, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") { continue }
            raw(UnsafeBufferPointer(rebasing: text[start..<index - 1]))
            escape(byte)
            start = index
        }
        raw(UnsafeBufferPointer(rebasing: text[start...]))
        byte(UInt8(ascii: "\""))
    }

    package mutating func integer(_ value: Int64) { scaled(value, scale: 0) }

    /// `value / 10^scale` with exactly `scale` digits after the point.
    package mutating func scaled(_ value: Int64, scale: Int) {
        reserve(24 + scale)
        var magnitude = value.magnitude
        if value < 0 {
            base[count] = UInt8(ascii: "-")
            count += 1
        }
        var digits = 1
        var rest = magnitude
        while rest >= 10 { (rest, digits) = (rest / 10, digits + 1) }
        digits = max(digits, scale + 1)
        let length = scale > 0 ? digits + 1 : digits
        var position = count + length
        for index in 0..<digits {
            if scale > 0, index == scale {
                position -= 1
                base[position] = UInt8(ascii: ".")
            }
            position -= 1
            base[position] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: magnitude % 10)
            magnitude /= 10
        }
        count += length
    }

    /// A quoted ISO 8601 moment, as `Instant.description`.
    package mutating func datetime(_ instant: Instant) {
        let (day, rest) = instant.split
        let (year, month, dayOfMonth) = day.civil
        let (seconds, fraction) = (Int(rest / 1_000_000), Int(rest % 1_000_000))
        reserve(32)
        raw("\"")
        fixed(year, 4)
        raw("-")
        fixed(month, 2)
        raw("-")
        fixed(dayOfMonth, 2)
        raw("T")
        fixed(seconds / 3600, 2)
        raw(":")
        fixed(seconds / 60 % 60, 2)
        raw(":")
        fixed(seconds % 60, 2)
        if fraction != 0 {
            raw(".")
            fraction % 1000 == 0 ? fixed(fraction / 1000, 3) : fixed(fraction, 6)
        }
        raw("Z\"")
    }

    /// Any document, compact.
    package mutating func value(_ json: JSON) {
        switch json {
        case .null: raw("null")
        case .bool(let bool): bool ? raw("true") : raw("false")
        case .number(let number): raw(number.description)
        case .string(let text): string(text)
        case .array(let items):
            byte(UInt8(ascii: "["))
            for (index, item) in items.enumerated() {
                if index > 0 { byte(UInt8(ascii: ",")) }
                value(item)
            }
            byte(UInt8(ascii: "]"))
        case .object(let members):
            byte(UInt8(ascii: "{"))
            self.members(members)
            byte(UInt8(ascii: "}"))
        }
    }

    /// An object's members without its braces, for one to which more are added.
    package mutating func members(_ members: JSON.Members) {
        for (index, member) in members.enumerated() {
            if index > 0 { byte(UInt8(ascii: ",")) }
            string(member.name)
            byte(UInt8(ascii: ":"))
            value(member.value)
        }
    }

    private mutating func fixed(_ value: Int, _ width: Int) {
        reserve(width)
        var rest = value
        for index in stride(from: width - 1, through: 0, by: -1) {
            base[count + index] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        }
        count += width
    }

    private mutating func escape(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""): raw("\\\"")
        case UInt8(ascii: "\\"): raw("\\\\")
        case 0x0A: raw("\\n")
        case 0x0D: raw("\\r")
        case 0x09: raw("\\t")
        default:
            raw("\\u00")
            let digits: StaticString = "0123456789abcdef"
            self.byte(digits.utf8Start[Int(byte >> 4)])
            self.byte(digits.utf8Start[Int(byte & 0xF)])
        }
    }

    private mutating func reserve(_ extra: Int) {
        if count + extra <= capacity { return }
        let grown = max(capacity * 2, count + extra)
        let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: grown)
        larger.update(from: base, count: count)
        base.deallocate()
        (base, capacity) = (larger, grown)
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// Whether eight bytes from there on are there, and none may need to be escaped: no control character, no quote, no backslash.
    /// Eight at once, by the tests for a byte below, or equal to, another (Anderson, Bit Twiddling Hacks); a byte beside one that
    /// must be escaped may count as one too.
    fileprivate func isPlainWord(at index: Int) -> Bool {
        guard index + 8 <= count, let baseAddress else { return false }
        let word = UnsafeRawPointer(baseAddress + index).loadUnaligned(as: UInt64.self)
        let (quote, backslash) = (word ^ 0x2222_2222_2222_2222, word ^ 0x5C5C_5C5C_5C5C_5C5C)
        let control = (word &- 0x2020_2020_2020_2020) & ~word
        let special = (quote &- 0x0101_0101_0101_0101) & ~quote | (backslash &- 0x0101_0101_0101_0101) & ~backslash
        return (control | special) & 0x8080_8080_8080_8080 == 0
    }
}

extension JSON: CustomStringConvertible {
    /// The document, compact.
    package var description: String {
        var writer = JSONWriter()
        writer.value(self)
        return writer.string
    }
}
