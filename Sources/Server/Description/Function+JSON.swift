import Formula
import Values

extension Function {
    /// A function or operator of formulas as the API describes it.
    var json: JSON {
        [
            "name": .string(shownName), "family": .string(family.rawValue), "signature": .string(signature),
            "description": .string(description), "example": .string(example.formula),
            "result": example.result.isEmpty ? .null : .string(example.result),
        ]
    }
}
