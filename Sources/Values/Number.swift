/// An exact decimal number: `coefficient * 10^exponent`, with up to 37 significant digits.
///
/// Sums, differences and products are exact while they fit 37 digits; quotients and anything longer are rounded half
/// away from zero to 37 digits. Two numbers are equal when their values are: 1.0 is 1.
package struct Number: Sendable {
    // Two words instead of one Int128: it keeps the stride of `Value` at 24 bytes instead of 48.
    private let high: Int64
    private let low: UInt64
    package let exponent: Int32

    package static let precision = 37
    package static let zero = Number(0)
    package static let one = Number(1)

    /// `coefficient * 10^exponent`; a coefficient of more than 37 digits is rounded.
    package init(coefficient: Int128, exponent: Int32) {
        guard coefficient.magnitude >= Number.limit else {
            self.init(exact: coefficient, exponent)
            return
        }
        let surplus = Number.digits(coefficient.magnitude) - Number.precision
        let rounded = Number.dividedRounding(coefficient, by: Int128(Number.powers[surplus]))
        // 99...9 rounds up to one digit more.
        let carries = rounded.magnitude == Number.limit
        self.init(exact: carries ? rounded / 10 : rounded, exponent + Int32(carries ? surplus + 1 : surplus))
    }

    @inline(__always)
    init(exact coefficient: Int128, _ exponent: Int32) {
        high = Int64(truncatingIfNeeded: coefficient >> 64)
        low = UInt64(truncatingIfNeeded: coefficient)
        self.exponent = exponent
    }

    package init(_ integer: Int) { self.init(exact: Int128(integer), 0) }

    /// An integer that counts units of `10^-scale`: the form in which SQLite stores decimals.
    package init(scaled integer: Int64, scale: Int) { self.init(exact: Int128(integer), Int32(-scale)) }

    package var coefficient: Int128 { @inline(__always) get { Int128(high) << 64 | Int128(low) } }
    package var isZero: Bool { high == 0 && low == 0 }
    package var isNegative: Bool { high < 0 }

    static let limit: UInt128 = powers[precision]
    static let powers: [UInt128] = (0...38).map { (0..<$0).reduce(UInt128(1)) { power, _ in power * 10 } }
}

extension Number: ExpressibleByIntegerLiteral {
    package init(integerLiteral value: Int) { self.init(value) }
}
