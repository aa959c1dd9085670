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
        var (c, e) = (coefficient, exponent)
        while c.magnitude >= Number.limit { (c, e) = (Number.dividedRounding(c, by: 10), e + 1) }
        self.init(exact: c, e)
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
