/// An `INSERT` of rows that have a value for each of the same columns.
package struct Insertion: Sendable {
    package let table: String
    package let columns: [String]
    /// For one row.
    package let sql: String
    /// For several rows at once, most first, with places for their values in order; the last is that for one row. Made once: they
    /// are long.
    package let batches: [(rows: Int, sql: String)]

    init(_ table: String, _ columns: [String], _ dialect: Dialect) {
        (self.table, self.columns) = (table, columns)
        let head = "\(dialect.verb("INSERT")) INTO \(quoted(table)) (\(columns.map(quoted).joined(separator: ", "))) VALUES "
        let sizes = dialect == .postgres ? [32, 24, 16, 12, 8, 6, 4, 3, 2, 1] : [1]
        batches = sizes.filter { columns.count * $0 <= Insertion.mostPlaces }.map { rows in
            (rows, head + (0..<rows).map { Insertion.places(of: $0, columns.count, dialect) }.joined(separator: ", "))
        }
        sql = head + Insertion.places(of: 0, columns.count, dialect)
    }

    /// How many values PostgreSQL's protocol lets a statement have.
    private static let mostPlaces = 65_535

    private static func places(of row: Int, _ columns: Int, _ dialect: Dialect) -> String {
        "(" + (0..<columns).map { dialect.place(row * columns + $0 + 1) }.joined(separator: ", ") + ")"
    }
}

/// An `UPDATE` of the same columns of rows that are found by their `Id`: the values of a row are those of the columns, then its
/// `Id`.
package struct Alteration: Sendable {
    /// For one row.
    package let sql: String
    private let table: String
    private let columns: [(name: String, type: ColumnType)]
    private let dialect: Dialect

    init(_ table: String, _ columns: [(name: String, type: ColumnType)], _ dialect: Dialect) {
        (self.table, self.columns, self.dialect) = (table, columns, dialect)
        let settings = columns.enumerated().map { "\(quoted($1.name)) = \(dialect.place($0 + 1))" }
        let key = dialect.place(columns.count + 1)
        sql = "\(dialect.verb("UPDATE")) \(quoted(table)) SET \(settings.joined(separator: ", ")) WHERE \(quoted("Id")) = \(key)"
    }

    /// For any number of rows: each place takes the values of all rows, as an array of texts. Nil where the database has no
    /// arrays.
    package var sqlOfArrays: String? {
        guard dialect == .postgres else { return nil }
        let key = columns.count + 1
        let casts = columns.enumerated().map { "\(quoted($1.name)) = n.c\($0 + 1)::\($1.type.declaration(dialect))" }
        let (arrays, names) = ((1...key).map { "$\($0)::text[]" }, (1...key).map { "c\($0)" })
        return """
            UPDATE \(quoted(table)) AS o SET \(casts.joined(separator: ", ")) FROM unnest(\(arrays.joined(separator: ", "))) \
            AS n(\(names.joined(separator: ", "))) WHERE o.\(quoted("Id")) = n.c\(key)::uuid
            """
    }
}

extension Dialect {
    /// For a statement that changes one row. SQLite need not keep the pages it changes to undo a half of it: there is none.
    fileprivate func verb(_ word: String) -> String { self == .sqlite ? word + " OR FAIL" : word }

    func place(_ number: Int) -> String { (self == .sqlite ? "?" : "$") + String(number) }
}
