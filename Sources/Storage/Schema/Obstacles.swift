import SQL

/// A connection as the planning of a migration asks it.
protocol SchemaConnection {
    var dialect: Dialect { get }
    /// The number in the only row.
    func integer(_ sql: String) throws -> Int
    /// The first column of every row.
    func texts(_ sql: String) throws -> [String]
    /// The keys of the rows whose value, of a column that is there now, would convert so; in order, at most `limit`.
    func keys(of table: Table, _ column: String, from: ColumnType, to: ColumnType, whose outcome: Conversion, limit: Int) throws
        -> [String]
    /// How many they are.
    func count(of table: Table, _ column: String, from: ColumnType, to: ColumnType, whose outcome: Conversion) throws -> Int
}

extension SchemaConnection {
    func count(_ table: String, where condition: String? = nil) throws -> Int {
        try integer("SELECT count(*) FROM \(quoted(table))" + (condition.map { " WHERE " + $0 } ?? ""))
    }
}

/// Rows that do not allow a change.
struct Obstacles {
    let difference: SchemaDifference
    let connection: any SchemaConnection

    func to(_ table: TableDifference) throws -> [MigrationRefusal] {
        guard table.live.primaryKey == table.liveName(table.wanted.primaryKey) else {
            let reason = "The primary key of a table cannot become another column"
            return [MigrationRefusal(table: table.wanted.name, column: table.wanted.primaryKey, reason: reason, ids: [])]
        }
        let refusals =
            try table.added.map { try obstacle(toAdding: $0, to: table) }
            + table.changed.flatMap { try [obstacle(toRequiring: $0, $1, table), obstacle(toRetyping: $0, $1, table)] }
            + table.addedKeys.map { try obstacle(to: $0, table) }
            + table.addedIndexes.map { try obstacle(to: $0, table) }
        return refusals.compactMap { $0 }
    }

    private func obstacle(toAdding column: Column, to table: TableDifference) throws -> MigrationRefusal? {
        if column.isNullable || column.initial != nil { return nil }
        return try refusal(
            table, column.name, "It would be required, and these records have no value for it: give it a default value",
            where: nil)
    }

    private func obstacle(toRequiring old: Column, _ new: Column, _ table: TableDifference) throws -> MigrationRefusal? {
        guard old.isNullable, !new.isNullable, let live = table.liveName(new.name) else { return nil }
        return try refusal(
            table, new.name, "It would be required, and is empty in these records: fill them first",
            where: "\(quoted(live)) IS NULL")
    }

    private func obstacle(toRetyping old: Column, _ new: Column, _ table: TableDifference) throws -> MigrationRefusal? {
        guard old.type != new.type, let live = table.liveName(new.name) else { return nil }
        let ids = try connection.keys(of: table.live, live, from: old.type, to: new.type, whose: .impossible, limit: 20)
        let reason =
            "Its type would change from \(old.type.spelling) to \(new.type.spelling), which cannot hold what these records have: change them first"
        return ids.isEmpty ? nil : MigrationRefusal(table: table.wanted.name, column: new.name, reason: reason, ids: ids)
    }

    private func obstacle(to key: ForeignKey, _ table: TableDifference) throws -> MigrationRefusal? {
        guard let live = table.liveName(key.column) else { return nil }
        var condition = "child.\(quoted(live)) IS NOT NULL"
        if let parent = difference.tables.first(where: { $0.wanted.name == key.table })?.live {
            let keys = ["parent." + quoted(parent.primaryKey), "child." + quoted(live)]
            // The column may have another type than it will have.
            let texts = connection.dialect == .postgres ? keys.map { $0 + "::text" } : keys
            condition +=
                " AND NOT EXISTS (SELECT 1 FROM \(quoted(parent.name)) AS parent WHERE \(texts.joined(separator: " = ")))"
        }
        return try refusal(
            table, key.column,
            "It would refer to \(key.table), where what these records point at is missing: clear or correct it first",
            where: condition)
    }

    private func obstacle(to index: Index, _ table: TableDifference) throws -> MigrationRefusal? {
        let live = index.columns.compactMap(table.liveName)
        // A condition is in terms of the new columns, which may not be there to ask yet: the index itself will tell.
        let isAskable = index.condition == nil || (table.added.isEmpty && table.renamedColumns.isEmpty)
        guard index.isUnique, live.count == index.columns.count, isAskable else { return nil }
        let columns = live.map(quoted).joined(separator: ", ")
        let condition = (live.map { "\(quoted($0)) IS NOT NULL" } + (index.condition.map { ["(\($0))"] } ?? [])).joined(
            separator: " AND ")
        return try refusal(
            table, index.columns.joined(separator: ", "),
            "It would be unique, and these records share a value: change them first",
            where: "\(condition) AND (\(columns)) IN (SELECT \(columns) FROM \(quoted(table.live.name)) WHERE \(condition)"
                + " GROUP BY \(columns) HAVING count(*) > 1)")
    }

    /// Nil when no row meets the condition.
    private func refusal(
        _ table: TableDifference, _ column: String, _ reason: String, where condition: String?
    ) throws -> MigrationRefusal? {
        let (key, filter) = (quoted(table.live.primaryKey), condition.map { " WHERE " + $0 } ?? "")
        let sql = "SELECT \(key) FROM \(quoted(table.live.name)) AS child\(filter) ORDER BY \(key) LIMIT 20"
        let ids = try connection.texts(sql)
        return ids.isEmpty ? nil : MigrationRefusal(table: table.wanted.name, column: column, reason: reason, ids: ids)
    }
}
