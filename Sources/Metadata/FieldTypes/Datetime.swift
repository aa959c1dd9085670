import Formula
import SQL
import Values

/// A moment, to the microsecond, whatever the zone it was written in.
struct DatetimeKind: FieldKind {
    var attributes: Set<FieldAttribute> { .key.union([.format]) }
    var operators: Set<FilterOperator> { .ordered.union([.during]) }

    func column(_ field: FieldDefinition) -> ColumnType { .datetime }
    func formulaType(_ field: FieldDefinition) -> FormulaType? { .datetime }

    func parse(_ json: JSON, _ field: FieldDefinition) throws(FieldProblem) -> Value {
        guard let text = json.string else { throw field.wrongType("a date and time such as \"2026-03-31T12:00:00Z\"", json) }
        if let instant = Instant(text) { return .datetime(instant) }
        throw FieldProblem(.invalidDatetime, "\(field.label) " + advice(text))
    }

    private func advice(_ text: String) -> String {
        if Day(text) != nil { return "needs a time beside the date, such as \(text)T00:00:00Z" }
        if Instant(text + "Z") != nil { return "needs a zone after the time, such as \(text)Z or \(text)+01:00" }
        return "needs a date and time such as 2026-03-31T12:00:00Z, not \"\(text.prefix(40))\""
    }
}
