/// What a text is matched against: parts that stand for themselves, and wildcards. `$contains: "a"` and `$like: "%a%"`
/// are the same pattern.
package struct TextPattern: Sendable, Hashable {
    package enum Piece: Sendable, Hashable {
        case text(String)
        /// Any number of characters (`%`).
        case any
        /// One character (`_`).
        case one
    }

    /// No two texts and no two `any` stand side by side.
    package private(set) var pieces: [Piece] = []
    package var ignoresCase = false

    package static func contains(_ text: String) -> TextPattern { TextPattern([.any, .text(text), .any]) }
    package static func starts(with text: String) -> TextPattern { TextPattern([.text(text), .any]) }
    package static func ends(with text: String) -> TextPattern { TextPattern([.any, .text(text)]) }

    package init(_ pieces: [Piece], ignoresCase: Bool = false) {
        self.ignoresCase = ignoresCase
        for piece in pieces { append(piece) }
    }

    /// Reads SQL's pattern: `%` and `_`, and a backslash before either (or another backslash) makes it literal. Nil where
    /// the pattern ends with a lone backslash.
    package init?(like pattern: String, ignoresCase: Bool = false) {
        self.ignoresCase = ignoresCase
        var escaped = false
        var text = ""
        for scalar in pattern.unicodeScalars {
            switch scalar {
            case "\\" where !escaped: escaped = true
            case "%" where !escaped, "_" where !escaped:
                append(.text(text))
                append(scalar == "%" ? .any : .one)
                text = ""
            default:
                text.unicodeScalars.append(scalar)
                escaped = false
            }
        }
        if escaped { return nil }
        append(.text(text))
    }

    private mutating func append(_ piece: Piece) {
        switch (pieces.last, piece) {
        case (_, .text("")): break
        case (.text(let last), .text(let text)): pieces[pieces.count - 1] = .text(last + text)
        case (.any, .any): break
        default: pieces.append(piece)
        }
    }
}
