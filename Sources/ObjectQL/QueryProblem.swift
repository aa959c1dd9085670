/// Why a query is refused: always the caller's to mend.
package struct QueryProblem: Error, Sendable, Hashable {
    /// `unknown_field`, `unknown_object`, `bad_value`, `too_costly`, ...
    package let code: String
    package let message: String
    /// Where in the request: `filters.Amount.$gtt`, `orderBy[0].field`.
    package let path: String
    package let hint: String?

    package init(_ code: String, _ message: String, path: String, hint: String? = nil) {
        (self.code, self.message, self.path, self.hint) = (code, message, path, hint)
    }
}
