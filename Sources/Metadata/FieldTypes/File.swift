/// The address or key of a stored file.
struct FileKind: Textual {
    let defaultLength = 2048
    var attributes: Set<FieldAttribute> { .entered.union([.length]) }
    var operators: Set<FilterOperator> { .presence }
}
