import Formula
import SQL
import Values

/// Free labels: a list, or a text with semicolons between them, each once.
struct TagsKind: FieldKind {
    var attributes: Set<FieldAttribute> { .entered }
    var operators: Set<FilterOperator> { .several }
    private static let lengthLimit = 100
    private static let countLimit = 100

    func column(_ field: FieldDefinition) -> ColumnType { .list }
    func formulaType(_ field: FieldDefinition) -> FormulaType? { .multiPicklist }

    func parse(_ json: JSON, _ field: FieldDefinition) throws(FieldProblem) -> Value {
        var seen = Set<String>()
        let tags = try field.texts(json, "a list of texts").filter { seen.insert($0).inserted }
        return tags.isEmpty ? .null : .list(tags)
    }

    func check(_ value: Value, _ field: FieldDefinition) throws(FieldProblem) -> Value {
        guard case .list(let tags) = value else { return value }
        guard tags.count <= TagsKind.countLimit else { throw FieldProblem(.tooLong, "\(field.label) may have at most 100 tags") }
        for tag in tags {
            guard tag.unicodeScalars.count <= TagsKind.lengthLimit
            else { throw FieldProblem(.tooLong, "A tag of \(field.label) may have at most 100 characters") }
            guard !tag.utf8.contains(0), !tag.contains(";")
            else {
                throw FieldProblem(.invalidText, "A tag of \(field.label) may not have a semicolon or a null character in it")
            }
        }
        return value
    }
}
