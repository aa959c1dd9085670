package import Values

/// The names on the way to a field: `["Account", "Owner", "Name"]`, as they were written.
package struct FieldPath: Sendable, Hashable, CustomStringConvertible, ExpressibleByStringLiteral {
    package var names: [String]

    package init(names: [String]) { self.names = names }

    /// Reads `Account.Owner.Name`.
    package init(_ text: String) {
        names =
            text.utf8.contains(UInt8(ascii: "."))
            ? text.split(separator: ".", omittingEmptySubsequences: false).map(String.init) : [text]
    }

    package init(stringLiteral text: String) { self.init(text) }

    package var description: String { names.joined(separator: ".") }
}

/// Something a query selects, groups, compares or sorts.
package enum Term: Sendable, Hashable {
    case field(FieldPath)
    /// The first day of the unit in which a date lies: `{"field": "CloseDate", "by": "month"}`.
    case period(DateWord.Unit, FieldPath)
    /// A figure over the rows of a group; without a field it counts rows.
    case aggregate(AggregateFunction, FieldPath?)
}

package enum AggregateFunction: String, Sendable, Hashable, CaseIterable {
    case count, countDistinct, sum, avg, min, max
}
