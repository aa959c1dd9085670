import Formula

/// A plain number.
struct NumberKind: Numeric {
    let defaultScale = 0
    let formula = FormulaType.number
}
