import SQL
import Values

extension Functions {
    static let math: [Function] = rounding + basics + scientific

    private static let basics: [Function] = [
        Function(
            "ABS(number)", .math, "The number without its sign.", example: "ABS(-3.5)", "3.5",
            Overload(
                name: "ABS", parameters: [.number], result: .number, evaluation: .number { .number($0.magnitude) },
                bounds: { $0[0] }, sqlite: native("abs"), postgres: .sql { "abs(\($0[0]))" })),
        Function(
            "MOD(number, divisor)", .math, "What is left of a division; it has the sign of the number.",
            example: "MOD(-7, 3)", "-1",
            Overload(
                name: "MOD", parameters: [.number, .number], result: .number, mayFail: true,
                evaluation: .numbers { a, b throws(FormulaError) in
                    guard let remainder = Number.remainder(a, b) else { throw .failure(.divisionByZero, "MOD by zero") }
                    return try bounded(remainder)
                },
                bounds: { Bounds.either($0[0], $0[1]) }, postgres: .function("mod"))),
        Function(
            "MAX(number, ...)", .math, "The greatest of the numbers; blank where one of them is.", example: "MAX(3, 8, 5)",
            "8",
            extreme("MAX") { $0 < $1 }),
        Function(
            "MIN(number, ...)", .math, "The least of the numbers; blank where one of them is.", example: "MIN(3, 8, 5)", "3",
            extreme("MIN") { $1 < $0 }),
        Function(
            "SIGN(number)", .math, "-1, 0 or 1: the sign of the number.", example: "SIGN(-3.5)", "-1",
            Overload(
                name: "SIGN", parameters: [.number], result: .number,
                evaluation: .number { Value($0.isZero ? 0 : $0.isNegative ? -1 : 1) }, bounds: { _ in .integer(1) },
                sqlite: { SQLiteTerm("sign(\($0[0].sql))", bounds: .integer(1), isNullable: $0[0].isNullable) },
                postgres: .sql { "sign(\($0[0]))" })),
        Function(
            "RANDOM(seed)", .math, "A number from 0 to below 1 that looks random, always the same for the same seed.",
            example: "RANDOM(42)", "0.1806555945684169",
            Overload(
                name: "RANDOM", parameters: [.number], result: .number, evaluation: .number { .number(random($0)) },
                postgres: .function("random"))),
    ]

    private static let rounding: [Function] = [
        toDigits(
            "ROUND(number, digits)",
            "Rounded to so many digits after the point, halves away from zero; negative digits round to tens, hundreds, ...",
            example: "ROUND(-2.345, 2)", "-2.35"
        ) { $0.rounded(to: $1) },
        toDigits(
            "TRUNC(number[, digits])", "Cut after so many digits after the point (0 where not given).",
            example: "TRUNC(-2.349, 2)", "-2.34"
        ) { $0.truncated(to: $1) },
        whole("CEILING(number)", "Rounded to the next integer away from zero.", example: "CEILING(-1.3)", "-2") {
            $0.isNegative ? $0.floor : $0.ceiling
        },
        whole("FLOOR(number)", "Rounded to the next integer towards zero.", example: "FLOOR(-1.3)", "-1") { $0.truncated(to: 0) },
        whole("MCEILING(number)", "Rounded up to the next integer.", example: "MCEILING(-1.3)", "-1") { $0.ceiling },
        whole("MFLOOR(number)", "Rounded down to the next integer.", example: "MFLOOR(-1.3)", "-2") { $0.floor },
    ]

    private static func toDigits(
        _ signature: String, _ description: String, example: String, _ result: String,
        _ body: @escaping @Sendable (Number, Int) -> Number
    ) -> Function {
        let name = String(signature.prefix(5))
        return Function(
            signature, .math, description, example: example, result,
            Overload(
                name: name, parameters: [.number, .number], optional: name == "TRUNC" ? 1 : 0, result: .number, mayFail: true,
                evaluation: .many { values throws(FormulaError) in
                    guard case .number(let number) = values[0] else { return .null }
                    let digits = values.count > 1 ? values[1].number ?? .zero : .zero
                    return try bounded(body(number, min(max(digits, -64), 64).truncated(to: 0).integer ?? 0))
                },
                postgres: .function(name.lowercased())))
    }

    /// Rounding to integers, after the last digits of a quotient are rounded away: `10 / 3 * 3` is 10 here.
    private static func whole(
        _ signature: String, _ description: String, example: String, _ result: String,
        _ body: @escaping @Sendable (Number) -> Number
    ) -> Function {
        let name = String(signature.prefix { $0 != "(" })
        return Function(
            signature, .math, description, example: example, result,
            Overload(
                name: name, parameters: [.number], result: .number,
                evaluation: .number { .number(body($0.rounded(toSignificant: 33))) },
                bounds: { $0[0].map { .integer($0.whole + 1) } },
                sqlite: { $0[0].bounds?.scale == 0 ? $0[0] : nil }, postgres: .function(name.lowercased())))
    }

    private static func extreme(
        _ name: String, _ replaces: @escaping @Sendable (Number, Number) -> Bool
    ) -> Overload {
        Overload(
            name: name, parameters: [.number], repeats: true, result: .number,
            evaluation: .many { values in
                var best = values[0].number ?? .zero
                for value in values.dropFirst() {
                    if case .number(let number) = value, replaces(best, number) { best = number }
                }
                return .number(best)
            },
            bounds: { $0.dropFirst().reduce($0[0], Bounds.either) },
            sqlite: { terms in
                guard let units = SQLiteTerm.aligned(terms) else { return nil }
                let bounds = terms.dropFirst().reduce(terms[0].bounds) { Bounds.either($0, $1.bounds) }
                if units.count == 1 { return terms[0] }
                return SQLiteTerm(
                    "\(Fragment(sql: name.lowercased()))(\(units.joined(separator: ", ")))", bounds: bounds,
                    isNullable: SQLiteTerm.anyNullable(terms))
            },
            postgres: .sql { "\(Fragment(sql: "martlet_" + name.lowercased()))(ARRAY[\($0.joined(separator: ", "))]::numeric[])" }
        )
    }

    private static func native(_ function: String) -> SQLiteForm {
        { SQLiteTerm("\(Fragment(sql: function))(\($0[0].sql))", bounds: $0[0].bounds, isNullable: $0[0].isNullable) }
    }
}
