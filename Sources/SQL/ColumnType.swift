/// What a column holds, whatever the database.
///
/// On SQLite: decimals are INTEGER counts of `10^-scale`, datetimes INTEGER microseconds since 1970 UTC, booleans 0 and 1,
/// dates `YYYY-MM-DD`, times `HH:MM:SS.mmm`, lists and documents JSON text, ids lower-case UUID text.
/// On PostgreSQL: `numeric`, `timestamptz`, `boolean`, `date`, `time`, `text[]`, `jsonb`, `uuid`.
package enum ColumnType: Sendable, Hashable {
    case id
    case text
    case integer
    case real
    case decimal(precision: Int, scale: Int)
    case boolean
    case date
    case datetime
    case time
    case list
    case json
    case bytes

    /// The type as it stands in a CREATE TABLE.
    package func declaration(_ dialect: Dialect) -> String {
        switch (dialect, self) {
        case (.sqlite, .id), (.sqlite, .text), (.sqlite, .date), (.sqlite, .time), (.sqlite, .list), (.sqlite, .json): "TEXT"
        case (.sqlite, .integer), (.sqlite, .decimal), (.sqlite, .boolean), (.sqlite, .datetime): "INTEGER"
        case (.sqlite, .real): "REAL"
        case (.sqlite, .bytes): "BLOB"
        case (.postgres, .id): "uuid"
        case (.postgres, .text): "text"
        case (.postgres, .integer): "bigint"
        case (.postgres, .real): "double precision"
        case (.postgres, .decimal(let precision, let scale)): "numeric(\(precision),\(scale))"
        case (.postgres, .boolean): "boolean"
        case (.postgres, .date): "date"
        case (.postgres, .datetime): "timestamptz"
        case (.postgres, .time): "time(3)"
        case (.postgres, .list): "text[]"
        case (.postgres, .json): "jsonb"
        case (.postgres, .bytes): "bytea"
        }
    }
}
