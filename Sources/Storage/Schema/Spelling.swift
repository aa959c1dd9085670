import SQL

extension ColumnType {
    /// The type as it is recorded in the database and named to people: `decimal(18,2)`, `datetime`.
    var spelling: String {
        switch self {
        case .decimal(let precision, let scale): "decimal(\(precision),\(scale))"
        default: "\(self)"
        }
    }

    init?(spelling: String) {
        let plain: [ColumnType] = [.id, .text, .integer, .real, .boolean, .date, .datetime, .time, .list, .json, .bytes]
        if let type = plain.first(where: { $0.spelling == spelling }) {
            self = type
            return
        }
        let numbers = spelling.dropFirst("decimal(".count).dropLast().split(separator: ",").compactMap { Int($0) }
        guard spelling.hasPrefix("decimal("), spelling.hasSuffix(")"), numbers.count == 2 else { return nil }
        self = .decimal(precision: numbers[0], scale: numbers[1])
    }
}
