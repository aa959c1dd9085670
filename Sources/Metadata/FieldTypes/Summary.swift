import Formula
import SQL
import Values

/// A roll-up over the children of a relationship, stored with the parent and kept by the engine.
struct SummaryKind: FieldKind {
    var attributes: Set<FieldAttribute> {
        .common.union([
            .relationship, .summarizedObject, .foreignKey, .function, .field, .filters, .precision, .scale, .format, .index,
        ])
    }
    var needs: [FieldAttribute] { [.function] }
    var operators: Set<FilterOperator> { [] }

    func column(_ field: FieldDefinition) -> ColumnType { field.result.column }
    func formulaType(_ field: FieldDefinition) -> FormulaType? { field.result.formulaType }
    func parse(_ json: JSON, _ field: FieldDefinition) throws(FieldProblem) -> Value { try field.result.parse(json) }

    func check(_ value: Value, _ field: FieldDefinition) throws(FieldProblem) -> Value {
        throw FieldProblem(.notWritable, "\(field.label) is rolled up from other records and cannot be written")
    }

    func settle(_ field: inout FieldDefinition) throws(FieldProblem) { field.readonly = true }
}
