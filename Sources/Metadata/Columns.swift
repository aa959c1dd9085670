import Formula
package import SQL

extension FieldDefinition {
    /// The column that stores the field, or in which a formula field's SQL delivers its result.
    package var column: ColumnType {
        switch type {
        case .id, .lookup, .masterDetail: .id
        case .text, .textarea, .richText, .email, .phone, .url, .select, .autoNumber, .file, .image: .text
        case .encrypted: .text
        case .number, .currency, .percent: .decimal(precision: precision, scale: scale)
        case .checkbox: .boolean
        case .date: .date
        case .datetime: .datetime
        case .time: .time
        case .multiselect, .tags: .list
        case .json, .geolocation: .json
        case .formula: formula?.compiled?.resultColumn ?? .text
        case .summary: summaryColumn
        }
    }
}
