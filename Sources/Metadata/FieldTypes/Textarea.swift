/// Text of several lines.
struct TextareaKind: Textual {
    let defaultLength = 32_000
    var attributes: Set<FieldAttribute> { .entered.union([.length, .pattern, .searchable, .rows]) }
}
