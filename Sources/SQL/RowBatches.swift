/// An `INSERT` of rows that have a value for each of the same columns.
package struct Insertion: Sendable {
    package let columns: Int
    private let head: String
    private let dialect: Dialect
    /// For one row.
    package let sql: String

    init(head: String, columns: Int, dialect: Dialect) {
        (self.head, self.columns, self.dialect) = (head, columns, dialect)
        sql = head + Insertion.places(of: 0, columns, dialect)
    }

    /// One statement for so many rows, with places for their values in order.
    package func sql(rows: Int) -> String {
        if rows == 1 { return sql }
        return head + (0..<rows).map { Insertion.places(of: $0, columns, dialect) }.joined(separator: ", ")
    }

    private static func places(of row: Int, _ columns: Int, _ dialect: Dialect) -> String {
        "(" + (0..<columns).map { dialect.place(row * columns + $0 + 1) }.joined(separator: ", ") + ")"
    }
}

/// An `UPDATE` of the same columns of rows that are found by their `Id`: the values of a row are those of the columns, then its
/// `Id`.
package struct Alteration: Sendable {
    /// For one row.
    package let sql: String
    /// For any number of rows: each place takes the values of all rows, as an array of texts. Nil where the database has no
    /// arrays.
    package let sqlOfArrays: String?

    init(_ table: String, _ columns: [(name: String, type: ColumnType)], _ dialect: Dialect) {
        let settings = columns.enumerated().map { "\(quoted($1.name)) = \(dialect.place($0 + 1))" }
        let key = columns.count + 1
        let head = "UPDATE \(quoted(table))"
        sql = "\(head) SET \(settings.joined(separator: ", ")) WHERE \(quoted("Id")) = \(dialect.place(key))"
        guard dialect == .postgres else {
            sqlOfArrays = nil
            return
        }
        let casts = columns.enumerated().map { "\(quoted($1.name)) = n.c\($0 + 1)::\($1.type.declaration(dialect))" }
        let (arrays, names) = ((1...key).map { "$\($0)::text[]" }, (1...key).map { "c\($0)" })
        sqlOfArrays = """
            \(head) AS o SET \(casts.joined(separator: ", ")) FROM unnest(\(arrays.joined(separator: ", "))) \
            AS n(\(names.joined(separator: ", "))) WHERE o.\(quoted("Id")) = n.c\(key)::uuid
            """
    }
}

extension Dialect {
    func place(_ number: Int) -> String { (self == .sqlite ? "?" : "$") + String(number) }
}
