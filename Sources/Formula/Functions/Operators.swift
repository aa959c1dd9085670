import SQL
import Values

extension Functions {
    static let operators: [Function] = arithmetic + comparison + joining

    private static let joining: [Function] = [
        Function(
            "text & text", .operators, "Joins two texts; a blank one adds nothing.", example: "\"Acme\" & \" \" & \"Corp\"",
            "Acme Corp",
            named: "&", concatenation("&")),
        Function(
            "a && b", .operators, "True when both are true, like AND.", example: "1 < 2 && 2 < 3", "true",
            named: "&&", .form { call throws(FormulaError) in try call.truths { .all($0) } }),
        Function(
            "a || b", .operators, "True when one is true, like OR.", example: "1 > 2 || 2 < 3", "true",
            named: "||", .form { call throws(FormulaError) in try call.truths { .any($0) } }),
    ]

    private static let arithmetic: [Function] = [
        Function(
            "a + b", .operators,
            """
            Adds two numbers, a number of days to a date (whole days) or to a date with time (to the second), a number of \
            milliseconds to a time, or joins two texts.
            """,
            example: "DATE(2024, 2, 28) + 1", "2024-02-29",
            named: "+", .overloads(additions)),
        Function(
            "a - b", .operators,
            """
            Subtracts numbers; days from a date; milliseconds from a time. Two dates or dates with time give the days \
            between them, two times the milliseconds from the second to the first, at most a day.
            """,
            example: "DATE(2024, 3, 1) - DATE(2024, 2, 1)", "29",
            named: "-", .overloads(subtractions)),
        Function(
            "a * b", .operators, "Multiplies two numbers.", example: "1.5 * 4", "6",
            named: "*", .overloads([product])),
        Function(
            "a / b", .operators, "Divides two numbers, to 37 digits. Dividing by zero is an error.", example: "7 / 4", "1.75",
            named: "/", .overloads([quotient])),
        Function(
            "a ^ b", .operators,
            """
            Raises a number to a whole power. As in the reference it binds looser than `*` and `/`, and to the left: \
            `2 * 2 ^ 3` is 64. POWER takes any exponent.
            """,
            example: "2 ^ 10", "1024",
            named: "^", .overloads([wholePower])),
        Function(
            "-a", .operators, "The negative of a number.", example: "-(2 + 3)", "-5",
            named: "negate", .form { call throws(FormulaError) in try call.negated() }),
        Function(
            "+a", .operators, "The number itself.", example: "+5", "5",
            named: "identity",
            .form { call throws(FormulaError) in
                try call.require(call.arguments[0], .number)
                return call.arguments[0]
            }),
    ]

    private static let additions: [Overload] =
        [
            Overload(
                name: "+", parameters: [.number, .number], result: .number, mayFail: true,
                evaluation: .numbers { a, b throws(FormulaError) in try bounded(a + b) },
                bounds: { Bounds.sum($0[0], $0[1]) }, sqlite: arithmetic("+"), postgres: .number("+")),
            moved("+", .date, .number(of: "days"), 1), swapped("+", .number(of: "days"), .date, 1),
            moved("+", .datetime, .number(of: "days"), 1), swapped("+", .number(of: "days"), .datetime, 1),
            moved("+", .time, .number(of: "milliseconds"), 1), swapped("+", .number(of: "milliseconds"), .time, 1),
        ] + concatenations("+")

    private static let subtractions: [Overload] = [
        Overload(
            name: "-", parameters: [.number, .number], result: .number, mayFail: true,
            evaluation: .numbers { a, b throws(FormulaError) in try bounded(a - b) },
            bounds: { Bounds.sum($0[0], $0[1]) }, sqlite: arithmetic("-"), postgres: .number("-")),
        moved("-", .date, .number(of: "days"), -1), moved("-", .datetime, .number(of: "days"), -1),
        moved("-", .time, .number(of: "milliseconds"), -1),
        Overload(
            name: "-", parameters: [.date, .date], result: .number, evaluation: .two { a, b in daysBetween(a, b) },
            bounds: { _ in .integer(7) },
            sqlite: { terms in
                SQLiteTerm(
                    "CAST(julianday(\(terms[0].sql)) - julianday(\(terms[1].sql)) AS INTEGER)", bounds: .integer(7),
                    isNullable: SQLiteTerm.anyNullable(terms))
            },
            postgres: .sql { "(\($0[0]) - \($0[1]))::numeric" }),
        Overload(
            name: "-", parameters: [.datetime, .datetime], result: .number, evaluation: .two { a, b in daysBetween(a, b) },
            postgres: .function("days_between")),
        Overload(
            name: "-", parameters: [.time, .time], result: .number, evaluation: .two { a, b in millisecondsBetween(a, b) },
            bounds: { _ in .integer(8) }, postgres: .function("milliseconds_between")),
    ]

