import Metadata
import Values

/// Every word that a query may hold, by its kind: for reference pages, and for whoever completes what is typed.
package enum QueryWords {
    /// `SELECT`, `WHERE` and the other words of the text form.
    package static let keywords = Keyword.allCases.map(\.spelling)
    /// `CALENDAR_YEAR`, `toLabel`
    package static let functions = TextFunction.spellings
    /// `THIS_QUARTER`, `LAST_N_DAYS:n`
    package static let dateWords = DateWord.spellings
    /// `=`, `!=`
    package static let comparators = Comparator.allCases.map(\.spelling) + ["<>"]
    /// The scopes of `USING SCOPE`, and the units of `DISTANCE`.
    package static let choices = Ownership.allCases.map(\.rawValue) + DistanceUnit.allCases.map { "'\($0.rawValue)'" }
    /// The parts of the JSON form.
    package static let parts = Query.parts
    /// `$eq`, `$in` and the other operators of the JSON form.
    package static let operators = FilterVerb.operators
}
