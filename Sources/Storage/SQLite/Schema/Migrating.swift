import SQL

extension SQLiteDatabase {
    package func plan(_ schema: Schema) async throws -> Migration {
        try await reading.submit(deadline: .after(.seconds(600))) { try $0.plan(schema) }
    }

    package func migrate(
        to schema: Schema, allowDestructive: Bool, progress: @escaping @Sendable (MigrationProgress) -> Void
    ) async throws -> Migration {
        try await writing.submit(deadline: .after(.seconds(600))) { connection in
            let migration = try connection.plan(schema)
            for step in migration.steps { for sql in step.sql { try connection.run(sql) } }
            return migration
        }
    }
}

extension SQLiteConnection {
    func plan(_ schema: Schema) throws -> Migration {
        let known = try rows("SELECT name FROM sqlite_master WHERE type = 'table'") { rows in
            var names: Set<String> = []
            while try rows.next() { names.insert(rows.cell(0).string ?? "") }
            return names
        }
        let steps = schema.tables.filter { !known.contains($0.name) }.map { table in
            MigrationStep(
                "Create the table \(table.name)",
                sql: [table.creation()] + table.indexes.map { $0.creation(on: table.name) } + table.searchCreation)
        }
        return Migration(steps: steps)
    }
}
