import Formula
import SQL
import Values

/// A time of day, to the millisecond, of no particular day or zone.
struct TimeKind: FieldKind {
    var attributes: Set<FieldAttribute> { .key.union([.format]) }
    var operators: Set<FilterOperator> { .ordered }

    func column(_ field: FieldDefinition) -> ColumnType { .time }
    func formulaType(_ field: FieldDefinition) -> FormulaType? { .time }

    func parse(_ json: JSON, _ field: FieldDefinition) throws(FieldProblem) -> Value {
        guard let text = json.string else { throw field.wrongType("a time such as \"14:30\"", json) }
        guard let time = TimeOfDay(text) else {
            throw FieldProblem(.invalidTime, "\(field.label) needs a time such as 14:30 or 14:30:00, not \"\(text.prefix(40))\"")
        }
        return .time(time)
    }
}
