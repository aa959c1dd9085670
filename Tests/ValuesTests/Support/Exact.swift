import Values

/// Decimal arithmetic done the slow way, digit by digit, to hold the fast way against.
struct Exact {
    var isNegative = false
    /// From the last digit to the first; no zeros at the end.
    var digits: [Int] = []
    var exponent = 0

    init(_ number: Number) {
        isNegative = number.isNegative
        digits = String(number.coefficient.magnitude).reversed().compactMap(\.wholeNumberValue)
        exponent = Int(number.exponent)
        trim()
    }

    private init(_ isNegative: Bool, _ digits: [Int], _ exponent: Int) {
        (self.isNegative, self.digits, self.exponent) = (isNegative, digits, exponent)
        trim()
    }

    private mutating func trim() {
        while digits.last == 0 { digits.removeLast() }
        if digits.isEmpty { (isNegative, exponent) = (false, 0) }
    }

    private func widened(to exponent: Int) -> [Int] { Array(repeating: 0, count: self.exponent - exponent) + digits }

    static func + (a: Exact, b: Exact) -> Exact {
        let exponent = min(a.exponent, b.exponent)
        let (x, y) = (a.widened(to: exponent), b.widened(to: exponent))
        if a.isNegative == b.isNegative { return Exact(a.isNegative, sum(x, y), exponent) }
        return isLess(x, y) ? Exact(b.isNegative, difference(y, x), exponent) : Exact(a.isNegative, difference(x, y), exponent)
    }

    static func * (a: Exact, b: Exact) -> Exact {
        var result = [Int](repeating: 0, count: a.digits.count + b.digits.count + 1)
        for (i, x) in a.digits.enumerated() {
            for (j, y) in b.digits.enumerated() { result[i + j] += x * y }
        }
        for index in result.indices.dropLast() {
            result[index + 1] += result[index] / 10
            result[index] %= 10
        }
        return Exact(a.isNegative != b.isNegative, result, a.exponent + b.exponent)
    }

    static prefix func - (a: Exact) -> Exact { Exact(!a.isNegative, a.digits, a.exponent) }

    var magnitude: Exact { Exact(false, digits, exponent) }

    /// Rounded half away from zero to so many digits.
    func rounded(to count: Int) -> Exact {
        let surplus = digits.count - count
        guard surplus > 0 else { return self }
        let kept = Array(digits[surplus...])
        return Exact(isNegative, digits[surplus - 1] >= 5 ? Exact.sum(kept, [1]) : kept, exponent + surplus)
    }

    static func == (a: Exact, b: Exact) -> Bool { (a + -b).digits.isEmpty }
    static func <= (a: Exact, b: Exact) -> Bool { a == b || (a + -b).isNegative }

    private static func sum(_ x: [Int], _ y: [Int]) -> [Int] {
        var (result, carry) = ([Int](), 0)
        for index in 0..<max(x.count, y.count) + 1 {
            let digit = (index < x.count ? x[index] : 0) + (index < y.count ? y[index] : 0) + carry
            result.append(digit % 10)
            carry = digit / 10
        }
        return result
    }

    private static func difference(_ x: [Int], _ y: [Int]) -> [Int] {
        var (result, borrow) = ([Int](), 0)
        for index in x.indices {
            let digit = x[index] - (index < y.count ? y[index] : 0) - borrow
            result.append((digit + 10) % 10)
            borrow = digit < 0 ? 1 : 0
        }
        return result
    }

    private static func isLess(_ x: [Int], _ y: [Int]) -> Bool {
        for index in (0..<max(x.count, y.count)).reversed() {
            let (a, b) = (index < x.count ? x[index] : 0, index < y.count ? y[index] : 0)
            if a != b { return a < b }
        }
        return false
    }
}

/// SplitMix64: the same numbers for the same seed.
struct Seeded: RandomNumberGenerator {
    private var state: UInt64
    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
        return z ^ z >> 31
    }

    /// A number of 1 to 37 digits; often one with all nines or few digits.
    mutating func number(exponents: ClosedRange<Int32> = -40...40) -> Number {
        let count = Int.random(in: 1...37, using: &self)
        let nines = Int.random(in: 0..<8, using: &self) == 0
        var coefficient: Int128 = 0
        for _ in 0..<count { coefficient = coefficient * 10 + Int128(nines ? 9 : Int.random(in: 0...9, using: &self)) }
        return Number(
            coefficient: Bool.random(using: &self) ? coefficient : -coefficient,
            exponent: Int32.random(in: exponents, using: &self))
    }
}
