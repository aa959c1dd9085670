import Formula

extension FormulaType {
    /// Types whose values can stand for each other.
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

    /// Whether a field can take what a formula of this type gives.
    func fits(_ field: FieldDefinition) -> Bool {
        guard let wanted = field.formulaType else { return self == .null || (family == .text && field.kind is any Textual) }
        return self == .null || family == wanted.family || (family == .text && wanted == .multiPicklist)
    }
}
