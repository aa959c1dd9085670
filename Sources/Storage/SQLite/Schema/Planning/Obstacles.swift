import SQL

/// Rows that do not allow a change.
extension Planning {
    func obstacles(to table: TableDifference) throws -> [MigrationRefusal] {
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
            where: "1")
    }

    private func obstacle(toRequiring old: Column, _ new: Column, _ table: TableDifference) throws -> MigrationRefusal? {
        guard old.isNullable, !new.isNullable, let live = table.liveName(new.name) else { return nil }
        return try refusal(
            table, new.name, "It would be required, and is empty in these records: fill them first",
            where: "\(quoted(live)) IS NULL")
    }

    private func obstacle(toRetyping old: Column, _ new: Column, _ table: TableDifference) throws -> MigrationRefusal? {
        guard old.type != new.type, let live = table.liveName(new.name) else { return nil }
        return try refusal(
            table, new.name,
            "Its type would change from \(old.type.spelling) to \(new.type.spelling), which cannot hold what these records have: change them first",
            where: Conversion.sql(quoted(live), from: old.type, to: new.type, is: .impossible))
    }

    private func obstacle(to key: ForeignKey, _ table: TableDifference) throws -> MigrationRefusal? {
        guard let live = table.liveName(key.column) else { return nil }
        var condition = "child.\(quoted(live)) IS NOT NULL"
        if let parent = difference.tables.first(where: { $0.wanted.name == key.table })?.live {
            condition +=
                " AND NOT EXISTS (SELECT 1 FROM \(quoted(parent.name)) AS parent"
                + " WHERE parent.\(quoted(parent.primaryKey)) = child.\(quoted(live)))"
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
        _ table: TableDifference, _ column: String, _ reason: String, where condition: String
    ) throws -> MigrationRefusal? {
        let key = quoted(table.live.primaryKey)
        let sql = "SELECT \(key) FROM \(quoted(table.live.name)) AS child WHERE \(condition) ORDER BY \(key) LIMIT 20"
        let ids = try connection.texts(sql)
        return ids.isEmpty ? nil : MigrationRefusal(table: table.wanted.name, column: column, reason: reason, ids: ids)
    }
}
