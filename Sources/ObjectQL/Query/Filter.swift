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
    /// A comparison whose right side is given when the query is bound.
    case given(Term, GivenComparison, BindVariable, Place)
    /// Among the values of the one field that another query selects.
    case within(Term, Query, Place)
    /// The change log tells of such a change.
    case changed(Change, Place)
}

package enum Comparator: String, Sendable, Hashable, CaseIterable {
    case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual
}

/// `LIKE :pattern` (also with regard to case), `INCLUDES :choices`
package enum GivenComparison: Sendable, Hashable { case like, likeBinary, includes }

/// `CHANGED(Stage FROM 'Negotiation' TO 'Closed Won') DURING LAST_QUARTER`
package struct Change: Sendable, Hashable {
    package var field: FieldPath
    package var from: Operand?
    package var to: Operand?
    /// A day or a date word; nil for ever since.
    package var during: Operand?

    package init(field: FieldPath, from: Operand? = nil, to: Operand? = nil, during: Operand? = nil) {
        (self.field, self.from, self.to, self.during) = (field, from, to, during)
    }
}

/// What a field is compared with. Texts are read by the field's type: for a date, `2026-03-31` is a day and `TODAY` a word.
package enum Operand: Sendable, Hashable {
    case value(Value)
    case term(Term)
    case currentUser
    /// An amount in a currency: `USD5000`.
    case money(currency: String, Number)
    /// Where the query is compiled before it is bound, the value is given when the statement runs (`Late.argument`), and the
    /// compiled query is the same for all of them. Among several operands it stands for a list of texts.
    case argument(BindVariable)
}
