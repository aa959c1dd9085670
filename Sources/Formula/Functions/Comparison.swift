import SQL
import Values

extension Functions {
    static let comparison: [Function] = [
        Function(
            "a = b", .operators,
            """
            True when both are equal; `==` means the same. Texts compare exactly, by case too, and a blank text equals an \
            empty one. Any other comparison with a blank is unknown, which counts as false.
            """,
            example: "\"Acme\" = \"acme\"", "false",
            named: "=", .form { call throws(FormulaError) in try call.equality("=") }),
        Function(
            "a <> b", .operators, "True when both differ; `!=` means the same.", example: "1 <> 2", "true",
            named: "<>", .form { call throws(FormulaError) in try call.equality("<>") }),
        order("<", "True when the first is less, or earlier.", example: "1 < 2", "true") { isLess($0, $1) },
        order("<=", "True when the first is not greater, or not later.", example: "2 <= 2", "true") { !isLess($1, $0) },
        order(">", "True when the first is greater, or later.", example: "1 > 2", "false") { isLess($1, $0) },
        order(">=", "True when the first is not less, or not earlier.", example: "1 >= 2", "false") { !isLess($0, $1) },
    ]

    private static func order(
        _ sign: String, _ description: String, example: String, _ result: String,
        _ holds: @escaping @Sendable (Value, Value) -> Bool
    ) -> Function {
        Function(
            "a \(sign) b", .operators, description, example: example, result, named: sign,
            .overloads([Parameter.number, .text, .date, .datetime, .time].map { ordering(sign, $0, holds) }))
    }

    private static func ordering(
        _ sign: String, _ parameter: Parameter, _ holds: @escaping @Sendable (Value, Value) -> Bool
    ) -> Overload {
        let isText = parameter.bases == [.text]
        return Overload(
            name: sign, parameters: [parameter, parameter], result: .boolean,
            evaluation: isText
                ? .openTwo { .bool(holds($0.isNull ? .text("") : $0, $1.isNull ? .text("") : $1)) }
                : .two { .bool(holds($0, $1)) },
            sqlite: { terms in
                let sign = Fragment(sql: sign)
                if isText { return SQLiteTerm("(\(terms[0].filled) \(sign) \(terms[1].filled))", isNullable: false) }
                guard let sides = terms.comparable else { return nil }
                return SQLiteTerm("(\(sides[0]) \(sign) \(sides[1]))", isNullable: SQLiteTerm.anyNullable(terms))
            },
            postgres: .sql { sides in
                let sign = Fragment(sql: sign)
                return isText
                    ? "(coalesce(\(sides[0]), '') COLLATE \"C\" \(sign) coalesce(\(sides[1]), '') COLLATE \"C\")"
                    : "(\(sides[0]) \(sign) \(sides[1]))"
            })
    }
}

extension Call {
    /// `=` or `<>` between two values of one type.
    func equality(_ sign: String) throws(FormulaError) -> TypedNode {
        try require(2...2, "a \(sign) b")
        let (a, b) = (arguments[0], arguments[1])
        guard let type = a.type.joined(with: b.type), type.base != .location else {
            let expected =
                a.base == .location || a.base == b.base ? "anything but a location" : "\(a.type.phrase), as \(a.shown) is"
            throw wrong(b, expected)
        }
        return node(Overload.equality(type.base, isEqual: sign == "="))
    }
}

extension Overload {
    static func equality(_ base: Base, isEqual: Bool) -> Overload {
        Overload(
            name: isEqual ? "=" : "<>", parameters: [.of(base), .of(base)], result: .boolean,
            evaluation: .openTwo { a, b in areEqual(a, b, as: base).map { .bool($0 == isEqual) } ?? .null },
            sqlite: { terms in
                if base == .text || base == .list && !SQLiteTerm.anyNullable(terms) {
                    return SQLiteTerm("(\(terms[0].sql) \(isEqual ? "IS" : "IS NOT") \(terms[1].sql))", isNullable: false)
                }
                guard let sides = terms.comparable else { return nil }
                return SQLiteTerm("(\(sides[0]) \(isEqual ? "=" : "<>") \(sides[1]))", isNullable: SQLiteTerm.anyNullable(terms))
            },
            postgres: .sql { sides in
                base == .text
                    ? "(\(sides[0]) IS \(isEqual ? "NOT DISTINCT" : "DISTINCT") FROM \(sides[1]))"
                    : "(\(sides[0]) \(isEqual ? "=" : "<>") \(sides[1]))"
            })
    }
}

extension SQLiteTerm {
    /// A text that is empty where it is blank.
    var filled: Fragment { isNullable ? "coalesce(\(sql), '')" : sql }
}

extension [SQLiteTerm] {
    /// Both sides as they can be compared: numbers in the same units.
    var comparable: [Fragment]? { contains { $0.bounds != nil } ? SQLiteTerm.aligned(self) : map(\.sql) }
}
