/// The texts of all files, to find the places of what their scalars say.
struct SourceTexts {
    private let texts: [String: String]

    init(_ source: MetadataSource) {
        texts = Dictionary(source.files.map { ($0.path, $0.text) }, uniquingKeysWith: { first, _ in first })
    }

    /// Where a line and column of a scalar's text stand in its file; all count from 1.
    func place(line: Int, column: Int, in node: YAMLNode) -> SourceLocation {
        guard let text = node.text, let lines = texts[node.location.file]?.lines else { return node.location }
        let before = text.lines.prefix(line - 1)
        let offset = before.reduce(column - 1) { $0 + $1.unicodeScalars.count + 1 }
        let alignment = SourceAlignment(text, node.location, lines)
        if let location = alignment.location(of: offset) { return location }
        // The end of the text has no character of its own: it is where the last one ends.
        guard offset > 0, let last = alignment.location(of: text.unicodeScalars.count - 1) else { return node.location }
        return SourceLocation(file: last.file, line: last.line, column: last.column + 1)
    }
}

/// Finds the characters of a scalar's text in the source: YAML left out quotes, escapes, indentation and line breaks.
private struct SourceAlignment {
    private let wanted: [Unicode.Scalar]
    private let start: SourceLocation
    private let source: ArraySlice<Substring>

    init(_ text: String, _ start: SourceLocation, _ lines: [Substring]) {
        (wanted, self.start, source) = (Array(text.unicodeScalars), start, lines.dropFirst(start.line - 1))
    }

    /// The place of the scalar at `offset`: each one of the text is looked for after the one before it.
    func location(of offset: Int) -> SourceLocation? {
        guard wanted.indices.contains(offset) else { return nil }
        var (index, isFirst) = (0, true)
        for (line, text) in zip(start.line..., source) {
            let skipped = isFirst ? start.column - 1 : 0
            for (column, scalar) in text.unicodeScalars.enumerated().dropFirst(skipped) where index <= offset {
                while index < offset, wanted[index] == "\n" || (wanted[index] == " " && scalar != " ") { index += 1 }
                guard scalar == wanted[index] else { continue }
                if index == offset { return SourceLocation(file: start.file, line: line, column: column + 1) }
                index += 1
            }
            isFirst = false
        }
        return nil
    }
}

extension String {
    /// The lines, whatever ends them.
    var lines: [Substring] { split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) }
}
