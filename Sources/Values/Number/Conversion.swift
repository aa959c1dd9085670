import Foundation

extension Number {
    /// Reads `-12.50`, `1e3`, `.5`. Nil where the text is not a number, has more than 37 significant digits, or an
    /// exponent beyond 6,144 (the range of IEEE 754 decimal128).
    package init?(_ text: some StringProtocol) {
        self.init(text, roundsSurplus: false)
    }

    /// The same, but a number of more than 37 significant digits is rounded half away from zero.
    package init?(rounding text: some StringProtocol) {
        self.init(text, roundsSurplus: true)
    }

    private init?(_ text: some StringProtocol, roundsSurplus: Bool) {
        var text = String(text)
        guard let number = text.withUTF8({ Number(bytes: $0, roundsSurplus: roundsSurplus) }) else { return nil }
        self = number
    }

    init?(bytes: UnsafeBufferPointer<UInt8>, roundsSurplus: Bool = false) {
        var position = 0
        var negative = false
        if let sign = bytes.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
            negative = sign == UInt8(ascii: "-")
            position = 1
        }
        var (coefficient, exponent, digits, point) = (Int128(0), 0, 0, false)
        var firstSurplus: UInt8?
        scan: while position < bytes.count {
            let byte = bytes[position]
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                digits += 1
                if coefficient.magnitude >= Number.powers[Number.precision - 1] {
                    // Beyond 37 digits only zeros keep the value; where it is to be rounded, the first of them decides.
                    guard roundsSurplus || byte == UInt8(ascii: "0") else { return nil }
                    firstSurplus = firstSurplus ?? byte
                    if !point { exponent += 1 }
                } else {
                    coefficient = coefficient * 10 + Int128(byte - UInt8(ascii: "0"))
                    if point { exponent -= 1 }
                }
            case UInt8(ascii: ".") where !point: point = true
            case UInt8(ascii: "e") where digits > 0, UInt8(ascii: "E") where digits > 0:
                guard let power = Number.power(bytes[(position + 1)...]) else { return nil }
                exponent += power
                position = bytes.count
                break scan
            default: return nil
            }
            position += 1
        }
        guard digits > 0, abs(exponent) <= 6_144 else { return nil }
        if let firstSurplus, firstSurplus >= UInt8(ascii: "5") { coefficient += 1 }
        self.init(coefficient: negative ? -coefficient : coefficient, exponent: coefficient == 0 ? 0 : Int32(exponent))
    }

    private static func power(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Int? {
        guard bytes.count <= 6 else { return nil }
        return Int(String(decoding: bytes, as: UTF8.self))
    }

    /// The shortest decimal that reads back as the same double; nil for infinities and NaN.
    package init?(_ double: Double) {
        guard double.isFinite else { return nil }
        self.init(double.description)
    }

    package var double: Double { Double(scientific) ?? 0 }

    /// The value as an `Int`; nil where it has a fraction or does not fit.
    package var integer: Int? {
        let whole = reduced
        guard whole.exponent >= 0, whole.exponent <= 37 else { return whole.isZero ? 0 : nil }
        let (product, overflow) = whole.coefficient.multipliedReportingOverflow(by: Int128(Number.powers[Int(whole.exponent)]))
        return overflow ? nil : Int(exactly: product)
    }

    private var scientific: String { "\(coefficient)e\(exponent)" }
}

extension Number: CustomStringConvertible {
    /// Plain notation without trailing zeros: `12.5`, never `1.25e1`.
    package var description: String {
        let number = reduced
        return number.text(scale: max(0, -Int(number.exponent)))
    }

    /// Plain notation with exactly `scale` digits after the point, rounded half away from zero.
    package func text(scale: Int) -> String {
        let number = rounded(to: scale)
        var digits = String(number.coefficient.magnitude)
        let shift = Int(number.exponent) + scale
        if shift > 0, !number.isZero { digits += String(repeating: "0", count: shift) }
        if digits.count <= scale { digits = String(repeating: "0", count: scale + 1 - digits.count) + digits }
        if scale > 0 { digits.insert(".", at: digits.index(digits.endIndex, offsetBy: -scale)) }
        return number.isNegative ? "-" + digits : digits
    }
}

extension Number {
    /// The double rounded to so many significant digits, at most 17; nil for infinities and NaN.
    ///
    /// The rounding starts from the double's exact value, as C's `%.*g` does, not from its shortest spelling.
    package init?(_ double: Double, significant digits: Int) {
        guard double.isFinite else { return nil }
        let spelled = withUnsafeTemporaryAllocation(of: CChar.self, capacity: 40) { buffer in
            let length = withVaList([Int32(digits - 1), double]) { vsnprintf(buffer.baseAddress, buffer.count, "%.*e", $0) }
            return String(decoding: buffer.prefix(Int(length)).lazy.map(UInt8.init(bitPattern:)), as: UTF8.self)
        }
        self.init(spelled)
    }
}
