import SQL

extension Table {
    /// `CREATE TABLE`, under another name where a table is rebuilt.
    func creation(as other: String? = nil) -> String {
        let columns = columns.map { "    " + definition(of: $0) }
        let keys = foreignKeys.map { "    FOREIGN KEY (\(quoted($0.column))) \(reference($0))" }
        return "CREATE TABLE \(quoted(other ?? name)) (\n\((columns + keys).joined(separator: ",\n"))\n) STRICT"
    }

    func definition(of column: Column) -> String {
        let type = "\(quoted(column.name)) \(column.type.declaration(.sqlite))"
        if column.name == primaryKey { return type + " NOT NULL PRIMARY KEY" }
        return column.isNullable ? type : type + " NOT NULL"
    }

    /// Deferred, so that a batch may write its records in any order.
    func reference(_ key: ForeignKey) -> String {
        "REFERENCES \(quoted(key.table)) DEFERRABLE INITIALLY DEFERRED"
    }
}

extension Index {
    func creation(on table: String) -> String {
        let columns = columns.map(quoted).joined(separator: ", ")
        let start = "CREATE \(isUnique ? "UNIQUE " : "")INDEX \(quoted(name)) ON \(quoted(table)) (\(columns))"
        return condition.map { "\(start) WHERE \($0)" } ?? start
    }
}
