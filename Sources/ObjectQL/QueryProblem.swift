import Values

/// Why a query is refused: always the caller's to mend.
package struct QueryProblem: Error, Sendable, Hashable {
    /// `malformed`, `unknown_key`, `unknown_operator`, `unknown_object`, `unknown_field`, `unknown_relationship`, `unknown_view`,
    /// `bad_operator`, `bad_value`, `bad_group`, `bad_cursor`, `bad_search`, `not_queryable` or `too_costly`.
    package let code: String
    package let message: String
    /// Where in the request: `filters.Amount.$gtt`, `orderBy[0].field`.
    package let path: String
    package let hint: String?

    package init(_ code: String, _ message: String, path: String, hint: String? = nil) {
        (self.code, self.message, self.path, self.hint) = (code, message, path, hint)
    }

    init(_ code: String, _ message: String, at place: Place, hint: String? = nil) {
        self.init(code, message, path: place.description, hint: hint)
    }

    /// A name that nothing bears; the nearest of the candidates is suggested.
    init(unknown code: String, _ message: String, _ name: String, among candidates: some Sequence<String>, at place: Place) {
        self.init(code, message, at: place, hint: suggestion(for: name, among: candidates).map { "Did you mean \($0)?" })
    }
}
