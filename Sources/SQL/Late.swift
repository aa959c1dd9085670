package import Values

/// A bound value that is known only when a statement runs, because it depends on who asks and when.
package enum Late: Sendable, Hashable {
    case now
    case today
    /// The identifier of the session's time zone, a text: `Europe/Zurich`.
    case zone
    /// The id of the user who asks.
    case user
    /// A field of the user who asks, by its canonical name.
    case userField(String)
    /// The first day of a date word's range, and the first day after it.
    case firstDay(DateWord)
    case dayAfter(DateWord)
    /// The moments at which those days begin in the session's zone.
    case firstMoment(DateWord)
    case momentAfter(DateWord)
    /// A value given with the query: `:name` in its text.
    case argument(String)
}
