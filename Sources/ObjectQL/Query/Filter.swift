package import Values

/// A condition over the rows of a query. Logic is two-valued: what is not true is false, so `not` includes nulls.
package indirect enum Filter: Sendable, Hashable {
    /// True when there are none.
    case all([Filter])
    /// False when there are none.
    case any([Filter])
    case not(Filter)
    case compare(Term, Comparator, Operand, Place)
    case among(Term, [Operand], Place)
    case matches(Term, TextPattern, Place)
    /// A choice of several: one of these sets is wholly chosen.
    case includes(Term, [[String]], Place)
}

package enum Comparator: String, Sendable, Hashable, CaseIterable {
    case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual
}

/// What a field is compared with. Texts are read by the field's type: for a date, `2026-03-31` is a day and `TODAY` a word.
package enum Operand: Sendable, Hashable {
    case value(Value)
    case term(Term)
    case currentUser
    /// A value given when the query runs, bound as `Late.argument`: the compiled query is the same for all of them. Among
    /// several operands it stands for a list of texts.
    case argument(String)
}
