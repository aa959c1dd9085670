import Values

/// Why a query is refused: always the caller's to mend.
package struct QueryProblem: Error, Sendable, Hashable {
    /// `malformed`, `unknown_key`, `unknown_operator`, `unknown_object`, `unknown_field`, `unknown_relationship`, `unknown_view`,
    /// `bad_operator`, `bad_value`, `bad_group`, `bad_cursor`, `bad_search`, `missing_bind`, `not_queryable` or `too_costly`.
    package let code: String
    package let message: String
    /// Where in the request: `filters.Amount.$gtt`, `orderBy[0].field`; in a text `line 2, column 7`, once it is located.
    package private(set) var path: String
    package let hint: String?
    /// Where in the query's text.
    package private(set) var location: TextLocation?
    private var offset: Int?

    package init(_ code: String, _ message: String, path: String, hint: String? = nil) {
        (self.code, self.message, self.path, self.hint) = (code, message, path, hint)
    }

    init(_ code: String, _ message: String, at place: Place, hint: String? = nil) {
        self.init(code, message, path: place.description, hint: hint)
        offset = place.offset
    }

    /// A name that nothing bears; the nearest of the candidates is suggested.
    ///
    /// - Parameter others: said where none is near.
    init(
        unknown code: String, _ message: String, _ name: String, among candidates: some Sequence<String>, at place: Place,
        others: String? = nil
    ) {
        let near = suggestion(for: name, among: candidates).map { "Did you mean \($0)?" }
        self.init(code, message, at: place, hint: near ?? others)
    }

    /// The problem with its place in the text that the query was read from.
    package func located(in text: String) -> QueryProblem {
        guard location == nil, let offset else { return self }
        var problem = self
        let location = TextLocation(offset, in: text)
        (problem.location, problem.path) = (location, "line \(location.line), column \(location.column)")
        problem.offset = nil
        return problem
    }
}

/// A place in a text.
package struct TextLocation: Sendable, Hashable {
    /// Both count from 1; columns count characters.
    package let line: Int
    package let column: Int
    /// The line and, under it, a caret at the column.
    package let excerpt: String

    init(_ offset: Int, in text: String) {
        let bytes = text.utf8
        let before = bytes.prefix(offset)
        let start = before.lastIndex(of: UInt8(ascii: "\n")).map { bytes.index(after: $0) } ?? bytes.startIndex
        line = before.count { $0 == UInt8(ascii: "\n") } + 1
        let lead = String(decoding: bytes[start..<before.endIndex], as: UTF8.self)
        column = lead.count + 1
        let rest = bytes[before.endIndex...].prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
        // Of a long line, what stands around the place.
        let (left, right) = (lead.suffix(70), String(decoding: rest, as: UTF8.self).prefix(50))
        let indent = left.map { $0 == "\t" ? "\t" : " " }.joined()
        excerpt = "\(left)\(right)\n\(indent)^"
    }
}
