import SQL

/// What a database holds, read back from it.
///
/// SQLite knows that a column is INTEGER, not whether that counts cents or microseconds: the types are recorded beside the
/// data, in `martlet_schema`. Tables that are not recorded belong to somebody else and are not seen.
struct Inspection {
    static let record = "martlet_schema"

    private(set) var schema = Schema(tables: [])
    private let connection: SQLiteConnection

    /// Reads the tables that are recorded or named in `wanted`.
    init(_ connection: SQLiteConnection, wanted: Schema) throws {
        self.connection = connection
        let tables = try connection.texts(
            "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' ORDER BY name")
        let types = tables.contains(Inspection.record) ? try recordedTypes() : [:]
        let names = Set(wanted.tables.flatMap { [$0.name] + ($0.renamedFrom.map { [$0] } ?? []) }).union(types.keys)
        for name in tables where names.contains(name) && name != Inspection.record {
            schema.tables.append(try table(name, types: types[name] ?? [:]))
        }
    }

    private func recordedTypes() throws -> [String: [String: ColumnType]] {
        try connection.rows("SELECT \"table\", \"column\", \"type\" FROM \(Inspection.record)") { rows in
            var types: [String: [String: ColumnType]] = [:]
            while try rows.next() {
                guard let table = rows.cell(0).string, let column = rows.cell(1).string else { continue }
                types[table, default: [:]][column] = rows.cell(2).string.flatMap(ColumnType.init(spelling:))
            }
            return types
        }
    }

    private func table(_ name: String, types: [String: ColumnType]) throws -> Table {
        var table = Table(name: name, columns: [], primaryKey: "")
        try connection.rows("SELECT name, type, \"notnull\", pk FROM pragma_table_xinfo(?1) ORDER BY cid", [.text(name)]) {
            rows in
            while try rows.next() {
                let (column, isKey) = (rows.cell(0).string ?? "", rows.cell(3).integer == 1)
                let type = types[column] ?? ColumnType(declared: rows.cell(1).string ?? "")
                if isKey { table.primaryKey = column }
                table.columns.append(Column(column, type, isNullable: rows.cell(2).integer == 0))
            }
        }
        table.indexes = try indexes(of: name)
        table.foreignKeys = try foreignKeys(of: name)
        table.searchColumns = try searchColumns(of: table)
        return table
    }

    private func indexes(of table: String) throws -> [Index] {
        let found = try connection.rows(
            """
            SELECT list.name, list."unique", master.sql FROM pragma_index_list(?1) AS list
            JOIN sqlite_master AS master ON master.type = 'index' AND master.name = list.name
            WHERE list.origin = 'c' ORDER BY list.name
            """, [.text(table)]
        ) { rows in
            var found: [(name: String, isUnique: Bool, sql: String)] = []
            while try rows.next() {
                found.append((rows.cell(0).string ?? "", rows.cell(1).integer == 1, rows.cell(2).string ?? ""))
            }
            return found
        }
        return try found.map { index in
            let columns = try connection.texts("SELECT name FROM pragma_index_info(?1) ORDER BY seqno", [.text(index.name)])
            var result = Index(name: index.name, columns: columns, isUnique: index.isUnique)
            // What our own CREATE INDEX says after the columns.
            let start = result.creation(on: table) + " WHERE "
            if index.sql.hasPrefix(start) { result.condition = String(index.sql.dropFirst(start.count)) }
            return result
        }
    }

    private func foreignKeys(of table: String) throws -> [ForeignKey] {
        try connection.rows("SELECT \"from\", \"table\" FROM pragma_foreign_key_list(?1) ORDER BY id DESC", [.text(table)]) {
            rows in
            var keys: [ForeignKey] = []
            while try rows.next() {
                keys.append(ForeignKey(column: rows.cell(0).string ?? "", table: rows.cell(1).string ?? ""))
            }
            return keys
        }
    }

    /// None where the search table is not exactly as it would be made now: it is made anew then.
    private func searchColumns(of table: Table) throws -> [String] {
        var table = table
        table.searchColumns = try connection.texts(
            "SELECT name FROM pragma_table_info(?1) ORDER BY cid", [.text(table.searchTable)])
        let found = try connection.texts(
            "SELECT sql FROM sqlite_master WHERE name = ?1 OR (type = 'trigger' AND tbl_name = ?2)",
            [.text(table.searchTable), .text(table.name)])
        return Set(found).isSuperset(of: table.searchDefinition) ? table.searchColumns : []
    }
}

extension ColumnType {
    /// The nearest type for a column that is not recorded.
    fileprivate init(declared: String) {
        switch declared.uppercased() {
        case "INTEGER", "INT": self = .integer
        case "REAL": self = .real
        case "BLOB": self = .bytes
        default: self = .text
        }
    }
}
