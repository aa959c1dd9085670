package import Values

/// A formula as it was written: what the parser makes and the type checker reads.
package indirect enum Syntax: Sendable {
    case literal(Value, Place)
    /// A field, from the formula's own object on: `Account.Owner.Name`.
    case path([String], Place)
    case call(String, [Syntax], Place)
    case prefix(Operator, Syntax, Place)
    case infix(Operator, Syntax, Syntax, Place)

    package var place: Place {
        switch self {
        case .literal(_, let place), .path(_, let place), .call(_, _, let place), .prefix(_, _, let place),
            .infix(_, _, _, let place):
            place
        }
    }
}

/// The operators, by how they are written in canonical form.
package enum Operator: String, Sendable, Hashable, CaseIterable {
    case or = "||"
    case and = "&&"
    case equal = "="
    case notEqual = "<>"
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case plus = "+"
    case minus = "-"
    case concatenate = "&"
    case power = "^"
    case times = "*"
    case divide = "/"
    case not = "!"

    /// How tightly it binds its operands. All are left-associative, and `^` binds looser than `*` and `/`: so the
    /// reference reads them (`2 * 2 ^ 3` is 64).
    var precedence: Int {
        switch self {
        case .or: 1
        case .and: 2
        case .equal, .notEqual: 3
        case .less, .lessOrEqual, .greater, .greaterOrEqual: 4
        case .plus, .minus, .concatenate: 5
        case .power: 6
        case .times, .divide: 7
        case .not: 8
        }
    }

    /// Unary operators bind tighter than all others.
    static let prefixPrecedence = 8
}
