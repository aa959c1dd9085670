import Formula
import SQL
import Values

/// A reference to a record of another object, or of one of several.
struct LookupKind: FieldKind {
    var attributes: Set<FieldAttribute> { .entered.union([.unique, .index, .referenceTo, .cascadeDelete, .restrictDelete]) }
    var needs: [FieldAttribute] { [.referenceTo] }
    var operators: Set<FilterOperator> { .equality }

    func column(_ field: FieldDefinition) -> ColumnType { .id }
    func formulaType(_ field: FieldDefinition) -> FormulaType? { .id }

    func parse(_ json: JSON, _ field: FieldDefinition) throws(FieldProblem) -> Value { try field.id(json) }

    /// A required lookup cannot be cleared when its parent goes: the parent stays.
    func settle(_ field: inout FieldDefinition) throws(FieldProblem) {
        if field.required, field.onDelete == .clear { field.onDelete = .restrict }
        field.index = true
    }
}
