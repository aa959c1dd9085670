import Formula
import SQL
import Values

/// The key of a record.
struct IDKind: FieldKind {
    var attributes: Set<FieldAttribute> { [] }
    var operators: Set<FilterOperator> { .equality }

    func column(_ field: FieldDefinition) -> ColumnType { .id }
    func formulaType(_ field: FieldDefinition) -> FormulaType? { .id }

    func parse(_ json: JSON, _ field: FieldDefinition) throws(FieldProblem) -> Value { try field.id(json) }
}

extension FieldDefinition {
    func id(_ json: JSON) throws(FieldProblem) -> Value {
        guard let text = json.string else { throw wrongType("the id of a record as a text", json) }
        guard let id = RecordID.canonical(text)
        else { throw FieldProblem(.invalidID, "\(label) needs the id of a record, not \"\(text.prefix(40))\"") }
        return .text(id)
    }
}
