import Formula
import SQL
import Values

/// Any JSON document.
struct JSONKind: FieldKind {
    var attributes: Set<FieldAttribute> { .entered.union([.rows]) }
    var operators: Set<FilterOperator> { .presence }

    func column(_ field: FieldDefinition) -> ColumnType { .json }
    func formulaType(_ field: FieldDefinition) -> FormulaType? { nil }
    func json(_ text: String) -> JSON { (try? JSON(parsing: text)) ?? .string(text) }

    func parse(_ json: JSON, _ field: FieldDefinition) throws(FieldProblem) -> Value {
        guard !hasNull(json) else { throw FieldProblem(.invalidText, "\(field.label) may not have a null character in it") }
        return .json(json)
    }

    private func hasNull(_ json: JSON) -> Bool {
        switch json {
        case .string(let text): text.utf8.contains(0)
        case .array(let items): items.contains(where: hasNull)
        case .object(let members): members.contains { $0.name.utf8.contains(0) || hasNull($0.value) }
        case .null, .bool, .number: false
        }
    }
}
