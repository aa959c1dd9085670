package import Values

/// A condition over fields, as list views, visibility, roll-ups and trigger conditions write it: the list form
/// `[{field, operator, value}]` (all must hold), or `{and: [...]}`, `{or: [...]}`, `{not: ...}` around it.
package indirect enum FilterTree: Sendable, Hashable {
    case all([FilterTree])
    case any([FilterTree])
    case not(FilterTree)
    case compare(field: String, FilterOperator, FilterOperand)
}

/// The operators of metadata filters; each is written in camelCase or snake_case.
package enum FilterOperator: String, Sendable, Hashable, CaseIterable {
    case equals, notEquals, greaterThan, greaterThanOrEqual, lessThan, lessThanOrEqual
    case `in`, notIn, contains, notContains, startsWith, endsWith, between, isNull, isNotNull, includes, excludes
    /// The date falls into the range of a date word: `operator: thisQuarter`, or `last_n_days` with the value 30.
    case during
}

package enum FilterOperand: Sendable, Hashable {
    case none
    case value(Value)
    case values([Value])
    case range(Value, Value)
    case currentUser
    case dateWord(DateWord)
    /// Another field of the same record (`{ field: CloseDate, operator: lessThan, valueField: StartDate }`).
    case field(String)
}

extension Set<FilterOperator> {
    static let presence: Set = [.isNull, .isNotNull]
    static let equality = presence.union([.equals, .notEquals, .in, .notIn])
    static let ordered = equality.union([.greaterThan, .greaterThanOrEqual, .lessThan, .lessThanOrEqual, .between])
    static let text = ordered.union([.contains, .notContains, .startsWith, .endsWith])
    static let several = presence.union([.includes, .excludes])
}
