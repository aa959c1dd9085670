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
    /// `CALENDAR_YEAR(CloseDate)`; a moment is taken by the clock of the session's zone where `isLocal`, else by UTC.
    case datePart(DatePart, FieldPath, isLocal: Bool)
    /// From a place in a field to another place, in `unit`.
    indirect case distance(FieldPath, Spot, DistanceUnit)
    /// 1 where the key is summed up in this group, else 0.
    indirect case grouping(Term)
    /// The value as people read it.
    indirect case display(Display, Term)
}

package enum AggregateFunction: String, Sendable, Hashable, CaseIterable {
    case count, countDistinct, sum, avg, min, max
}

/// What is read off a date or a moment: a number, or for `DAY_ONLY` the day.
package enum DatePart: String, Sendable, Hashable, CaseIterable {
    case calendarYear = "CALENDAR_YEAR"
    /// 1 to 4.
    case calendarQuarter = "CALENDAR_QUARTER"
    case calendarMonth = "CALENDAR_MONTH"
    case dayInMonth = "DAY_IN_MONTH"
    /// 1 is Sunday.
    case dayInWeek = "DAY_IN_WEEK"
    case dayInYear = "DAY_IN_YEAR"
    case dayOnly = "DAY_ONLY"
    case hourInDay = "HOUR_IN_DAY"
    /// 1 is the first seven days of the month.
    case weekInMonth = "WEEK_IN_MONTH"
    /// 1 is the first seven days of the year.
    case weekInYear = "WEEK_IN_YEAR"
    case fiscalMonth = "FISCAL_MONTH"
    case fiscalQuarter = "FISCAL_QUARTER"
    /// A fiscal year bears the number of the year in which it ends.
    case fiscalYear = "FISCAL_YEAR"
}

package enum Display: String, Sendable, Hashable, CaseIterable {
    /// The label of a picklist's value.
    case label = "toLabel"
    /// A number with its groups of three, a moment by the session's clock.
    case format = "FORMAT"
    /// An amount in the currency of whoever asks.
    case currency = "convertCurrency"
}

/// The other end of a distance.
package enum Spot: Sendable, Hashable {
    case field(FieldPath)
    case place(latitude: Coordinate, longitude: Coordinate)
}

/// Decimal degrees: known, or given when the query is bound.
package enum Coordinate: Sendable, Hashable {
    case degrees(Number)
    case argument(BindVariable)
}

package enum DistanceUnit: String, Sendable, Hashable, CaseIterable { case miles = "mi", kilometres = "km" }

extension Term {
    /// Whether it is a figure over a group, shown in whatever way.
    package var isFigure: Bool {
        switch self {
        case .aggregate, .grouping: true
        case .display(_, let inner): inner.isFigure
        case .field, .period, .datePart, .distance: false
        }
    }
}
