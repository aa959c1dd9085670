extension Number {
    package static func + (a: Number, b: Number) -> Number {
        if a.exponent == b.exponent { return Number(coefficient: a.coefficient + b.coefficient, exponent: a.exponent) }
        let (x, y, exponent) = aligned(a, b)
        return Number(coefficient: x + y, exponent: exponent)
    }

    package static func - (a: Number, b: Number) -> Number { a + (-b) }

    package static prefix func - (a: Number) -> Number { Number(exact: -a.coefficient, a.exponent) }

    package static func * (a: Number, b: Number) -> Number {
        let (x, y) = (a.coefficient, b.coefficient)
        let (product, overflow) = x.multipliedReportingOverflow(by: y)
        if !overflow { return Number(coefficient: product, exponent: a.exponent + b.exponent) }
        let (high, low) = x.magnitude.multipliedFullWidth(by: y.magnitude)
        return rounded(high: high, low: low, negative: (x < 0) != (y < 0), exponent: a.exponent + b.exponent)
    }

    /// The quotient to 37 digits, rounded half away from zero; nil when `b` is zero.
    package static func / (a: Number, b: Number) -> Number? {
        if b.isZero { return nil }
        if a.isZero { return .zero }
        let (x, y) = (a.coefficient.magnitude, b.coefficient.magnitude)
        let widen = precision + 1 - digits(x)
        let shift = digits(y) - 1
        let (high, low) = (x * powers[widen]).multipliedFullWidth(by: powers[shift])
        let (quotient, remainder) = y.dividingFullWidth((high, low))
        let rounded = Int128(quotient) + (remainder >= y - remainder ? 1 : 0)
        let exponent = a.exponent - b.exponent - Int32(widen + shift)
        return Number(coefficient: a.isNegative != b.isNegative ? -rounded : rounded, exponent: exponent).reduced
    }

    /// `a - b * trunc(a / b)`: the sign of the result is that of `a`; nil when `b` is zero.
    package static func remainder(_ a: Number, _ b: Number) -> Number? {
        guard let quotient = a / b else { return nil }
        return a - b * quotient.truncated(to: 0)
    }

    package var magnitude: Number { isNegative ? -self : self }

    /// The same value without trailing zeros in the coefficient (and never a positive exponent below 10^37).
    package var reduced: Number {
        if isZero { return .zero }
        var (c, e) = (coefficient, exponent)
        while e < 0, c % 10 == 0 { (c, e) = (c / 10, e + 1) }
        return Number(exact: c, e)
    }

    /// How many decimal digits `x` has; at least 1.
    static func digits(_ x: UInt128) -> Int {
        if x < 10 { return 1 }
        // log10(2) = 0.30103; the estimate is at most one too low.
        let estimate = (128 - x.leadingZeroBitCount) * 1233 >> 12
        return x >= powers[estimate] ? estimate + 1 : estimate
    }

    static func dividedRounding(_ c: Int128, by divisor: Int128) -> Int128 {
        let (quotient, remainder) = c.quotientAndRemainder(dividingBy: divisor)
        let away = remainder.magnitude >= divisor.magnitude - remainder.magnitude
        return away ? quotient + (c < 0 ? -1 : 1) : quotient
    }

    /// Both coefficients at one exponent. Where 37 digits are not enough for both, the lesser one loses its last digits.
    private static func aligned(_ a: Number, _ b: Number) -> (Int128, Int128, Int32) {
        if a.exponent < b.exponent {
            let (x, y, e) = aligned(b, a)
            return (y, x, e)
        }
        if a.isZero { return (0, b.coefficient, b.exponent) }
        let gap = Int(a.exponent - b.exponent)
        let room = min(gap, precision - digits(a.coefficient.magnitude))
        let lost = gap - room
        let x = a.coefficient * Int128(powers[room])
        let y = lost == 0 ? b.coefficient : lost > precision ? 0 : dividedRounding(b.coefficient, by: Int128(powers[lost]))
        return (x, y, a.exponent - Int32(room))
    }

    private static func rounded(high: UInt128, low: UInt128, negative: Bool, exponent: Int32) -> Number {
        // Divide by the smallest power of ten that brings the 256-bit product below 10^38.
        var lost = max(1, (256 - high.leadingZeroBitCount) * 1233 >> 12)
        lost = min(38, max(1, lost - precision))
        while high >= powers[lost] || powers[lost].dividingFullWidth((high, low)).quotient >= limit, lost < 38 { lost += 1 }
        let (quotient, remainder) = powers[lost].dividingFullWidth((high, low))
        let result = Int128(quotient) + (remainder >= powers[lost] - remainder ? 1 : 0)
        return Number(coefficient: negative ? -result : result, exponent: exponent + Int32(lost))
    }
}

extension Number: Comparable, Hashable {
    package static func == (a: Number, b: Number) -> Bool { compare(a, b) == 0 }
    package static func < (a: Number, b: Number) -> Bool { compare(a, b) < 0 }

    package func hash(into hasher: inout Hasher) {
        var (c, e) = (coefficient, exponent)
        while c != 0, c % 10 == 0 { (c, e) = (c / 10, e + 1) }
        hasher.combine(c)
        hasher.combine(c == 0 ? 0 : e)
    }

    private static func compare(_ a: Number, _ b: Number) -> Int {
        let (x, y) = (a.coefficient, b.coefficient)
        if a.exponent == b.exponent || x.signum() != y.signum() { return x < y ? -1 : x > y ? 1 : 0 }
        if x == 0 { return 0 }
        let sign = Int(x.signum())
        let (top, other) = (digits(x.magnitude) + Int(a.exponent), digits(y.magnitude) + Int(b.exponent))
        if top != other { return top < other ? -sign : sign }
        // Equal magnitude of the leading digit: the gap between the exponents is at most 36, so scaling is exact.
        let gap = Int(a.exponent - b.exponent)
        let left = gap > 0 ? x * Int128(powers[gap]) : x
        let right = gap < 0 ? y * Int128(powers[-gap]) : y
        return left < right ? -1 : left > right ? 1 : 0
    }
}
