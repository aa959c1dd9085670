import Testing
import Values

@Suite struct `A decimal number` {
    @Test func `adds and multiplies as on paper, rounded once to 37 digits`() {
        var random = Seeded(1)
        for _ in 0..<3000 {
            let (a, b) = (random.number(), random.number())
            #expect(Exact(a + b) == (Exact(a) + Exact(b)).rounded(to: 37), "\(a) + \(b)")
            #expect(Exact(a - b) == (Exact(a) + -Exact(b)).rounded(to: 37), "\(a) - \(b)")
            #expect(Exact(a * b) == (Exact(a) * Exact(b)).rounded(to: 37), "\(a) * \(b)")
        }
    }

    @Test func `divides to the nearest of all numbers of 37 digits`() throws {
        var random = Seeded(2)
        for _ in 0..<3000 {
            let (a, b) = (random.number(), random.number())
            if b.isZero { continue }
            let divided = a / b
            let quotient = try #require(divided)
            // Twice the remainder is at most one unit of the last of 37 digits times the divisor.
            let error = (Exact(a) + -(Exact(quotient) * Exact(b))).magnitude
            let digits = Exact(quotient).digits.count
            let unit = Number(coefficient: 1, exponent: Int32(Exact(quotient).exponent - (37 - digits)))
            #expect(error + error <= Exact(unit) * Exact(b).magnitude || quotient.isZero, "\(a) / \(b) = \(quotient)")
        }
        #expect(Number(1) / Number(0) == nil)
        #expect((Number(2) / Number(3))?.description == "0.6666666666666666666666666666666666667")
    }

