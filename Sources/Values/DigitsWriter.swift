/// Writes numbers with leading zeroes into a text that is being made: dates and times are written by the thousand.
struct DigitsWriter {
    private let buffer: UnsafeMutableBufferPointer<UInt8>
    private(set) var count = 0

    init(_ buffer: UnsafeMutableBufferPointer<UInt8>) { self.buffer = buffer }

    mutating func byte(_ character: Unicode.Scalar) {
        buffer[count] = UInt8(ascii: character)
        count += 1
    }

    /// As many digits as the number has, and at least `width`.
    mutating func number(_ number: Int, _ width: Int) {
        if number < 0 { byte("-") }
        var (rest, digits) = (number.magnitude, 1)
        while rest >= 10 { (rest, digits) = (rest / 10, digits + 1) }
        rest = number.magnitude
        let end = count + max(width, digits)
        for place in (count..<end).reversed() {
            buffer[place] = UInt8(ascii: "0") + UInt8(rest % 10)
            rest /= 10
        }
        count = end
    }

    /// `23:59:59`
    mutating func clock(_ seconds: Int) {
        number(seconds / 3600, 2)
        byte(":")
        number(seconds / 60 % 60, 2)
        byte(":")
        number(seconds % 60, 2)
    }

    mutating func day(_ day: Day) {
        let (year, month, dayOfMonth) = day.civil
        number(year, 4)
        byte("-")
        number(month, 2)
        byte("-")
        number(dayOfMonth, 2)
    }
}
