import Formula

/// A regular expression that the whole text of a field must match; its syntax is that of the formula `REGEX`.
package struct FieldPattern: Sendable {
    package let source: String
    private let pattern: Pattern

    init(_ source: String) throws(FormulaError) {
        self.source = source
        pattern = try Pattern(source)
    }

    func matches(_ text: String) -> Bool { pattern.matches(text) }
}
