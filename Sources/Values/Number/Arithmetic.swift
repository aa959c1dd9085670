extension Number {
    package static func + (a: Number, b: Number) -> Number {
        if a.exponent == b.exponent { return Number(coefficient: a.coefficient + b.coefficient, exponent: a.exponent) }
        return a.exponent > b.exponent ? sum(a, b) : sum(b, a)
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
        // Widened so that the quotient has 37 or 38 digits: the remainder counts only where there are 37.
        let widen = precision + 1 - digits(x)
        let shift = digits(y) - 1
        let (high, low) = (x * powers[widen]).multipliedFullWidth(by: powers[shift])
        var (quotient, remainder) = y.dividingFullWidth((high, low))
        if quotient < limit, remainder >= y - remainder { quotient += 1 }
        let magnitude = Int128(quotient)
        let exponent = a.exponent - b.exponent - Int32(widen + shift)
        return Number(coefficient: a.isNegative != b.isNegative ? -magnitude : magnitude, exponent: exponent).reduced
    }

    /// `a - b * trunc(a / b)`, exactly: the sign of the result is that of `a`; nil when `b` is zero.
    package static func remainder(_ a: Number, _ b: Number) -> Number? {
        if b.isZero { return nil }
        var (x, y) = (a.coefficient.magnitude, b.coefficient.magnitude)
        var gap = Int(a.exponent - b.exponent)
        if gap < 0 {
            let widened: (partialValue: UInt128, overflow: Bool) =
                -gap <= precision ? y.multipliedReportingOverflow(by: powers[-gap]) : (0, true)
            // A divisor too long to be widened is greater than `a`.
            if widened.overflow || widened.partialValue >= limit { return a }
            (y, gap) = (widened.partialValue, 0)
        }
        x %= y
        while gap > 0 {
            let step = min(gap, precision)
            x = y.dividingFullWidth(x.multipliedFullWidth(by: powers[step])).remainder
            gap -= step
        }
        let magnitude = Int128(x)
        return Number(coefficient: a.isNegative ? -magnitude : magnitude, exponent: min(a.exponent, b.exponent))
    }

    /// `self * 10^places`, exactly.
    package func shifted(by places: Int) -> Number { isZero ? self : Number(exact: coefficient, exponent + Int32(places)) }

    package var magnitude: Number { isNegative ? -self : self }

    /// The same value without trailing zeros in the coefficient (and never a positive exponent below 10^37).
    package var reduced: Number {
        if isZero { return .zero }
        var (c, e) = (coefficient, exponent)
        for step in [32, 16, 8, 4, 2, 1] as [Int32] where e + step <= 0 {
            let (quotient, remainder) = c.quotientAndRemainder(dividingBy: Int128(Number.powers[Int(step)]))
            if remainder == 0 { (c, e) = (quotient, e + step) }
        }
        return Number(exact: c, e)
    }

    /// How many decimal digits `x` has; at least 1.
    static func digits(_ x: UInt128) -> Int {
        if x < 10 { return 1 }
        // log10(2) = 0.30103; the estimate is at most one too low.
        let estimate = ((128 - x.leadingZeroBitCount) * 1233) >> 12
        return x >= powers[estimate] ? estimate + 1 : estimate
    }

    static func dividedRounding(_ c: Int128, by divisor: Int128) -> Int128 {
        let (quotient, remainder) = c.quotientAndRemainder(dividingBy: divisor)
        let away = remainder.magnitude >= divisor.magnitude - remainder.magnitude
        return away ? quotient + (c < 0 ? -1 : 1) : quotient
    }

    /// The sum where `a` has the greater exponent, rounded once.
    private static func sum(_ a: Number, _ b: Number) -> Number {
        if a.isZero { return b }
        if b.isZero { return a }
        let gap = Int(a.exponent - b.exponent)
        let room = precision + 1 - digits(a.coefficient.magnitude)
        if gap <= room { return Number(coefficient: a.coefficient * Int128(powers[gap]) + b.coefficient, exponent: b.exponent) }
        // `b` reaches beyond the last digit that `a` can be widened to: what is cut from it decides the rounding.
        let lost = gap - room
        let x = a.coefficient.magnitude * powers[room]
        let y = b.coefficient.magnitude
        let unit = lost <= precision ? powers[lost] : .max
        let (whole, cut) = y.quotientAndRemainder(dividingBy: unit)
        var magnitude: UInt128
        if a.isNegative == b.isNegative {
            magnitude = x + whole
        } else {
            magnitude = x - whole - (cut > 0 ? 1 : 0)
            if magnitude < limit, cut > 0, cut <= unit / 2 { magnitude += 1 }
        }
        let signed = Int128(magnitude)
        return Number(coefficient: a.isNegative ? -signed : signed, exponent: a.exponent - Int32(room))
    }

    private static func rounded(high: UInt128, low: UInt128, negative: Bool, exponent: Int32) -> Number {
        // The product has at least 38 digits. Cut as many as it takes to leave 37.
        let bits = high == 0 ? 128 - low.leadingZeroBitCount : 256 - high.leadingZeroBitCount
        var lost = max(1, ((bits * 1233) >> 12) - precision)
        while high >= powers[lost] || powers[lost].dividingFullWidth((high, low)).quotient >= limit { lost += 1 }
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