    private static let product = Overload(
        name: "*", parameters: [.number, .number], result: .number, mayFail: true,
        evaluation: .numbers { a, b throws(FormulaError) in try bounded(a * b) },
        bounds: { Bounds.product($0[0], $0[1]) },
        sqlite: { terms in
            guard let bounds = Bounds.product(terms[0].bounds, terms[1].bounds), bounds.digits <= SQLiteTerm.maximumDigits
            else { return nil }
            return SQLiteTerm("(\(terms[0].sql) * \(terms[1].sql))", bounds: bounds, isNullable: SQLiteTerm.anyNullable(terms))
        },
        postgres: .number("*"))

    private static let quotient = Overload(
        name: "/", parameters: [.number, .number], result: .number, mayFail: true,
        evaluation: .numbers { a, b throws(FormulaError) in
            guard let quotient = a / b else { throw .failure(.divisionByZero, "Division by zero") }
            return try bounded(quotient)
        },
        postgres: .function("divide"))

    private static let wholePower = Overload(
        name: "^", parameters: [.number, .number], result: .number, mayFail: true,
        evaluation: .numbers { base, exponent throws(FormulaError) in
            guard let whole = exponent.integer else {
                throw .failure(.domain, "The exponent of ^ must be a whole number, not \(exponent) (POWER takes any)")
            }
            return try bounded(power(base, whole))
        },
        postgres: .function("whole_power"))

    /// Adds units natively where the sum surely fits.
    private static func arithmetic(_ sign: String) -> SQLiteForm {
        { terms in
            guard let bounds = Bounds.sum(terms[0].bounds, terms[1].bounds), bounds.digits <= SQLiteTerm.maximumDigits,
                let units = SQLiteTerm.aligned(terms)
            else { return nil }
            return SQLiteTerm(
                "(\(units[0]) \(Fragment(sql: sign)) \(units[1]))", bounds: bounds, isNullable: SQLiteTerm.anyNullable(terms))
        }
    }

    private static func moved(_ name: String, _ what: Parameter, _ by: Parameter, _ sign: Int) -> Overload {
        Overload(
            name: name, parameters: [what, by], result: what.type, mayFail: true,
            evaluation: .two { start, length throws(FormulaError) in try move(start, by: length, sign) },
            postgres: .function(sign > 0 ? "add" : "subtract"))
    }

    private static func swapped(_ name: String, _ by: Parameter, _ what: Parameter, _ sign: Int) -> Overload {
        Overload(
            name: name, parameters: [by, what], result: what.type, mayFail: true,
            evaluation: .two { length, start throws(FormulaError) in try move(start, by: length, sign) },
            postgres: .sql { "martlet_add(\($0[1]), \($0[0]))" })
    }

    private static func concatenation(_ name: String) -> Function.Meaning { .overloads(concatenations(name)) }

    private static func concatenations(_ name: String) -> [Overload] {
        [
            Overload(
                name: name, parameters: [.text, .text], result: .text,
                evaluation: .openTwo { a, b throws(FormulaError) in
                    switch (a, b) {
                    case (.text(let a), .text(let b)): return .text(try joined(a, b))
                    case (.null, let other), (let other, _): return other
                    }
                },
                sqlite: { terms in
                    let parts = terms.map { $0.isNullable ? "coalesce(\($0.sql), '')" as Fragment : $0.sql }
                    let joined: Fragment = "(\(parts[0]) || \(parts[1]))"
                    return terms.allSatisfy(\.isNullable)
                        ? SQLiteTerm("nullif(\(joined), '')", isNullable: true) : SQLiteTerm(joined, isNullable: false)
                },
                postgres: .sql { "nullif(concat(\($0[0]), \($0[1])), '')" })
        ]
    }
}

extension Call {
    func truths(_ form: ([TypedNode]) -> TypedNode.Form) throws(FormulaError) -> TypedNode {
        guard !arguments.isEmpty else { throw wrongCount(name + "(condition, ...)") }
        for argument in arguments { try require(argument, .boolean) }
        return TypedNode(type: .boolean, form: form(arguments), syntax: syntax)
    }

    func negated() throws(FormulaError) -> TypedNode {
        try require(arguments[0], .number)
        if case .number(let number)? = arguments[0].literal {
            return TypedNode(type: .number, form: .literal(.number(-number)), syntax: syntax)
        }
        return node(
            Overload(
                name: "-", parameters: [.number], result: .number,
                evaluation: .one { value in value.number.map { .number(-$0) } ?? .null },
                bounds: { $0[0] },
                sqlite: { SQLiteTerm("(- \($0[0].sql))", bounds: $0[0].bounds, isNullable: $0[0].isNullable) },
                postgres: .sql { "(- \($0[0]))" }))
    }
}
