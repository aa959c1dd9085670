/// A part of a YAML file: texts, lists and mappings with their places. Which type a text has is for the reader to say who
/// knows what was declared: `NO` is a text until a checkbox asks.
struct YAMLNode: Sendable {
    enum Content: Sendable {
        case scalar(String, Style)
        case list([YAMLNode])
        case mapping([(key: YAMLNode, value: YAMLNode)])
    }

    enum Style: Sendable { case plain, quoted, block }

    let content: Content
    let location: SourceLocation

    /// The text of a scalar, whatever its style.
    var text: String? { if case .scalar(let text, _) = content { text } else { nil } }

    var list: [YAMLNode]? { if case .list(let items) = content { items } else { nil } }

    var pairs: [(key: YAMLNode, value: YAMLNode)]? { if case .mapping(let pairs) = content { pairs } else { nil } }

    /// Nothing stands here: `key:`, `~` or `null`.
    var isNull: Bool {
        if case .scalar(let text, .plain) = content { ["", "~", "null", "Null", "NULL"].contains(text) } else { false }
    }

    /// What stands here, in the words of a message.
    var kind: String {
        switch content {
        case .scalar(let text, _): isNull ? "nothing" : "\"\(text.count > 40 ? text.prefix(40) + "..." : text)\""
        case .list: "a list"
        case .mapping: "a mapping"
        }
    }
}
