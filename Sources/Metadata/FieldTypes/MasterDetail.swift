import Formula
import SQL
import Values

/// A reference to the record that this one is a part of: always there, and deleted with it.
struct MasterDetailKind: FieldKind {
    var attributes: Set<FieldAttribute> { .entered.union([.unique, .index, .referenceTo, .cascadeDelete]) }
    var needs: [FieldAttribute] { [.referenceTo] }
    var operators: Set<FilterOperator> { .equality }

    func column(_ field: FieldDefinition) -> ColumnType { .id }
    func formulaType(_ field: FieldDefinition) -> FormulaType? { .id }

    func parse(_ json: JSON, _ field: FieldDefinition) throws(FieldProblem) -> Value { try field.id(json) }

    func settle(_ field: inout FieldDefinition) throws(FieldProblem) {
        (field.required, field.onDelete, field.index) = (true, .cascade, true)
    }
}
