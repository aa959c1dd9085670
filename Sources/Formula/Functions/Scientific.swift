import Foundation
import SQL
import Values

extension Functions {
    /// Roots, logarithms and angles: computed in double precision, and rounded to 15 significant digits.
    static let scientific: [Function] = [
        Function(
            "SQRT(number)", .math, "The square root; an error for a negative number.", example: "SQRT(2)", "1.4142135623731",
            inDouble("SQRT", valid: { !$0.isNegative }, "A negative number has no square root") { $0.squareRoot() }),
        Function(
            "EXP(number)", .math, "e raised to the number.", example: "EXP(1)", "2.71828182845905",
            inDouble("EXP", valid: { _ in true }, "") { exp($0) }),
        Function(
            "LN(number)", .math, "The natural logarithm; an error unless the number is positive.", example: "LN(10)",
            "2.30258509299405",
            inDouble("LN", valid: { $0 > .zero }, "Only a positive number has a logarithm") { log($0) }),
        Function(
            "LOG(number)", .math, "The logarithm to base 10; an error unless the number is positive.", example: "LOG(1000)", "3",
            inDouble("LOG", valid: { $0 > .zero }, "Only a positive number has a logarithm") { log10($0) }),
        Function(
            "POWER(number, exponent)", .math, "A power: exact for a whole exponent, else rounded to 15 digits.",
            example: "POWER(2, 0.5)", "1.4142135623731", power),
        Function(
            "SIN(angle)", .math, "The sine of an angle in radians.", example: "SIN(1)", "0.841470984807897",
            inDouble("SIN", valid: { _ in true }, "") { sin($0) }),
        Function(
            "COS(angle)", .math, "The cosine of an angle in radians.", example: "COS(0)", "1",
            inDouble("COS", valid: { _ in true }, "") { cos($0) }),
        Function(
            "TAN(angle)", .math, "The tangent of an angle in radians.", example: "TAN(1)", "1.5574077246549",
            inDouble("TAN", valid: { _ in true }, "") { tan($0) }),
        Function(
            "ASIN(number)", .math, "The angle, in radians, whose sine the number is; an error outside -1 to 1.",
            example: "ASIN(1)", "1.5707963267949", inDouble("ASIN", valid: isRatio, "ASIN takes -1 to 1") { asin($0) }),
        Function(
            "ACOS(number)", .math, "The angle, in radians, whose cosine the number is; an error outside -1 to 1.",
            example: "ACOS(0)", "1.5707963267949", inDouble("ACOS", valid: isRatio, "ACOS takes -1 to 1") { acos($0) }),
        Function(
            "ATAN(number)", .math, "The angle, in radians, whose tangent the number is.", example: "ATAN(1)", "0.785398163397448",
            inDouble("ATAN", valid: { _ in true }, "") { atan($0) }),
        Function(
            "ATAN2(y, x)", .math, "The angle, in radians, of the point from the x axis.", example: "ATAN2(1, -1)",
            "2.35619449019234",
            Overload(
                name: "ATAN2", parameters: [.number, .number], result: .number,
                evaluation: .numbers { y, x throws(FormulaError) in try rounded(atan2(y.double, x.double)) },
                postgres: .function("atan2"))),
        Function(
            "PI()", .math, "The ratio of a circle's circumference to its diameter.", example: "PI()", "3.14159265358979",
            Overload(
                name: "PI", parameters: [], result: .number,
                evaluation: .open { _ in .number(pi) }, bounds: { _ in Bounds(pi) }, postgres: .sql { _ in "3.14159265358979" })),
    ]

    private static let pi = Number(scaled: 314_159_265_358_979, scale: 14)

    @Sendable private static func isRatio(_ number: Number) -> Bool { number.magnitude <= .one }

    private static func inDouble(
        _ name: String, valid: @escaping @Sendable (Number) -> Bool, _ complaint: String,
        _ body: @escaping @Sendable (Double) -> Double
    ) -> Overload {
        Overload(
            name: name, parameters: [.number], result: .number, mayFail: true,
            evaluation: .number { number throws(FormulaError) in
                guard valid(number) else { throw .failure(.domain, complaint) }
                return try rounded(body(number.double))
            },
            postgres: .function(name.lowercased()))
    }

    private static let power = Overload(
        name: "POWER", parameters: [.number, .number], result: .number, mayFail: true,
        evaluation: .numbers { base, exponent throws(FormulaError) in
            if let whole = exponent.integer { return try bounded(Formula.power(base, whole)) }
            guard !base.isNegative else { throw .failure(.domain, "A negative number has no power \(exponent)") }
            if base.isZero, exponent.isNegative { throw .failure(.divisionByZero, "Zero has no negative power") }
            return try rounded(pow(base.double, exponent.double))
        },
        postgres: .function("power"))
}

/// A double as formulas know it: 15 significant digits.
func rounded(_ double: Double) throws(FormulaError) -> Value {
    guard let number = Number(double, significant: 15) else { throw .failure(.outOfRange, "The result is too large") }
    return try bounded(number.reduced)
}
