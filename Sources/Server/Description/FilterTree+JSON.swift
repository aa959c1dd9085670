import Metadata
import Values

extension FilterTree {
    /// The list form of the metadata files: `[{field, operator, value}]`, with `and`, `or` and `not` inside.
    var json: JSON { if case .all(let parts) = self { .array(parts.map(\.condition)) } else { [condition] } }

    private var condition: JSON {
        switch self {
        case .all(let parts): ["and": .array(parts.map(\.condition))]
        case .any(let parts): ["or": .array(parts.map(\.condition))]
        case .not(let part): ["not": part.condition]
        case .compare(let field, let comparison, let operand):
            .object(operand.added(to: ["field": .string(field), "operator": .string(comparison.rawValue)]))
        }
    }
}

extension FilterOperand {
    fileprivate func added(to members: JSON.Members) -> JSON.Members {
        var members = members
        switch self {
        case .none: break
        case .value(let value): members["value"] = value.json
        case .values(let values): members["value"] = .array(values.map(\.json))
        case .range(let low, let high): members["value"] = [low.json, high.json]
        case .currentUser: members["value"] = "$currentUser"
        case .dateWord(let word): members["value"] = .string(word.description)
        case .field(let name): members["valueField"] = .string(name)
        }
        return members
    }
}
