import SQL
import Values

/// Conversions between types of columns, as functions of SQL: every connection has them.
extension Conversion {
    /// The value of an SQL expression as one of another type; an error of the statement where there is none.
    static func sql(_ value: String, from: ColumnType, to: ColumnType) -> String {
        "martlet_convert(\(value), \(textLiteral(from.spelling)), \(textLiteral(to.spelling)))"
    }

    /// Whether converting the value of an SQL expression would go so.
    static func sql(_ value: String, from: ColumnType, to: ColumnType, is outcome: Conversion) -> String {
        "martlet_conversion(\(value), \(textLiteral(from.spelling)), \(textLiteral(to.spelling))) = \(outcome.rawValue)"
    }

    static let functions = [
        SQLFunction(name: "martlet_convert", arguments: 3) { cells in
            let (value, from, to) = try arguments(cells)
            guard let converted = value.converted(from: from, to: to), let bind = Bind(converted, as: to)
            else { throw Misfit(message: "\(value) has no form as \(to.spelling)") }
            return bind
        },
        SQLFunction(name: "martlet_conversion", arguments: 3) { cells in
            let (value, from, to) = try arguments(cells)
            return .integer(Int64(Conversion(value, from: from, to: to).rawValue))
        },
    ]

    private static func arguments(_ cells: [Cell]) throws -> (Value, ColumnType, ColumnType) {
        guard let from = cells[1].string.flatMap(ColumnType.init(spelling:)),
            let to = cells[2].string.flatMap(ColumnType.init(spelling:))
        else { throw Misfit(message: "A type of column was expected") }
        // A value that is no value of its own type, as a text that is no date, converts to nothing.
        let value = from.value(cells[0])
        if value.isNull, !cells[0].isNull { throw Misfit(message: "\(cells[0].string ?? "") is no \(from.spelling)") }
        return (value, from, to)
    }
}

extension SQLiteConnection: SchemaConnection {
    var dialect: Dialect { .sqlite }

    func integer(_ sql: String) throws -> Int { try integer(sql, []) }
    func texts(_ sql: String) throws -> [String] { try texts(sql, []) }

    func keys(of table: Table, _ column: String, from: ColumnType, to: ColumnType, whose outcome: Conversion, limit: Int) throws
        -> [String]
    {
        let (key, condition) = (quoted(table.primaryKey), Conversion.sql(quoted(column), from: from, to: to, is: outcome))
        return try texts("SELECT \(key) FROM \(quoted(table.name)) WHERE \(condition) ORDER BY \(key) LIMIT \(limit)")
    }

    func count(of table: Table, _ column: String, from: ColumnType, to: ColumnType, whose outcome: Conversion) throws -> Int {
        try count(table.name, where: Conversion.sql(quoted(column), from: from, to: to, is: outcome))
    }
}
