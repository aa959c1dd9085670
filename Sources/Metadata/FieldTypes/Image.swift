/// The address or key of a stored image.
struct ImageKind: Textual {
    let defaultLength = 2048
    var attributes: Set<FieldAttribute> { .entered.union([.length]) }
    var operators: Set<FilterOperator> { .presence }
}
