import Formula
import SQL
package import Values

/// One of several values.
struct SelectKind: FieldKind {
    var attributes: Set<FieldAttribute> { .entered.union([.options, .dependsOn, .index, .searchable]) }
    var needs: [FieldAttribute] { [.options] }
    var operators: Set<FilterOperator> { .equality.union([.contains, .notContains, .startsWith, .endsWith]) }

    func column(_ field: FieldDefinition) -> ColumnType { .text }
    func formulaType(_ field: FieldDefinition) -> FormulaType? { .picklist }

    func parse(_ json: JSON, _ field: FieldDefinition) throws(FieldProblem) -> Value {
        guard let text = json.string else { throw field.wrongType("one of its options as a text", json) }
        return .text(try field.option(text).value)
    }

    func check(_ value: Value, _ field: FieldDefinition) throws(FieldProblem) -> Value {
        if let text = value.text { try field.option(text).checkActive(field) }
        return value
    }

    func settle(_ field: inout FieldDefinition) throws(FieldProblem) {
        let defaults = field.options.filter(\.isDefault)
        guard defaults.count <= 1 else { throw FieldProblem(.badAttribute, "only one option can be the default") }
        if let option = defaults.first { field.defaultValue = .value(.text(option.value)) }
    }
}

extension FieldDefinition {
    /// The option of exactly that value.
    func option(_ value: String) throws(FieldProblem) -> PicklistOption {
        if let found = options.first(where: { $0.value == value }) { return found }
        let offered = options.filter(\.active).map(\.value)
        let advice = suggestion(for: value, among: offered).map { "did you mean \($0)?" }
        let list = offered.prefix(12).joined(separator: ", ") + (offered.count > 12 ? ", ..." : "")
        throw FieldProblem(.invalidOption, "\(label) has no option \"\(value.prefix(80))\" (\(advice ?? "one of " + list))")
    }

    /// With `dependsOn`: whether the options in `value` are offered under the controlling field's value.
    package func checkDependency(of value: Value, on controlling: Value) throws(FieldProblem) {
        guard dependsOn != nil else { return }
        let chosen: [String] = if case .list(let items) = value { items } else { value.text.map { [$0] } ?? [] }
        let under: [String] =
            switch controlling {
            case .list(let items): items
            case .text(let text): [text]
            case .bool(let bool): [bool ? "true" : "false"]
            default: []
            }
        for text in chosen {
            guard let option = options.first(where: { $0.value == text }), !option.when.isEmpty else { continue }
            guard option.when.contains(where: under.contains) else {
                let present = under.isEmpty ? "nothing" : under.joined(separator: ", ")
                throw FieldProblem(.invalidOption, "\(label) does not offer \"\(text)\" where \(dependsOn ?? "") is \(present)")
            }
        }
    }
}

extension PicklistOption {
    func checkActive(_ field: FieldDefinition) throws(FieldProblem) {
        if !active { throw FieldProblem(.inactiveOption, "\(field.label) no longer offers \"\(value)\"") }
    }
}
