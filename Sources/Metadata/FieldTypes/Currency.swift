import Formula

/// An amount of money.
struct CurrencyKind: Numeric {
    let defaultScale = 2
    let formula = FormulaType.currency
}