    @Test func `leaves an exact remainder with the sign of the first`() throws {
        var random = Seeded(3)
        for _ in 0..<2000 {
            let (a, b) = (random.number(exponents: -30...30), random.number(exponents: -30...30))
            if b.isZero { continue }
            let remainder = try #require(Number.remainder(a, b))
            #expect(remainder.isZero || remainder.isNegative == a.isNegative)
            #expect(remainder.magnitude < b.magnitude, "\(a) mod \(b)")
        }
        for a in -20...20 {
            for b in -7...7 where b != 0 { #expect(Number.remainder(Number(a), Number(b)) == Number(a % b)) }
        }
        #expect(Number.remainder(try #require(Number("1e30")), 7) == 1)
        #expect(Number.remainder(try #require(Number("5.5")), try #require(Number("0.2"))) == Number("0.1"))
    }

    @Test(arguments: [
        ("2.5", 0, "3"), ("-2.5", 0, "-3"), ("2.4999", 0, "2"), ("1.005", 2, "1.01"), ("-1.005", 2, "-1.01"),
        ("1234", -2, "1200"),
        ("1250", -2, "1300"), ("0.4", 0, "0"), ("9.999", 2, "10"), ("7", 3, "7"), ("5e-40", 2, "0"),
        ("1e30", 2, "1000000000000000000000000000000"),
    ]) func `is rounded half away from zero`(text: String, scale: Int, expected: String) throws {
        #expect(try #require(Number(text)).rounded(to: scale).description == expected)
    }

    @Test(arguments: [
        ("2.7", "2", "3", "2"), ("-2.7", "-3", "-2", "-2"), ("5", "5", "5", "5"), ("-0.1", "-1", "0", "0"), ("0", "0", "0", "0"),
    ])
    func `has a floor, a ceiling and whole digits`(text: String, floor: String, ceiling: String, cut: String) throws {
        let number = try #require(Number(text))
        #expect(number.floor.description == floor)
        #expect(number.ceiling.description == ceiling)
        #expect(number.truncated(to: 0).description == cut)
    }

    @Test func `is ordered by its value, and equal numbers have one hash`() {
        var random = Seeded(4)
        for _ in 0..<2000 {
            let (a, b) = (random.number(exponents: -5...5), random.number(exponents: -5...5))
            #expect((a < b) == (Exact(a) + -Exact(b)).isNegative, "\(a) < \(b)")
        }
        let spellings = ["1", "1.0", "1.000", "10e-1", "0.01e2"].compactMap { Number($0) }
        #expect(Set(spellings).count == 1)
        #expect(Number("0") == Number("-0.00"))
        let mixed = ["10", "9.5", "-1e9", "1e-9"].compactMap { Number($0) }.sorted()
        #expect(mixed.map(\.description) == ["-1000000000", "0.000000001", "9.5", "10"])
    }

    @Test(arguments: [
        ("12.50", "12.5"), ("-.5", "-0.5"), ("5.", "5"), ("+1e3", "1000"), ("1E-3", "0.001"), ("0000012", "12"), ("0e5", "0"),
        ("1234567890123456789012345678901234567", "1234567890123456789012345678901234567"),
        ("12345678901234567890123456789012345670", "12345678901234567890123456789012345670"),
    ]) func `is read and written`(text: String, expected: String) throws {
        #expect(try #require(Number(text)).description == expected)
    }

    @Test(arguments: [
        "", "-", ".", "1.2.3", "e5", "1e", "1e+", "0x10", " 1", "1 ", "1,5", "nan", "1e9999999",
        "12345678901234567890123456789012345678", "١",
    ])
    func `refuses what is no number`(text: String) {
        #expect(Number(text) == nil)
    }

    @Test func `rounds more than 37 digits where it may`() {
        #expect(
            Number(rounding: "0.33333333333333333333333333333333333333333")?.description
                == "0.3333333333333333333333333333333333333")
        #expect(
            Number(rounding: "99999999999999999999999999999999999999")?.description == "100000000000000000000000000000000000000")
        #expect(
            Number(rounding: "12345678901234567890123456789012345678.9")?.description == "12345678901234567890123456789012345680")
    }

    @Test(arguments: [("12.345", 2, 1235), ("-12.345", 2, -1235), ("0", 5, 0), ("92233720368547758.07", 2, Int64.max)])
    func `counts units of its scale`(text: String, scale: Int, units: Int64) throws {
        #expect(try #require(Number(text)).scaled(to: scale) == units)
        #expect(Number(scaled: units, scale: scale).text(scale: scale).hasPrefix(text.first == "-" ? "-" : ""))
    }

    @Test func `has no units where they do not fit`() throws {
        #expect(try #require(Number("92233720368547758.08")).scaled(to: 2) == nil)
        #expect(try #require(Number("1e40")).scaled(to: 0) == nil)
    }

    @Test func `becomes an integer only where it is one that fits`() throws {
        #expect(Number("100")?.integer == 100)
        #expect(Number("1e18")?.integer == 1_000_000_000_000_000_000)
        #expect(Number("1.5")?.integer == nil)
        #expect(Number("1e19")?.integer == nil)
        #expect(Number("-9223372036854775808")?.integer == Int.min)
    }

    @Test func `is written with a fixed scale`() throws {
        #expect(try #require(Number("1.5")).text(scale: 3) == "1.500")
        #expect(try #require(Number("-0.004")).text(scale: 2) == "0.00" || Number("-0.004")?.text(scale: 2) == "0.00")
        #expect(try #require(Number("1e3")).text(scale: 2) == "1000.00")
        #expect(Number(0).text(scale: 2) == "0.00")
    }

    @Test func `meets doubles by their shortest spelling, or by their exact value`() {
        #expect(Number(0.1) == Number("0.1"))
        #expect(Number(1e22)?.description == "10000000000000000000000")
        #expect(Number(Double.nan) == nil)
        #expect(Number(-Double.infinity) == nil)
        #expect(Number("0.1")?.double == 0.1)
        #expect(Number(2.0.squareRoot(), significant: 15)?.description == "1.4142135623731")
        #expect(Number(1.0 / 3, significant: 15)?.description == "0.333333333333333")
        #expect(Number(1e300, significant: 3)?.exponent == 298)
    }

    @Test func `keeps only significant digits`() throws {
        #expect(try #require(Number("123456")).rounded(toSignificant: 3).description == "123000")
        #expect(try #require(Number("0.00123456")).rounded(toSignificant: 3).description == "0.00123")
        #expect(try #require(Number("9.99")).rounded(toSignificant: 2).description == "10")
    }
}
