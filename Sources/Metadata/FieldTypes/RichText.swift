/// Text with formatting, in HTML; whoever shows it cleans it.
struct RichTextKind: Textual {
    let defaultLength = 131_072
    var attributes: Set<FieldAttribute> { .entered.union([.length, .searchable, .rows]) }
}
