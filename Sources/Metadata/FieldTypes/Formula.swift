import Formula
import SQL
import Values

/// A value computed from other fields whenever it is read, never stored.
struct FormulaKind: FieldKind {
    var attributes: Set<FieldAttribute> {
        .common.union([
            .formula, .returnType, .precision, .scale, .treatBlanksAs, .format, .nameField,
        ])
    }
    var needs: [FieldAttribute] { [.formula, .returnType] }
    var operators: Set<FilterOperator> { [] }

    func column(_ field: FieldDefinition) -> ColumnType { field.formula?.compiled?.resultColumn ?? field.result.column }
    func formulaType(_ field: FieldDefinition) -> FormulaType? { field.result.formulaType }
    func parse(_ json: JSON, _ field: FieldDefinition) throws(FieldProblem) -> Value { try field.result.parse(json) }
    func json(_ text: String) -> JSON { .string(text) }

    func check(_ value: Value, _ field: FieldDefinition) throws(FieldProblem) -> Value {
        throw FieldProblem(.notWritable, "\(field.label) is computed and cannot be written")
    }

    func settle(_ field: inout FieldDefinition) throws(FieldProblem) { field.readonly = true }
}
