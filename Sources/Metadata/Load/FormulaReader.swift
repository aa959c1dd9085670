import Formula
import Values

/// Compiles the formulas of metadata files, and tells where in the file one is wrong.
struct FormulaReader {
    let log: DiagnosticLog
    private let lines: [String: [Substring]]

    init(_ source: MetadataSource, _ log: DiagnosticLog) {
        self.log = log
        lines = Dictionary(
            source.files.map { ($0.path, $0.text.split(separator: "\n", omittingEmptySubsequences: false)) },
            uniquingKeysWith: { first, _ in first })
    }

    /// The formula in a node; nil, and reported, where it is wrong.
    ///
    /// - Parameter prefix: how many characters stand before the formula (the `=` of a setting).
    func compile(
        _ node: YAMLNode, after prefix: Int = 0, what: String, returning: FormulaType? = nil, scale: Int? = nil,
        blanks: BlankHandling = .blank, scope: some FormulaScope
    ) -> CompiledFormula? {
        guard let text = node.text, !node.isNull else {
            log.error("\(what): a formula was expected, not \(node.kind)", at: node.location)
            return nil
        }
        do {
            return try CompiledFormula.compile(
                String(text.dropFirst(prefix)), returning: returning, scale: scale, blanks: blanks, scope: scope)
        } catch {
            let column = error.line == 1 ? error.column + prefix : error.column
            log.error("\(what): \(error.message)", at: place(line: error.line, column: column, in: node))
            return nil
        }
    }

    /// Where a place of a scalar's text stands in its file.
    private func place(line: Int, column: Int, in node: YAMLNode) -> SourceLocation {
        guard let text = node.text, let lines = lines[node.location.file] else { return node.location }
        var offset = column - 1
        for (index, textLine) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() where index < line - 1
        {
            offset += textLine.unicodeScalars.count + 1
        }
        return SourceAlignment(text, node.location, lines).location(of: offset) ?? node.location
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
