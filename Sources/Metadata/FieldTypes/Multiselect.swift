import Formula
import SQL
import Values

/// Several of several values: a list, or a text with semicolons between them. They are kept in the order of the options.
struct MultiselectKind: FieldKind {
    var attributes: Set<FieldAttribute> { .entered.union([.options, .dependsOn, .rows]) }
    var needs: [FieldAttribute] { [.options] }
    var operators: Set<FilterOperator> { .several }

    func column(_ field: FieldDefinition) -> ColumnType { .list }
    func formulaType(_ field: FieldDefinition) -> FormulaType? { .multiPicklist }

    func parse(_ json: JSON, _ field: FieldDefinition) throws(FieldProblem) -> Value {
        var chosen = Set<String>()
        for text in try field.texts(json, "a list of its options") { chosen.insert(try field.option(text).value) }
        let ordered = field.options.map(\.value).filter(chosen.contains)
        return ordered.isEmpty ? .null : .list(ordered)
    }

    func check(_ value: Value, _ field: FieldDefinition) throws(FieldProblem) -> Value {
        guard case .list(let items) = value else { return value }
        for item in items { try field.option(item).checkActive(field) }
        return value
    }

    func settle(_ field: inout FieldDefinition) throws(FieldProblem) {
        if let option = field.options.first(where: { $0.value.contains(";") }) {
            throw FieldProblem(
                .badAttribute, "the option \"\(option.value)\" may not have a semicolon, which separates several options")
        }
        let defaults = field.options.filter(\.isDefault).map(\.value)
        if !defaults.isEmpty { field.defaultValue = .value(.list(defaults)) }
    }
}

extension FieldDefinition {
    /// The texts of a list, or of one text with semicolons.
    func texts(_ json: JSON, _ expected: String) throws(FieldProblem) -> [String] {
        if let text = json.string { return text.split(separator: ";").map(trimmed).filter { !$0.isEmpty } }
        guard let items = json.array else { throw wrongType(expected, json) }
        var texts: [String] = []
        for item in items {
            guard let text = item.string else {
                throw FieldProblem(.wrongType, "\(label) needs \(expected); one of them is \(item.kind)")
            }
            if !text.isEmpty { texts.append(text) }
        }
        return texts
    }
}
