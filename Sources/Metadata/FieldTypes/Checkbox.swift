import Formula
import SQL
import Values

/// True or false; one that was never set is false.
struct CheckboxKind: FieldKind {
    var attributes: Set<FieldAttribute> { .entered.union([.index]) }
    var operators: Set<FilterOperator> { .equality }

    func column(_ field: FieldDefinition) -> ColumnType { .boolean }
    func formulaType(_ field: FieldDefinition) -> FormulaType? { .boolean }

    func json(_ text: String) -> JSON {
        switch text.lowercased() {
        case "true": .bool(true)
        case "false": .bool(false)
        default: .string(text)
        }
    }

    func parse(_ json: JSON, _ field: FieldDefinition) throws(FieldProblem) -> Value {
        if let bool = json.bool { return .bool(bool) }
        if let text = json.string {
            throw FieldProblem(.wrongType, "\(field.label) needs true or false, not \"\(text.prefix(40))\"")
        }
        throw field.wrongType("true or false", json)
    }

    func settle(_ field: inout FieldDefinition) throws(FieldProblem) {
        field.defaultValue = .value(.bool(false))
    }
}
