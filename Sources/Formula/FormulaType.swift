/// The static type of a formula or of a field in it.
package enum FormulaType: String, Sendable, Hashable, CaseIterable {
    case number, currency, percent, text, boolean, date, datetime, time, picklist, multiPicklist, id, location, null
}

/// What values of a type are while a formula runs: money and percentages are numbers, ids and picklist values are texts.
package enum Base: Sendable, Hashable {
    case number, text, boolean, date, datetime, time, list, location, null
}

extension FormulaType {
    package var base: Base {
        switch self {
        case .number, .currency, .percent: .number
        case .text, .picklist, .id: .text
        case .boolean: .boolean
        case .date: .date
        case .datetime: .datetime
        case .time: .time
        case .multiPicklist: .list
        case .location: .location
        case .null: .null
        }
    }

    /// The type in the words of an error message.
    var phrase: String {
        switch self {
        case .number: "a number"
        case .currency: "an amount of money"
        case .percent: "a percentage"
        case .text: "a text"
        case .boolean: "true or false"
        case .date: "a date"
        case .datetime: "a date with time"
        case .time: "a time"
        case .picklist: "a picklist value"
        case .multiPicklist: "a multi-select picklist"
        case .id: "an id"
        case .location: "a location"
        case .null: "null"
        }
    }

    /// The one type of two alternatives; nil where they do not fit together.
    func joined(with other: FormulaType) -> FormulaType? {
        if self == other || other == .null { return self }
        if self == .null { return other }
        guard base == other.base else { return nil }
        return switch base {
        case .number: .number
        case .text: .text
        default: self
        }
    }
}
