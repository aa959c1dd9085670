import SQL

// What is not in PostgreSQL's catalogue, or only in words of its own, stands in comments: that a table or an index is ours,
// the condition of an index, the columns of the search vector.

extension Table {
    static let comment = "Martlet"

    /// `CREATE TABLE`, without references, which may be to tables that are not there yet.
    var postgresCreation: [String] {
        let columns = columns.map { "    " + postgresDefinition(of: $0) }
        // A changed row finds room beside its old self, so that no index need learn of it.
        let kind = isSplitByMonth ? "PARTITION BY RANGE (\(quoted(primaryKey)))" : "WITH (fillfactor = 90)"
        return [
            "CREATE TABLE \(quoted(name)) (\n\(columns.joined(separator: ",\n"))\n) \(kind)",
            "COMMENT ON TABLE \(quoted(name)) IS \(textLiteral(Table.comment))",
        ]
    }

    func postgresDefinition(of column: Column) -> String {
        let type = "\(quoted(column.name)) \(column.type.postgresColumn)"
        if column.name == primaryKey { return type + " NOT NULL PRIMARY KEY" }
        return column.isNullable ? type : type + " NOT NULL"
    }

    /// Deferred, so that a batch may write its records in any order.
    func postgresReference(_ key: ForeignKey) -> String {
        "ALTER TABLE \(quoted(name)) ADD FOREIGN KEY (\(quoted(key.column))) REFERENCES \(quoted(key.table)) DEFERRABLE INITIALLY DEFERRED"
    }
}

extension Index {
    static let comment = "Martlet"

    func postgresCreation(on table: String, concurrently: Bool = false) -> [String] {
        // Nulls come first when lists sort upwards, as on SQLite: only so does the index give a list in its order.
        let list = columns.map { quoted($0) + " NULLS FIRST" }.joined(separator: ", ")
        let kind = (isUnique ? "UNIQUE " : "") + "INDEX" + (concurrently ? " CONCURRENTLY" : "")
        let filter = condition.map { " WHERE " + $0 } ?? ""
        return [
            "CREATE \(kind) \(quoted(name)) ON \(quoted(table)) (\(list))\(filter)",
            "COMMENT ON INDEX \(quoted(name)) IS \(textLiteral(Index.comment + filter))",
        ]
    }
}

extension ColumnType {
    /// Texts compare and sort by code point, as on SQLite, whatever the database's own collation.
    var postgresColumn: String {
        switch self {
        case .text, .list: declaration(.postgres) + " COLLATE \"C\""
        default: declaration(.postgres)
        }
    }

    /// The type by what the catalogue calls it; nil for one that is not ours.
    init?(postgres name: String) {
        let plain: [ColumnType] = [.id, .text, .integer, .real, .boolean, .date, .datetime, .time, .list, .json, .bytes]
        let names = [
            "uuid", "text", "bigint", "double precision", "boolean", "date", "timestamp with time zone",
            "time(3) without time zone", "text[]", "jsonb", "bytea",
        ]
        if let index = names.firstIndex(of: name) {
            self = plain[index]
            return
        }
        let numbers = name.dropFirst("numeric(".count).dropLast().split(separator: ",").compactMap { Int($0) }
        guard name.hasPrefix("numeric("), numbers.count == 2 else { return nil }
        self = .decimal(precision: numbers[0], scale: numbers[1])
    }
}

extension Bind {
    /// The value as SQL text, for definitions, which take no bound values.
    var postgresLiteral: String {
        get throws {
            do throws(Misfit) { return try postgresText.map { textLiteral($0) } ?? "NULL" } catch {
                throw StorageError.statement(message: error.message, sql: "\(self)")
            }
        }
    }
}

/// PostgreSQL cuts names off after 63 bytes.
enum PostgresName {
    /// The name, or a shorter one that is as good as unique.
    static func short(_ name: String) -> String {
        guard name.utf8.count > 63 else { return name }
        var start = name[...]
        while start.utf8.count > 46 { start.removeLast() }
        return start + "_" + hash(name)
    }

    /// The same in every process (FNV-1a).
    static func hash(_ text: String) -> String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return String(hash, radix: 16)
    }
}

extension Schema {
    /// The schema with names of indexes that PostgreSQL keeps whole.
    var forPostgres: Schema {
        Schema(
            tables: tables.map { table in
                var table = table
                table.indexes = table.indexes.map { index in
                    var index = index
                    index.name = PostgresName.short(index.name)
                    return index
                }
                return table
            })
    }
}
