extension Number {
    /// Rounded half away from zero to `scale` decimal places; a negative scale rounds to tens, hundreds, ...
    package func rounded(to scale: Int) -> Number {
        cut(to: scale) { Number.dividedRounding($0, by: $1) }
    }

    /// Cut towards zero after `scale` decimal places.
    package func truncated(to scale: Int) -> Number {
        cut(to: scale) { $0 / $1 }
    }

    /// The greatest integer not above the number.
    package var floor: Number {
        let cut = truncated(to: 0)
        return cut > self ? cut - .one : cut
    }

    /// The smallest integer not below the number.
    package var ceiling: Number {
        let cut = truncated(to: 0)
        return cut < self ? cut + .one : cut
    }

    /// The number as a count of units of `10^-scale`, rounded half away from zero; nil where it does not fit 64 bits.
    package func scaled(to scale: Int) -> Int64? {
        let number = rounded(to: scale)
        if number.isZero { return 0 }
        let shift = Int(number.exponent) + scale
        guard shift >= 0, shift <= 18 else { return nil }
        let (product, overflow) = number.coefficient.multipliedReportingOverflow(by: Int128(Number.powers[shift]))
        return overflow ? nil : Int64(exactly: product)
    }

    /// How many digits stand after the point.
    package var scale: Int { max(0, -Int(reduced.exponent)) }

    private func cut(to scale: Int, _ divide: (Int128, Int128) -> Int128) -> Number {
        let lost = -Int(exponent) - scale
        if lost <= 0 { return self }
        if lost > Number.precision { return Number(exact: 0, Int32(-scale)) }
        return Number(exact: divide(coefficient, Int128(Number.powers[lost])), Int32(-scale))
    }
}

extension Number {
    /// Rounded half away from zero to that many significant digits.
    package func rounded(toSignificant digits: Int) -> Number {
        let surplus = Number.digits(coefficient.magnitude) - digits
        return surplus > 0 ? rounded(to: -Int(exponent) - surplus) : self
    }
}
