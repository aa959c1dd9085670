package import Values

extension FilterTree {
    /// The list form of the metadata files, which ObjectQL reads too: `[{field, operator, value}]`, with `and`, `or` and `not` inside.
    package var json: JSON { if case .all(let parts) = self { .array(parts.map(\.condition)) } else { [condition] } }

    private var condition: JSON {
        switch self {
        case .all(let parts): ["and": .array(parts.map(\.condition))]
        case .any(let parts): ["or": .array(parts.map(\.condition))]
        case .not(let part): ["not": part.condition]
        case .compare(let field, let comparison, let operand):
            .object(operand.members(["field": .string(field), "operator": .string(comparison.spelling)]))
        }
    }
}

extension FilterOperator {
    /// A range of days is compared by `equals`, with the date word as its value.
    fileprivate var spelling: String { self == .during ? FilterOperator.equals.rawValue : rawValue }
}

extension FilterOperand {
    fileprivate func members(_ comparison: JSON.Members) -> JSON.Members {
        var members = comparison
        switch self {
        case .none: break
        case .value(let value): members["value"] = value.json
        case .values(let values): members["value"] = .array(values.map(\.json))
        case .range(let low, let high): members["value"] = [low.json, high.json]
        case .currentUser: members["value"] = "$currentUser"
        case .dateWord(let word): members["value"] = .string(word.description)
        case .field(let field): members["valueField"] = .string(field)
        }
        return members
    }
}
