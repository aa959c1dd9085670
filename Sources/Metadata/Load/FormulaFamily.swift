import Formula

extension FormulaType {
    /// Types whose values can be compared with each other.
    enum Family { case number, text, boolean, date, datetime, time, several, location, null }

    var family: Family {
        switch self {
        case .number, .currency, .percent: .number
        case .text, .picklist, .id: .text
        case .boolean: .boolean
        case .date: .date
        case .datetime: .datetime
        case .time: .time
        case .multiPicklist: .several
        case .location: .location
        case .null: .null
        }
    }
}

extension FieldDefinition {
    /// The type of a formula that sets the field; nil where none can.
    var settingType: FormulaType? { formulaType ?? (kind is any Textual ? .text : nil) }
}
