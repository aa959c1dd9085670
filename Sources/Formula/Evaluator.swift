import Values

/// A node of the typed tree as one call: no names, no types, no look-ups are left to do.
typealias Code = @Sendable (FormulaInput) throws(FormulaError) -> Value

/// Turns a typed tree into code.
struct Evaluator {
    let fields: [FormulaField]
    let blanks: BlankHandling

    func code(_ node: TypedNode) -> Code {
        switch node.form {
        case .literal(let value): { _ in value }
        case .field(let position): FieldReader(fields[position], blanks).code(position)
        case .all(let parts): all(parts.map(code))
        case .any(let parts): any(parts.map(code))
        case .choose(let branches, let otherwise): choose(branches.map { (code($0.test), code($0.value)) }, code(otherwise))
        case .match(let subject, let branches, let otherwise): match(subject, branches, otherwise)
        case .coalesce(let first, let second): coalesce(code(first), code(second))
        case .rescue(let first, let second): rescue(code(first), code(second))
        case .call(let overload, let arguments): call(overload, arguments.map(code), node.place)
        }
    }

    private func all(_ parts: [Code]) -> Code {
        if parts.count == 2 {
            let (a, b) = (parts[0], parts[1])
            return { input throws(FormulaError) in
                guard case .bool(true) = try a(input), case .bool(true) = try b(input) else { return .bool(false) }
                return .bool(true)
            }
        }
        return { input throws(FormulaError) in
            for part in parts {
                guard case .bool(true) = try part(input) else { return .bool(false) }
            }
            return .bool(true)
        }
    }

    private func any(_ parts: [Code]) -> Code {
        { input throws(FormulaError) in
            for part in parts {
                if case .bool(true) = try part(input) { return .bool(true) }
            }
            return .bool(false)
        }
    }

    private func choose(_ branches: [(test: Code, value: Code)], _ otherwise: @escaping Code) -> Code {
        { input throws(FormulaError) in
            for (test, value) in branches {
                if case .bool(true) = try test(input) { return try value(input) }
            }
            return try otherwise(input)
        }
    }

    private func match(_ subject: TypedNode, _ branches: [TypedNode.Branch], _ otherwise: TypedNode) -> Code {
        let tests = branches.map { (code($0.test), code($0.value)) }
        let (base, subject, otherwise) = (TypedNode.compared(subject, branches), code(subject), code(otherwise))
        return { input throws(FormulaError) in
            let wanted = try subject(input)
            for (test, value) in tests {
                if try areEqual(wanted, test(input), as: base) == true { return try value(input) }
            }
            return try otherwise(input)
        }
    }

    private func coalesce(_ first: @escaping Code, _ second: @escaping Code) -> Code {
        { input throws(FormulaError) in
            let value = try first(input)
            if case .null = value { return try second(input) }
            return value
        }
    }

    private func rescue(_ first: @escaping Code, _ second: @escaping Code) -> Code {
        { input throws(FormulaError) in
            do throws(FormulaError) { return try first(input) } catch { return try second(input) }
        }
    }

    private func call(_ overload: Overload, _ arguments: [Code], _ place: Place) -> Code {
        let code = overload.evaluation.code(arguments)
        guard overload.mayFail else { return code }
        return { input throws(FormulaError) in
            do throws(FormulaError) { return try code(input) } catch {
                // An error made by a function itself has no place yet; one of its arguments has.
                throw error.line == 0 ? error.at(place) : error
            }
        }
    }
}

extension FormulaError {
    /// A failure of a function, which does not know where it stands: the call adds the place.
    static func failure(_ code: Code, _ message: String) -> FormulaError { FormulaError(message, code: code, line: 0, column: 0) }
}

extension Evaluation {
    func code(_ arguments: [Code]) -> Code {
        switch self {
        case .one(let body):
            let a = arguments[0]
            return { input throws(FormulaError) in
                let x = try a(input)
                if case .null = x { return .null }
                return try body(x)
            }
        case .two(let body):
            let (a, b) = (arguments[0], arguments[1])
            return { input throws(FormulaError) in
                let x = try a(input)
                let y = try b(input)
                if case .null = x { return .null }
                if case .null = y { return .null }
                return try body(x, y)
            }
        case .many(let body):
            return { input throws(FormulaError) in
                let values = try evaluated(arguments, input)
                for value in values { if case .null = value { return .null } }
                return try body(values)
            }
        case .open(let body): return { input throws(FormulaError) in try body(evaluated(arguments, input)) }
        case .openOne(let body):
            let a = arguments[0]
            return { input throws(FormulaError) in try body(a(input)) }
        case .openTwo(let body):
            let (a, b) = (arguments[0], arguments[1])
            return { input throws(FormulaError) in try body(a(input), b(input)) }
        case .context(let body): return { input throws(FormulaError) in try body(evaluated(arguments, input), input) }
        case .prior:
            let field = arguments[0]
            return { input throws(FormulaError) in
                guard let prior = input.prior, !input.isNew else { return try field(input) }
                var past = input
                past.values = prior
                return try field(past)
            }
        }
    }
}

private func evaluated(_ arguments: [Code], _ input: FormulaInput) throws(FormulaError) -> [Value] {
    var values: [Value] = []
    values.reserveCapacity(arguments.count)
    for argument in arguments { values.append(try argument(input)) }
    return values
}
