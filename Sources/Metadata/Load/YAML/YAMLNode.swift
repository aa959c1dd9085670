import Values

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

extension YAMLNode {
    /// The node as JSON, its texts read by YAML 1.2's core schema: unquoted `true`, `false`, `null` and numbers are what they
    /// seem, everything else is a text.
    var json: JSON {
        switch content {
        case .list(let items): .array(items.map(\.json))
        case .mapping(let pairs):
            .object(pairs.reduce(into: JSON.Members()) { members, pair in members[pair.key.text ?? ""] = pair.value.json })
        case .scalar(let text, .plain): YAMLNode.plain(text)
        case .scalar(let text, _): .string(text)
        }
    }

    private static func plain(_ text: String) -> JSON {
        switch text {
        case "", "~", "null", "Null", "NULL": .null
        case "true", "True", "TRUE": .bool(true)
        case "false", "False", "FALSE": .bool(false)
        default: Number(text).map(JSON.number) ?? .string(text)
        }
    }
}

extension YAMLNode {
    /// The node as a value of a field: its text as the field's type reads texts, or a list or mapping where the type has such values.
    func json(for field: FieldDefinition) -> JSON? {
        switch (content, field.type) {
        case (.scalar(let text, _), _): field.kind.json(text)
        case (.list(let items), .multiselect), (.list(let items), .tags): .array(items.map { .string($0.text ?? "") })
        case (_, .json), (.mapping, .geolocation): json
        default: nil
        }
    }
}
