import SQL

extension SQLiteDatabase {
    package func inspect(_ wanted: Schema) async throws -> Schema {
        try await reading.submit(deadline: .after(.seconds(600))) { try Inspection($0, wanted: wanted).schema }
    }

    package func plan(_ schema: Schema) async throws -> Migration {
        try await reading.submit(deadline: .after(.seconds(600))) { connection in
            try Planning(SchemaDifference(from: Inspection(connection, wanted: schema).schema, to: schema), connection).migration
        }
    }

    package func migrate(
        to schema: Schema, allowDestructive: Bool, progress: @escaping @Sendable (MigrationProgress) -> Void
    ) async throws -> Migration {
        try await writing.submit(deadline: .after(.seconds(86_400)), isAlone: true) { connection in
            try connection.migrate(to: schema, allowDestructive: allowDestructive, progress: progress)
        }
    }
}

extension SQLiteConnection {
    /// SQLite's definitions are part of transactions, so that the whole migration is one. References cannot be kept while
    /// tables take each other's place: they are off meanwhile and checked at the end.
    fileprivate func migrate(
        to schema: Schema, allowDestructive: Bool, progress: (MigrationProgress) -> Void
    ) throws -> Migration {
        try run("PRAGMA foreign_keys = OFF")
        defer { if checksReferences { _ = try? run("PRAGMA foreign_keys = ON") } }
        try beginWriting()
        do {
            let migration = try carryOut(schema, allowDestructive, progress)
            try commit()
            return migration
        } catch {
            if isInTransaction { try rollBack() }
            throw error
        }
    }

    private func carryOut(
        _ schema: Schema, _ allowDestructive: Bool, _ progress: (MigrationProgress) -> Void
    ) throws -> Migration {
        let live = try Inspection(self, wanted: schema).schema
        let difference = SchemaDifference(from: live, to: schema)
        let migration = try Planning(difference, self).migration
        if !migration.refusals.isEmpty { throw MigrationProblem.refused(migration.refusals) }
        let forbidden = migration.steps.filter { $0.isDestructive && !$0.isLeftover }
        if !allowDestructive, !forbidden.isEmpty { throw MigrationProblem.destructive(forbidden) }

        let steps = migration.steps.filter { allowDestructive || !$0.isDestructive }
        for (index, step) in steps.enumerated() {
            progress(MigrationProgress(done: index, total: steps.count, step: step))
            for sql in step.sql { try run(sql) }
            // The next step may change the tables that it is for.
            try writeSearch()
        }
        if !steps.isEmpty {
            for table in difference.tables where !table.isEmpty { try checkKeys(of: table.wanted.name) }
            try record(schema, difference)
        }
        progress(MigrationProgress(done: steps.count, total: steps.count, step: nil))
        return migration
    }

    private func checkKeys(of table: String) throws {
        let broken = try texts("SELECT DISTINCT parent FROM pragma_foreign_key_check(?1)", [.text(table)])
        if let parent = broken.first { throw StorageError.foreignKey("records of \(table) point at missing ones of \(parent)") }
    }

    /// Writes down the types of all columns there are now.
    private func record(_ schema: Schema, _ difference: SchemaDifference) throws {
        try run(
            """
            CREATE TABLE IF NOT EXISTS \(Inspection.record) ("table" TEXT NOT NULL, "column" TEXT NOT NULL, "type" TEXT NOT NULL,
            PRIMARY KEY ("table", "column")) STRICT, WITHOUT ROWID
            """)
        try run("DELETE FROM \(Inspection.record)")
        let leftover = difference.tables.flatMap { table in table.leftover.map { (table.wanted.name, $0) } }
        let columns = (schema.tables + difference.leftover).flatMap { table in table.columns.map { (table.name, $0) } } + leftover
        _ = try run(
            "INSERT INTO \(Inspection.record) VALUES (?1, ?2, ?3)",
            each: columns.map { [.text($0), .text($1.name), .text($1.type.spelling)] })
        // What was dropped is recorded no longer.
        try run(
            """
            DELETE FROM \(Inspection.record) AS record WHERE NOT EXISTS
            (SELECT 1 FROM pragma_table_xinfo(record."table") WHERE name = record."column")
            """)
    }
}
