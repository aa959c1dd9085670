import Formula
import SQL
import Values

/// What all types have in common whose values are one text.
protocol Textual: FieldKind {
    /// The most characters where the field does not say.
    var defaultLength: Int { get }
    /// Says what is wrong with a text that is not what the type promises.
    func checkForm(_ text: String, _ field: FieldDefinition) throws(FieldProblem)
}

extension Textual {
    var attributes: Set<FieldAttribute> { .key.union([.length, .pattern, .searchable, .nameField]) }
    var operators: Set<FilterOperator> { .text }

    func column(_ field: FieldDefinition) -> ColumnType { .text }
    func formulaType(_ field: FieldDefinition) -> FormulaType? { .text }
    func checkForm(_ text: String, _ field: FieldDefinition) throws(FieldProblem) {}

    func parse(_ json: JSON, _ field: FieldDefinition) throws(FieldProblem) -> Value {
        guard let text = json.string else { throw field.wrongType("a text", json) }
        guard !text.utf8.contains(0) else {
            throw FieldProblem(.invalidText, "\(field.label) may not have a null character in it")
        }
        return .text(text)
    }

    func check(_ value: Value, _ field: FieldDefinition) throws(FieldProblem) -> Value {
        guard let text = value.text else { return value }
        if let length = field.length, text.utf8.count > length {
            let count = text.unicodeScalars.count
            if count > length {
                throw FieldProblem(.tooLong, "\(field.label) may have at most \(length) characters, not \(count)")
            }
        }
        try checkForm(text, field)
        if let pattern = field.pattern, !pattern.matches(text) {
            throw FieldProblem(.patternMismatch, "\(field.label) must match the pattern \(pattern.source)")
        }
        return value
    }

    func settle(_ field: inout FieldDefinition) throws(FieldProblem) {
        field.length = field.length ?? defaultLength
        if field.externalId { field.unique = true }
    }
}
