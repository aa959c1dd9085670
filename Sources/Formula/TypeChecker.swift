import Values

/// Resolves names and checks types: from syntax to a typed tree.
struct TypeChecker<Scope: FormulaScope> {
    let scope: Scope
    private(set) var fields: [FormulaField] = []
    private var positions: [[String]: Int] = [:]

    init(scope: Scope) { self.scope = scope }

    mutating func check(_ syntax: Syntax) throws(FormulaError) -> TypedNode {
        switch syntax {
        case .literal(let value, _): TypedNode(value, syntax)
        case .path(let names, let place): try field(names, place)
        case .call(let name, let arguments, _): try call(name.uppercased(), arguments, syntax)
        case .prefix(let sign, let operand, _): try call(sign.prefixName, [operand], syntax)
        case .infix(let sign, let left, let right, _): try call(sign.rawValue, [left, right], syntax)
        }
    }

    private mutating func field(_ names: [String], _ place: Place) throws(FormulaError) -> TypedNode {
        let field: FormulaField
        do {
            field = try scope.field(names)
        } catch {
            throw FormulaError(error.message + Self.functionHint(names), code: .unknownName, at: place)
        }
        let position = positions[field.path] ?? fields.count
        if position == fields.count {
            positions[field.path] = position
            fields.append(field)
        }
        return TypedNode(type: field.type, form: .field(position), syntax: .path(field.path, place))
    }

    private static func functionHint(_ names: [String]) -> String {
        guard names.count == 1, let function = Functions.named(names[0]) else { return "" }
        return "; \(function.name) is a function, written \(function.signature)"
    }

    private mutating func call(_ name: String, _ parts: [Syntax], _ syntax: Syntax) throws(FormulaError) -> TypedNode {
        guard let function = Functions.named(name), syntax.mayCall(function) else {
            let names = Functions.all.filter { $0.family != .operators }.map(\.name)
            throw FormulaError(
                "There is no function \(name)" + hint(for: name, among: names), code: .unknownName, at: syntax.place)
        }
        var arguments: [TypedNode] = []
        for part in parts { arguments.append(try check(part)) }
        let call = Call(name: function.shownName, syntax: syntax.with(arguments.map(\.syntax)), arguments: arguments)
        switch function.meaning {
        case .form(let make): return try make(call)
        case .overloads(let overloads): return try call.resolve(overloads, function.signature)
        }
    }
}

extension Operator {
    /// The name under which the prefix operator stands in the function table.
    var prefixName: String {
        switch self {
        case .minus: "negate"
        case .plus: "identity"
        default: "NOT"
        }
    }
}

extension Function {
    /// The name as it is written in a formula: signs before a value have other names in the table than those between two.
    package var shownName: String { name == "negate" ? "-" : name == "identity" ? "+" : name }
}

extension Syntax {
    /// The same form over other parts: those with canonical names.
    func with(_ parts: [Syntax]) -> Syntax {
        switch self {
        case .call(let name, _, let place): .call(name, parts, place)
        case .prefix(let sign, _, let place): .prefix(sign, parts[0], place)
        case .infix(let sign, _, _, let place): .infix(sign, parts[0], parts[1], place)
        default: self
        }
    }

    var isOperator: Bool { if case .call = self { false } else { true } }

    /// Operators stand in the same table as functions, but cannot be called by name.
    func mayCall(_ function: Function) -> Bool { isOperator || function.family != .operators }
}

extension TypedNode {
    init(_ value: Value, _ syntax: Syntax) {
        switch value {
        case .number: self.init(type: .number, form: .literal(value), syntax: syntax)
        case .text(let text): self.init(type: .text, form: .literal(text.isEmpty ? .null : value), syntax: syntax)
        case .bool: self.init(type: .boolean, form: .literal(value), syntax: syntax)
        default: self.init(type: .null, form: .literal(.null), syntax: syntax)
        }
    }

    /// The part of the formula in the words of an error message: its text where that is short.
    var shown: String {
        let text = syntax.description
        return text.unicodeScalars.count <= 40 ? text : "This"
    }
}
