import SQL

/// Turns a difference into SQLite's steps, and finds the rows that stand in their way.
struct Planning {
    let connection: SQLiteConnection
    let difference: SchemaDifference
    private(set) var migration = Migration()

    init(_ difference: SchemaDifference, _ connection: SQLiteConnection) throws {
        (self.difference, self.connection) = (difference, connection)
        for table in difference.renames { try rename(table) }
        for table in difference.created { create(table) }
        for table in difference.tables { try alter(table) }
        for table in difference.leftover { try drop(table) }
    }

    private mutating func add(_ step: MigrationStep) { migration.steps.append(step) }

    private func count(_ table: String, where condition: String? = nil) throws -> Int {
        try connection.count(table, where: condition)
    }

    private mutating func rename(_ table: TableDifference) throws {
        let (old, new) = (table.live.name, table.wanted.name)
        // Names are compared without regard to case, so that a change of case alone needs a name in between.
        let between = old.lowercased() == new.lowercased() ? new + "_renamed" : new
        let names = between == new ? [old, new] : [old, between, new]
        let sql = zip(names, names.dropFirst()).map { "ALTER TABLE \(quoted($0)) RENAME TO \(quoted($1))" }
        add(MigrationStep("Rename the table \(old) to \(new)", sql: table.live.searchRemoval + sql, rows: try count(old)))
    }

    private mutating func create(_ table: Table) {
        let indexes = table.indexes.map { $0.creation(on: table.name) }
        add(MigrationStep("Create the table \(table.name)", sql: [table.creation()] + indexes + table.searchCreation))
    }

    private mutating func drop(_ table: Table) throws {
        add(
            MigrationStep(
                "Drop the table \(table.name), which the metadata does not name",
                sql: table.searchRemoval + ["DROP TABLE \(quoted(table.name))"], rows: try count(table.name),
                isDestructive: true, isLeftover: true))
    }
}

extension Planning {
    private mutating func alter(_ table: TableDifference) throws {
        migration.refusals += try Obstacles(difference: difference, connection: connection).to(table)
        let rebuild = try Rebuild(table, connection)
        let isSearchRemade = table.isSearchChanged || (rebuild != nil && !table.wanted.searchColumns.isEmpty)
        if isSearchRemade, !table.isRenamed, !table.live.searchColumns.isEmpty {
            add(MigrationStep("Remove the search index of \(table.wanted.name)", sql: table.live.searchRemoval))
        }
        for (old, new) in table.renamedColumns { rename(old, to: new, in: table) }
        for index in table.droppedIndexes { drop(index, of: table) }
        if let rebuild { add(try rebuild.step()) } else { for column in table.added { try add(column, to: table) } }
        for (old, new) in table.changed where rebuild == nil { reinterpret(old, as: new, in: table) }
        for index in table.addedIndexes { try add(index, to: table) }
        if isSearchRemade, !table.wanted.searchColumns.isEmpty { try addSearch(to: table) }
        for column in table.leftover { try drop(column, of: table) }
    }

    private mutating func rename(_ old: String, to new: String, in table: TableDifference) {
        let name = table.wanted.name
        let sql = "ALTER TABLE \(quoted(name)) RENAME COLUMN \(quoted(old)) TO \(quoted(new))"
        add(MigrationStep("Rename the column \(name).\(old) to \(new)", sql: [sql]))
    }

    private mutating func drop(_ index: Index, of table: TableDifference) {
        let sql = "DROP INDEX IF EXISTS \(quoted(index.name))"
        add(MigrationStep("Drop the index \(index.name) of \(table.wanted.name)", sql: [sql]))
    }

    /// A change of type that leaves every stored value as it is: only the record of types changes.
    private mutating func reinterpret(_ old: Column, as new: Column, in table: TableDifference) {
        let column = "\(table.wanted.name).\(new.name)"
        add(MigrationStep("Change the type of \(column) from \(old.type.spelling) to \(new.type.spelling)", sql: []))
    }

    private mutating func addSearch(to table: TableDifference) throws {
        let list = table.wanted.searchColumns.joined(separator: ", ")
        // What an index that was found not to be as it should left behind goes first.
        let sql = table.wanted.searchRemoval + table.wanted.searchCreation
        add(MigrationStep("Index \(table.wanted.name) for search (\(list))", sql: sql, rows: try count(table.live.name)))
    }

    private mutating func add(_ column: Column, to table: TableDifference) throws {
        let name = table.wanted.name
        let key = table.wanted.foreignKeys.first { $0.column == column.name }.map { " " + table.wanted.reference($0) } ?? ""
        var sql = ["ALTER TABLE \(quoted(name)) ADD COLUMN \(table.wanted.definition(of: column))\(key)"]
        if let initial = column.initial {
            sql.append("UPDATE \(quoted(name)) SET \(quoted(column.name)) = \(try initial.literal)")
        }
        let rows = column.initial == nil ? 0 : try count(table.live.name)
        add(MigrationStep("Add the column \(name).\(column.name) (\(column.type.spelling))", sql: sql, rows: rows))
    }

    private mutating func add(_ index: Index, to table: TableDifference) throws {
        let list = index.columns.joined(separator: ", ")
        let kind = index.isUnique ? "unique index" : "index"
        add(
            MigrationStep(
                "Add the \(kind) \(index.name) on \(table.wanted.name) (\(list))",
                sql: [index.creation(on: table.wanted.name)], rows: try count(table.live.name)))
    }

    private mutating func drop(_ column: Column, of table: TableDifference) throws {
        let name = table.wanted.name
        let rows = try count(table.live.name, where: "\(quoted(column.name)) IS NOT NULL")
        add(
            MigrationStep(
                "Drop the column \(name).\(column.name), which the metadata does not name",
                sql: ["ALTER TABLE \(quoted(name)) DROP COLUMN \(quoted(column.name))"], rows: rows,
                isDestructive: true, isLeftover: true))
    }
}
