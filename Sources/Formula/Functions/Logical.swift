import SQL
import Values

extension Functions {
    static let logical: [Function] = [
        Function(
            "AND(condition, ...)", .logical, "True when all conditions are true. Stops at the first that is not.",
            example: "AND(1 < 2, 2 < 3)", "true", .form { call throws(FormulaError) in try call.truths { .all($0) } }),
        Function(
            "OR(condition, ...)", .logical, "True when one of the conditions is true. Stops at the first that is.",
            example: "OR(1 > 2, 2 < 3)", "true", .form { call throws(FormulaError) in try call.truths { .any($0) } }),
        Function(
            "NOT(condition)", .logical, "True for false, and false for true. The prefix operator `!` means the same.",
            example: "NOT(1 > 2)", "true", negation),
        Function(
            "IF(condition, value, otherwise)", .logical, "One of two values. A condition that is blank counts as false.",
            example: "IF(3 > 2, \"more\", \"less\")", "more",
            .form { call throws(FormulaError) in
                try call.require(3...3, "IF(condition, value, otherwise)")
                return try call.branches()
            }),
        Function(
            "IFS(condition, value, ..., otherwise)", .logical, "The value of the first condition that is true.",
            example: "IFS(1 > 2, \"a\", 2 > 1, \"b\", \"c\")", "b",
            .form { call throws(FormulaError) in
                guard call.arguments.count >= 3, call.arguments.count % 2 == 1
                else { throw call.wrongCount("IFS(condition, value, ..., otherwise)") }
                return try call.branches()
            }),
        Function(
            "CASE(subject, test, value, ..., otherwise)", .logical, "The value of the first test that equals the subject.",
            example: "CASE(2, 1, \"one\", 2, \"two\", \"many\")", "two", .form { call throws(FormulaError) in try call.cases() }),
        Function(
            "ISBLANK(value)", .logical, "True when there is no value. With blanks as zeros a number is never blank.",
            example: "ISBLANK(\"\")", "true", isBlank),
        Function(
            "ISNULL(value)", .logical, "Like ISBLANK, but a text is never null.", example: "ISNULL(\"\")", "false",
            .form { call throws(FormulaError) in try call.isNull() }),
        Function(
            "BLANKVALUE(value, substitute)", .logical, "The value, or the substitute where there is none.",
            example: "BLANKVALUE(\"\", \"none\")", "none",
            .form { call throws(FormulaError) in
                try call.require(2...2, "BLANKVALUE(value, substitute)")
                let type = try call.joined(call.arguments)
                return TypedNode(type: type, form: .coalesce(call.arguments[0], call.arguments[1]), syntax: call.syntax)
            }),
        Function(
            "NULLVALUE(value, substitute)", .logical, "Like BLANKVALUE, but a text is never null.",
            example: "NULLVALUE(7, 0)", "7",
            .form { call throws(FormulaError) in
                try call.require(2...2, "NULLVALUE(value, substitute)")
                let type = try call.joined(call.arguments)
                let (value, substitute) = (call.arguments[0], call.arguments[1])
                guard type.base == .text else {
                    return TypedNode(type: type, form: .coalesce(value, substitute), syntax: call.syntax)
                }
                let always = call.constant(.bool(true), .boolean)
                return TypedNode(
                    type: type, form: .choose([.init(test: always, value: value)], otherwise: substitute), syntax: call.syntax)
            }),
        Function(
            "IFERROR(value, substitute)", .logical, "The value, or the substitute where computing it fails.",
            example: "IFERROR(1 / 0, -1)", "-1",
            .form { call throws(FormulaError) in
                try call.require(2...2, "IFERROR(value, substitute)")
                let type = try call.joined(call.arguments)
                return TypedNode(type: type, form: .rescue(call.arguments[0], call.arguments[1]), syntax: call.syntax)
            }),
        Function(
            "ISPICKVAL(picklist, value)", .logical, "True when the picklist has that value; an empty text stands for none.",
            example: "ISPICKVAL(\"Hot\", \"Hot\")", "true",
            .form { call throws(FormulaError) in
                try call.require(2...2, "ISPICKVAL(picklist, value)")
                for argument in call.arguments { try call.require(argument, .text) }
                return call.node(Overload.equality(.text, isEqual: true))
            }),
        Function(
            "IN(value, candidate, ...)", .logical, "True when the value equals one of the candidates; a blank value equals none.",
            example: "IN(\"b\", \"a\", \"b\")", "true", .form { call throws(FormulaError) in try call.membership() }),
        Function(
            "INCLUDES(multiPicklist, value)", .logical, "True when the value is among those chosen.",
            example: "INCLUDES(NULL, \"Golf\")", "false", inclusion),
        Function(
            "ISCHANGED(field)", .logical, "True when the change gives the field another value; false for a new record.",
            example: "ISCHANGED(Stage)", "",
            .form { call throws(FormulaError) in
                let position = try call.fieldPosition()
                return call.change(.boolean, .context { _, input in .bool(isChanged(position, input)) })
            }),
        Function(
            "PRIORVALUE(field)", .logical, "The field's value before the change; its present value for a new record.",
            example: "PRIORVALUE(Stage)", "",
            .form { call throws(FormulaError) in
                _ = try call.fieldPosition()
                return call.change(call.arguments[0].type, .prior)
            }),
        Function(
            "ISNEW()", .logical, "True while the record is being created.", example: "ISNEW()", "",
            Overload(
                name: "ISNEW", parameters: [], result: .boolean, needs: .change,
                evaluation: .context { _, input in .bool(input.isNew) }, postgres: .none("ISNEW"))),
        Function(
            "ISCLONE()", .logical, "True while the record is being created as a copy of another.", example: "ISCLONE()", "",
            Overload(
                name: "ISCLONE", parameters: [], result: .boolean, needs: .change,
                evaluation: .context { _, input in .bool(input.isClone) }, postgres: .none("ISCLONE"))),
    ]

