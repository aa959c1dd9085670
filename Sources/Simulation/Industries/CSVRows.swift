/// The rows of comma-separated text (RFC 4180), each cell with its place. Empty lines and lines that begin with # are no rows.
struct CSVRows {
    struct Cell {
        let text: String
        /// Both from 1.
        let line, column: Int
    }

    /// Where a quotation begins that never ends.
    let unclosed: (line: Int, column: Int)?
    private var rows: ArraySlice<[Cell]>

    init(_ text: String) {
        var scanner = Scanner()
        // A line may end with CR LF, which is one Character.
        for character in text.drop(while: { $0 == "\u{FEFF}" }) { scanner.take(character) }
        scanner.endRow()
        rows = scanner.rows[...]
        unclosed = scanner.isQuoted ? scanner.start : nil
    }

    mutating func next() -> [Cell]? { rows.popFirst() }

    private struct Scanner {
        var rows: [[Cell]] = []
        var isQuoted = false
        var start = (line: 1, column: 1)
        private var row: [Cell] = []
        private var text = ""
        private var wasQuoted = false
        private var line = 1
        private var column = 1

        mutating func take(_ character: Character) {
            switch character {
            case "\"" where isQuoted: (isQuoted, wasQuoted) = (false, true)
            case "\"" where wasQuoted:
                (isQuoted, wasQuoted) = (true, false)
                text.append(character)
            case "\"" where text.isEmpty: isQuoted = true
            case "," where !isQuoted: endCell()
            case _ where character.isNewline && !isQuoted: endRow()
            default: text.append(character)
            }
            (line, column) = character.isNewline ? (line + 1, 1) : (line, column + 1)
            if text.isEmpty, !isQuoted, !wasQuoted { start = (line, column) }
        }

        mutating func endCell() {
            row.append(Cell(text: wasQuoted ? text : trimmed(text), line: start.line, column: start.column))
            (text, wasQuoted) = ("", false)
        }

        mutating func endRow() {
            endCell()
            let isBlank = row.count == 1 && row[0].text.isEmpty
            if !isBlank, !row[0].text.hasPrefix("#") { rows.append(row) }
            row = []
        }

        private func trimmed(_ text: String) -> String {
            String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
        }
    }
}
