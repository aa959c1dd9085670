import Formula

/// Text that is kept encrypted: it can be read and written, but neither searched, compared, sorted nor computed with.
struct EncryptedKind: Textual {
    let defaultLength = 1024
    var attributes: Set<FieldAttribute> { .entered.union([.length, .pattern]) }
    var operators: Set<FilterOperator> { [] }

    func formulaType(_ field: FieldDefinition) -> FormulaType? { nil }
}