    private static let negation = Overload(
        name: "NOT", parameters: [.boolean], result: .boolean,
        evaluation: .one { value in value.bool.map { .bool(!$0) } ?? .null },
        sqlite: { SQLiteTerm("(NOT \($0[0].sql))", isNullable: $0[0].isNullable) },
        postgres: .sql { "(NOT \($0[0]))" })

    private static let inclusion = Overload(
        name: "INCLUDES", parameters: [.list, .text], result: .boolean,
        evaluation: .openTwo { list, value in
            guard case .list(let items) = list else { return .bool(false) }
            return .bool(items.contains { sameText($0, value.text ?? "") })
        },
        sqlite: { terms in
            SQLiteTerm(
                "EXISTS (SELECT 1 FROM json_each(\(terms[0].sql)) WHERE value IS \(terms[1].sql))", isNullable: false)
        },
        postgres: .sql { "coalesce(\($0[1]) = ANY(\($0[0])), false)" })

    static let isBlank = Overload(
        name: "ISBLANK", parameters: [.any], result: .boolean, evaluation: .openOne { .bool($0.isNull) },
        sqlite: { SQLiteTerm("(\($0[0].sql) IS NULL)", isNullable: false) },
        postgres: .sql { "(\($0[0]) IS NULL)" })

    private static func isChanged(_ position: Int, _ input: FormulaInput) -> Bool {
        guard let prior = input.prior, !input.isNew else { return false }
        let (before, after) = (prior[position], input.values[position])
        return !(before == after && sameText(before.text ?? "", after.text ?? ""))
    }
}

extension Call {
    /// Conditions and values in turn, and the value otherwise.
    func branches() throws(FormulaError) -> TypedNode {
        let pairs = stride(from: 0, to: arguments.count - 1, by: 2).map {
            TypedNode.Branch(test: arguments[$0], value: arguments[$0 + 1])
        }
        for pair in pairs { try require(pair.test, .boolean) }
        let otherwise = arguments[arguments.count - 1]
        let type = try joined(pairs.map(\.value) + [otherwise])
        return TypedNode(type: type, form: .choose(pairs, otherwise: otherwise), syntax: syntax)
    }

    func cases() throws(FormulaError) -> TypedNode {
        guard arguments.count >= 4, arguments.count % 2 == 0
        else { throw wrongCount("CASE(subject, test, value, ..., otherwise)") }
        let pairs = stride(from: 1, to: arguments.count - 1, by: 2).map {
            TypedNode.Branch(test: arguments[$0], value: arguments[$0 + 1])
        }
        var subject = arguments[0].type
        for pair in pairs {
            guard let joined = subject.joined(with: pair.test.type), joined.base != .location
            else { throw wrong(pair.test, "\(subject.phrase), as before it") }
            subject = joined
        }
        let otherwise = arguments[arguments.count - 1]
        let type = try joined(pairs.map(\.value) + [otherwise])
        return TypedNode(type: type, form: .match(arguments[0], pairs, otherwise: otherwise), syntax: syntax)
    }

    func isNull() throws(FormulaError) -> TypedNode {
        try require(1...1, "ISNULL(value)")
        guard arguments[0].base == .text else { return node(Functions.isBlank) }
        return node(
            Overload(
                name: "ISNULL", parameters: [.text], result: .boolean, evaluation: .open { _ in .bool(false) },
                sqlite: { _ in SQLiteTerm("0", isNullable: false) }, postgres: .sql { _ in "false" }))
    }

    /// True when the first argument equals one of the others.
    func membership() throws(FormulaError) -> TypedNode {
        guard arguments.count >= 2 else { throw wrongCount("IN(value, candidate, ...)") }
        let type = try joined(arguments)
        guard type.base != .location else { throw wrong(arguments[0], "anything but a location") }
        let candidates = arguments.dropFirst()
        if case .field = arguments[0].form, candidates.allSatisfy({ $0.literal.map { !$0.isNull } ?? false }) {
            // Comparisons of a column with constants are what an index can serve.
            return TypedNode(type: .boolean, form: .any(candidates.map { equal($0, type.base) }), syntax: syntax)
        }
        let blank = TypedNode.Branch(test: constant(.null, .null), value: constant(.bool(false), .boolean))
        let branches = candidates.map { TypedNode.Branch(test: $0, value: constant(.bool(true), .boolean)) }
        return TypedNode(
            type: .boolean, form: .match(arguments[0], [blank] + branches, otherwise: constant(.bool(false), .boolean)),
            syntax: syntax)
    }

    private func equal(_ candidate: TypedNode, _ base: Base) -> TypedNode {
        TypedNode(
            type: .boolean, form: .call(Overload.equality(base, isEqual: true), [arguments[0], candidate]),
            syntax: .infix(.equal, arguments[0].syntax, candidate.syntax, candidate.place))
    }

    fileprivate func constant(_ value: Value, _ type: FormulaType) -> TypedNode {
        TypedNode(type: type, form: .literal(value), syntax: syntax)
    }

    func fieldPosition() throws(FormulaError) -> Int {
        try require(1...1, "\(name)(field)")
        guard case .field(let position) = arguments[0].form else {
            throw FormulaError("\(arguments[0].shown) is no field; \(name) expects the name of one", code: .type, at: place)
        }
        return position
    }

    /// A function of the record before the change.
    func change(_ type: FormulaType, _ evaluation: Evaluation) -> TypedNode {
        node(
            Overload(
                name: name, parameters: [.any], result: type, needs: .change, evaluation: evaluation, postgres: .none(name)))
    }
}
