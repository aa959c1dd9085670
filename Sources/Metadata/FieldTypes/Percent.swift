import Formula

/// A percentage: 12.5 stands for 12.5 %.
struct PercentKind: Numeric {
    let defaultScale = 2
    let formula = FormulaType.percent
}
