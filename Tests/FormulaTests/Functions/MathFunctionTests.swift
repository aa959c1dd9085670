import Formula
import Testing

@Suite struct `Math functions` {
    @Test(arguments: [
        ("ABS(3.5)", "3.5"), ("ABS(-3.5)", "3.5"), ("ABS(0)", "0"),
        ("CEILING(1.3)", "2"), ("CEILING(-1.3)", "-2"), ("CEILING(0.07)", "1"), ("CEILING(-0.07)", "-1"), ("CEILING(0)", "0"),
        ("CEILING(6/11*11)", "6"),
        ("FLOOR(1.7)", "1"), ("FLOOR(-1.7)", "-1"), ("FLOOR(-0.07)", "0"), ("FLOOR(6/11*11)", "6"),
        ("FLOOR(99999999999999999.5)", "99999999999999999"),
        ("MCEILING(-1.7)", "-1"), ("MCEILING(1.3)", "2"), ("MCEILING(-0.07)", "0"), ("MFLOOR(-1.3)", "-2"), ("MFLOOR(1.7)", "1"),
        ("MFLOOR(-0.07)", "-1"),
        ("ROUND(1.13, 1)", "1.1"), ("ROUND(-1.17, 1)", "-1.2"), ("ROUND(0.0006, 3)", "0.001"),
        ("ROUND(-123456.3335, -2)", "-123500"), ("ROUND(2.5, 0)", "3"),
        ("ROUND(-2.5, 0)", "-3"), ("ROUND(1.005, 2)", "1.01"), ("ROUND(1.5, 0.9)", "2"), ("ROUND(1, 1000000)", "1"),
        ("ROUND(1, -1000000)", "0"),
        ("TRUNC(2.99)", "2"), ("TRUNC(-2.99)", "-2"), ("TRUNC(2.349, 2)", "2.34"), ("TRUNC(1299, -2)", "1200"),
        ("MOD(100, 10)", "0"), ("MOD(-101, 10)", "-1"), ("MOD(100.5, -10)", "0.5"), ("MOD(5.5, 0.2)", "0.1"),
        ("MOD(1, 0)", "error: division_by_zero"),
        ("MAX(100, 10, 34)", "100"), ("MAX(-101, 10)", "10"), ("MAX(7)", "7"), ("MIN(-100.5, -10)", "-100.5"),
        ("MIN(10, 100, 1000)", "10"),
        ("SIGN(-0.001)", "-1"), ("SIGN(0)", "0"), ("SIGN(12)", "1"),
    ]) func `round, cut and compare exactly`(formula: String, expected: String) {
        #expect(outcome(formula) == expected)
    }

    @Test(arguments: [
        ("SQRT(16)", "4"), ("SQRT(2)", "1.4142135623731"), ("SQRT(0)", "0"), ("SQRT(-1)", "error: domain"), ("EXP(0)", "1"),
        ("EXP(-1000)", "0"),
        ("EXP(1000)", "error: out_of_range"), ("ROUND(EXP(LN(36)), 10)", "36"), ("LN(1)", "0"), ("LN(0)", "error: domain"),
        ("LN(-1)", "error: domain"),
        ("LOG(100)", "2"), ("LOG(ABS(100))", "2"), ("LOG(0)", "error: domain"), ("POWER(2, 10)", "1024"),
        ("POWER(2, -2)", "0.25"), ("POWER(4, 0.5)", "2"),
        ("POWER(-8, 1/3)", "error: domain"), ("POWER(0, -0.5)", "error: division_by_zero"), ("POWER(0, 0)", "1"),
        ("POWER(10, 64)", "error: out_of_range"),
        ("POWER(1, 1000000000000)", "1"), ("SIN(0)", "0"), ("COS(0)", "1"), ("TAN(0)", "0"), ("ROUND(SIN(PI() / 6), 10)", "0.5"),
        ("ASIN(1)", "1.5707963267949"),
        ("ASIN(1.1)", "error: domain"), ("ACOS(1)", "0"), ("ACOS(-2)", "error: domain"), ("ATAN(1)", "0.785398163397448"),
        ("ATAN2(-1, 99)", "-0.0101006665853219"),
        ("ATAN2(0, 0)", "0"), ("ATAN2(99, -1)", "1.58089699338022"), ("PI()", "3.14159265358979"),
    ]) func `compute roots, powers and angles to 15 digits`(formula: String, expected: String) {
        #expect(outcome(formula) == expected)
    }

    @Test(arguments: [
        ("2 ^ 3", "8"), ("0 ^ 0", "1"), ("0.0 ^ 0.0", "1"), ("(-1) ^ 99", "-1"), ("1.5 ^ 2", "2.25"), ("600 ^ -600", "0"),
        ("99 ^ -1 * 99 = 99 ^ -99", "true"),
        ("(1 / 3) ^ 2", "0.1111111111111111111111111111111111111"), ("1.1111 ^ 1.1111", "error: domain"),
        ("123456789 ^ 123456789", "error: out_of_range"),
        ("0.0000000000001 ^ 1000", "0"), ("0.0000000000001 ^ -1000", "error: out_of_range"),
        ("0 ^ -1", "error: division_by_zero"),
        ("10 ^ 63 * 10", "error: out_of_range"),
        ("10 ^ 63 + 10 ^ 63", "2000000000000000000000000000000000000000000000000000000000000000"),
        ("1 / 49 * 1.49", "0.03040816326530612244897959183673469388"),
        ("12345678901234567.89 + 0.000000000000000001", "12345678901234567.890000000000000001"),
    ]) func `keep operators exact, within the range of formulas`(formula: String, expected: String) {
        #expect(outcome(formula) == expected)
    }

    @Test func `draw the same random number for the same seed`() {
        #expect(outcome("RANDOM(7) = RANDOM(7.0)") == "true")
        #expect(outcome("RANDOM(7) = RANDOM(8)") == "false")
        #expect(outcome("AND(RANDOM(1) >= 0, RANDOM(1) < 1)") == "true")
    }

    @Test(arguments: [
        "ABS", "CEILING", "FLOOR", "MCEILING", "MFLOOR", "TRUNC", "SQRT", "EXP", "LN", "LOG", "SIN", "COS", "TAN", "ASIN", "ACOS",
        "ATAN", "SIGN", "RANDOM", "MAX",
    ]) func `are blank for a blank number, unless that is zero`(name: String) {
        #expect(outcome("\(name)(Amount)", blanks: .blank) == "blank")
        #expect(outcome("\(name)(Amount)", blanks: .zero) == outcome("\(name)(0)"))
    }

    @Test(arguments: [
        ("ROUND(Amount, 2)", "0"), ("ROUND(1.55, Amount)", "2"), ("MOD(Amount, 7)", "0"),
        ("MOD(7, Amount)", "error: division_by_zero"), ("MAX(-1, Amount)", "0"),
        ("MIN(1, Amount, 2)", "0"), ("POWER(Amount, 2)", "0"), ("POWER(2, Amount)", "1"), ("ATAN2(Amount, 24)", "0"),
        ("Amount + 1", "1"), ("1 - Amount", "1"),
        ("Amount * 5", "0"), ("5 / Amount", "error: division_by_zero"), ("Amount / 5", "0"), ("Amount ^ 2", "0"),
        ("-Amount", "0"),
    ]) func `are blank for any blank number, unless that is zero`(formula: String, zero: String) {
        #expect(outcome(formula, blanks: .blank) == "blank")
        #expect(outcome(formula, blanks: .zero) == zero)
    }
}
