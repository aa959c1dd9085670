import Values

extension Syntax: CustomStringConvertible {
    /// The formula in canonical form: only the parentheses it needs, one space around infix operators, function names in
    /// capitals. Parsing it again gives the same tree.
    package var description: String {
        switch self {
        case .literal(let value, _): Syntax.text(of: value)
        case .path(let names, _): names.joined(separator: ".")
        case .call(let name, let arguments, _):
            name.uppercased() + "(" + arguments.map(\.description).joined(separator: ", ") + ")"
        case .prefix(let sign, let operand, _): sign.rawValue + operand.text(within: Operator.prefixPrecedence)
        case .infix(let sign, let left, let right, _):
            "\(left.text(within: sign.precedence)) \(sign.rawValue) \(right.text(within: sign.precedence + 1))"
        }
    }

    private func text(within precedence: Int) -> String {
        switch self {
        case .infix(let sign, _, _, _) where sign.precedence < precedence: "(\(self))"
        default: description
        }
    }

    private static func text(of value: Value) -> String {
        switch value {
        case .null: "NULL"
        case .bool(let bool): bool ? "TRUE" : "FALSE"
        case .number(let number): number.description
        case .text(let text): quoted(text)
        default: quoted(value.json.string ?? value.json.description)
        }
    }

    static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
