/// The address or key of a stored file.
struct FileKind: Textual {
    let defaultLength = 2048
    let attributes: Set<FieldAttribute> = .entered.union([.length])
    let operators: Set<FilterOperator> = .presence
}
