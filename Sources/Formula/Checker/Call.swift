extension Call {
    /// The first overload that takes the arguments.
    func resolve(_ overloads: [Overload], _ signature: String) throws(FormulaError) -> TypedNode {
        let fitting = overloads.filter { $0.takes(count: arguments.count) }
        guard !fitting.isEmpty else { throw wrongCount(signature) }
        if let overload = fitting.first(where: { $0.mismatch(arguments) == nil }) { return node(overload) }
        throw mismatch(fitting)
    }

    func node(_ overload: Overload) -> TypedNode {
        TypedNode(type: overload.result, form: .call(overload, arguments), syntax: syntax)
    }

    func wrongCount(_ signature: String) -> FormulaError {
        FormulaError(
            "\(name) cannot take \(arguments.count) argument\(arguments.count == 1 ? "" : "s"); write \(signature)", code: .type,
            at: place)
    }

    /// What the overload that fits best expected where it does not fit.
    private func mismatch(_ overloads: [Overload]) -> FormulaError {
        let reached = overloads.compactMap { $0.mismatch(arguments) }.max() ?? 0
        var expected: [String] = []
        for overload in overloads where overload.mismatch(arguments) == reached {
            let phrase = overload.parameter(reached).phrase
            if !expected.contains(phrase) { expected.append(phrase) }
        }
        return wrong(arguments[reached], expected.joined(separator: " or "))
    }

    func wrong(_ argument: TypedNode, _ expected: String) -> FormulaError {
        var message = "\(argument.shown) is \(argument.type.phrase); \(name) expects \(expected)"
        if expected == "a text", argument.base != .location { message += " (TEXT makes one)" }
        return FormulaError(message, code: .type, at: argument.place)
    }

    func require(_ count: ClosedRange<Int>, _ signature: String) throws(FormulaError) {
        guard count.contains(arguments.count) else { throw wrongCount(signature) }
    }

    func require(_ argument: TypedNode, _ parameter: Parameter) throws(FormulaError) {
        guard parameter.takes(argument) else { throw wrong(argument, parameter.phrase) }
    }

    /// The one type of values of which the call gives one.
    func joined(_ nodes: [TypedNode]) throws(FormulaError) -> FormulaType {
        var result = FormulaType.null
        for node in nodes {
            guard let type = result.joined(with: node.type) else {
                throw FormulaError(
                    "\(node.shown) is \(node.type.phrase); \(name) expects \(result.phrase), as before it", code: .type,
                    at: node.place)
            }
            result = type
        }
        return result
    }
}

extension Overload {
    func takes(count: Int) -> Bool {
        count >= parameters.count - optional && (repeats || count <= parameters.count)
    }

    func parameter(_ index: Int) -> Parameter { parameters[min(index, parameters.count - 1)] }

    /// The first argument that does not fit.
    func mismatch(_ arguments: [TypedNode]) -> Int? {
        arguments.indices.first { !parameter($0).takes(arguments[$0]) }
    }
}
