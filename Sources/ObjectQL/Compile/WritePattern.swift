import SQL

extension SQLWriter {
    mutating func match(_ expr: Expr, _ pattern: TextPattern, _ frame: Frame) throws(QueryProblem) {
        var value = try part { writer throws(QueryProblem) in try writer.write(expr, frame) }
        if pattern.pieces == [.any] { return write("\(value) IS NOT NULL" as Fragment) }
        if !pattern.ignoresCase, dialect == .postgres, case .column = expr, let wider = pattern.ofParts {
            // The first says it all, the second is what an index of parts of texts knows.
            write("(\(value) LIKE \(.text(pattern.like)) ESCAPE '\\' AND " as Fragment)
            write("\(folded(value)) LIKE \(.text(wider.like)) ESCAPE '\\')" as Fragment)
            return
        }
        if pattern.ignoresCase { value = folded(value) }
        let pattern = pattern.ignoresCase ? pattern.folded : pattern
        switch dialect {
        case .sqlite: matchSQLite(value, pattern)
        case .postgres: write("\(value) LIKE \(.text(pattern.like)) ESCAPE '\\'" as Fragment)
        }
    }

    /// A text in lower case; on PostgreSQL as indexes of parts of texts have it.
    private func folded(_ value: Fragment) -> Fragment {
        switch dialect {
        case .sqlite: "martlet_fold(\(value))"
        case .postgres: "lower(\(value) COLLATE \"und-x-icu\")"
        }
    }

    /// SQLite's LIKE ignores the case of ASCII letters; these forms do not, and the plain beginning can use an index.
    private mutating func matchSQLite(_ value: Fragment, _ pattern: TextPattern) {
        switch pattern.pieces {
        case [.text(pattern.first)]: write("\(value) = \(.text(pattern.first))" as Fragment)
        case [.any, .text(pattern.second), .any]: write("instr(\(value), \(.text(pattern.second))) > 0" as Fragment)
        case [.any, .text(pattern.second)]:
            let length = Fragment(sql: String(pattern.second.unicodeScalars.count))
            write("substr(\(value), -\(length)) = \(.text(pattern.second))" as Fragment)
        case [.text(pattern.first), .any] where !pattern.ignoresCase:
            write("(\(value) >= \(.text(pattern.first))" as Fragment)
            if let end = pattern.first.nextPrefix { write(" AND \(value) < \(.text(end))" as Fragment) }
            write(")")
        default: write("\(value) GLOB \(.text(pattern.glob))" as Fragment)
        }
    }
}

extension TextPattern.Piece {
    fileprivate var length: Int { if case .text(let text) = self { text.utf8.count } else { 0 } }
}

/// The lower-case form by which texts are compared without regard to case.
func folded(_ text: String) -> String { text.lowercased() }

extension TextPattern {
    fileprivate var folded: TextPattern {
        TextPattern(
            pieces.map { if case .text(let text) = $0 { .text(ObjectQL.folded(text)) } else { $0 } }, ignoresCase: true)
    }

    /// What every match of the pattern matches in lower case. Only ASCII is sure to be there as it was: of other letters some become
    /// two. Nil where it is too short for an index: that knows three letters at a time.
    fileprivate var ofParts: TextPattern? {
        let runs = pieces.map { piece -> [Piece] in
            guard case .text(let text) = piece else { return [.any] }
            let parts = text.unicodeScalars.split(omittingEmptySubsequences: false) { !$0.isASCII }
            return Array(parts.map { [Piece.text(String($0).lowercased())] }.joined(separator: [.any]))
        }
        let wider = TextPattern(runs.flatMap(\.self))
        return wider.pieces.contains { $0.length >= 3 } ? wider : nil
    }

    fileprivate var first: String { text(0) }
    fileprivate var second: String { text(1) }
    private func text(_ index: Int) -> String {
        if index < pieces.count, case .text(let text) = pieces[index] { text } else { "" }
    }

    /// SQL's spelling, with a backslash before what is literal.
    fileprivate var like: String {
        pieces.map { piece in
            switch piece {
            case .any: "%"
            case .one: "_"
            case .text(let text): text.replacing("%", "_", "\\") { "\\\($0)" }
            }
        }.joined()
    }

    /// The spelling of SQLite's GLOB, with a class of one around what is literal.
    fileprivate var glob: String {
        pieces.map { piece in
            switch piece {
            case .any: "*"
            case .one: "?"
            case .text(let text): text.replacing("*", "?", "[") { "[\($0)]" }
            }
        }.joined()
    }
}

extension String {
    fileprivate func replacing(_ scalars: Unicode.Scalar..., by replacement: (Unicode.Scalar) -> String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            if scalars.contains(scalar) {
                result.append(contentsOf: replacement(scalar).unicodeScalars)
            } else {
                result.append(scalar)
            }
        }
        return String(result)
    }

    /// The least text above every text that begins with this one, by code points; nil where there is none.
    fileprivate var nextPrefix: String? {
        var scalars = Array(unicodeScalars)
        while let last = scalars.popLast() {
            let next = last.value == 0xD7FF ? 0xE000 : last.value + 1
            guard let scalar = Unicode.Scalar(next) else { continue }
            return String(String.UnicodeScalarView(scalars + [scalar]))
        }
        return nil
    }
}
