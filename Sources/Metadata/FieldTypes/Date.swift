import Formula
import SQL
import Values

/// A calendar day.
struct DateKind: FieldKind {
    var attributes: Set<FieldAttribute> { .key.union([.format]) }
    var operators: Set<FilterOperator> { .ordered.union([.during]) }

    func column(_ field: FieldDefinition) -> ColumnType { .date }
    func formulaType(_ field: FieldDefinition) -> FormulaType? { .date }

    func parse(_ json: JSON, _ field: FieldDefinition) throws(FieldProblem) -> Value {
        guard let text = json.string else { throw field.wrongType("a date such as \"2026-03-31\"", json) }
        guard let day = Day(text) else {
            throw FieldProblem(.invalidDate, "\(field.label) needs a date such as 2026-03-31, not \"\(text.prefix(40))\"")
        }
        return .date(day)
    }
}
