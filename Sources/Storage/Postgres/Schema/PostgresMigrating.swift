import SQL

extension PostgresDatabase {
    package func inspect(_ wanted: Schema) async throws -> Schema {
        let wanted = wanted.forPostgres
        return try await reading.submit(deadline: .after(.seconds(600))) { worker in
            try await worker.hold { session in try PostgresInspection(session, wanted: wanted).schema }
        }
    }

    package func plan(_ schema: Schema) async throws -> Migration {
        let (schema, largeTable) = (schema.forPostgres, options.largeTable)
        return try await reading.submit(deadline: .after(.seconds(600))) { worker in
            try await worker.hold { session in
                try PostgresPlanning(to: schema, session, largeTable: largeTable).migration
            }
        }
    }

    package func migrate(
        to schema: Schema, allowDestructive: Bool, progress: @escaping @Sendable (MigrationProgress) -> Void
    ) async throws -> Migration {
        try await migrate(to: schema, nil, allowDestructive, progress)
    }

    package func migrate(
        to schema: Schema, edition: Edition, allowDestructive: Bool, progress: @escaping @Sendable (MigrationProgress) -> Void
    ) async throws -> Migration {
        try await migrate(to: schema, edition, allowDestructive, progress)
    }

    private func migrate(
        to schema: Schema, _ edition: Edition?, _ allowDestructive: Bool,
        _ progress: @escaping @Sendable (MigrationProgress) -> Void
    ) async throws -> Migration {
        let (schema, options) = (schema.forPostgres, options)
        return try await reading.submit(deadline: .after(.seconds(86_400))) { worker in
            try await worker.hold { session in
                try PostgresMigration(session, options, schema, edition, allowDestructive, progress).carryOut()
            }
        }
    }
}

/// One migration of a PostgreSQL database, which no other server carries out at the same time.
private struct PostgresMigration {
    private let session: PostgresSession
    private let options: PostgresDatabase.Options
    private let schema: Schema
    private let edition: Edition?
    private let allowDestructive: Bool
    private let progress: (MigrationProgress) -> Void

    init(
        _ session: PostgresSession, _ options: PostgresDatabase.Options, _ schema: Schema, _ edition: Edition?,
        _ allowDestructive: Bool, _ progress: @escaping (MigrationProgress) -> Void
    ) {
        (self.session, self.options, self.schema, self.edition) = (session, options, schema, edition)
        (self.allowDestructive, self.progress) = (allowDestructive, progress)
    }

    /// Two numbers, so that it is nobody else's: ours, and the schema's.
    private static let lock = "(1296126580, hashtext(current_schema()))"

    func carryOut() throws -> Migration {
        // A pooler would give the lock to another caller's session: there it must end with the transaction.
        if session.isPooled { return try migrate() }
        // Another server's migration may take longer than a statement may.
        let timeouts = ["statement_timeout", "lock_timeout"]
        defer {
            // Even where nobody wants the migration any more: the connection goes on to others.
            session.ticket = nil
            for name in timeouts { _ = try? session.command("RESET \(name)") }
            _ = try? session.command("SELECT pg_advisory_unlock\(PostgresMigration.lock)")
        }
        for name in timeouts { try session.command("SET \(name) = 0") }
        try session.command("SELECT pg_advisory_lock\(PostgresMigration.lock)")
        return try migrate()
    }

    private typealias Afterwards = (action: PostgresPlanning.Action, step: MigrationStep)

    /// What has to be done before the transaction, so that it does not keep others waiting.
    private struct Backfill: Error {
        let change: ColumnChange
        let progress: MigrationProgress
    }

    private func migrate() throws -> Migration {
        var filled: Set<String> = []
        while true {
            do {
                let (migration, afterwards) = try inTransaction { try steps(filled) }
                try finish(afterwards, migration)
                return migration
            } catch let needed as Backfill {
                let change = needed.change
                try inTransaction {
                    try session.command("SET LOCAL lock_timeout = \(lockTimeout)")
                    try session.expand(change)
                }
                try session.backfill(change) { rows in
                    var state = needed.progress
                    state.rows = rows
                    progress(state)
                }
                filled.insert(change.table.name + "." + change.column)
            }
        }
    }

    private var lockTimeout: Int { Int(options.lockTimeout / .milliseconds(1)) }

    /// A table that is in use is waited for only briefly, since everybody else would wait behind us; then all begins anew.
    private func inTransaction<Result>(_ body: () throws -> Result) throws -> Result {
        var tries = 1
        while true {
            try session.command("BEGIN")
            do {
                let result = try body()
                try session.command("COMMIT")
                return result
            } catch {
                if session.link.isInTransaction { try session.command("ROLLBACK") }
                guard case .busy = error as? StorageError, tries < 20 else { throw error }
                session.pause(.milliseconds(100 * tries))
                tries += 1
            }
        }
    }

    /// - Parameter filled: columns whose successors are filled.
    private func steps(_ filled: Set<String>) throws -> (Migration, afterwards: [Afterwards]) {
        if session.isPooled { try session.command("SELECT pg_advisory_xact_lock\(PostgresMigration.lock)") }
        try session.command("SET LOCAL statement_timeout = 0")
        try session.command("SET LOCAL lock_timeout = \(lockTimeout)")
        try makeFunctions()
        let planning = try PostgresPlanning(to: schema, session, largeTable: options.largeTable)
        try check(planning.migration)
        let chosen = zip(planning.migration.steps, planning.actions).filter { allowDestructive || !$0.0.isDestructive }
        for (index, (step, actions)) in chosen.enumerated() {
            for case .convert(let change) in actions
            where isLarge(change) && !filled.contains(change.table.name + "." + change.column) {
                throw Backfill(change: change, progress: MigrationProgress(done: index, total: chosen.count, step: step))
            }
        }
        let isNewEdition = try isNewEdition()
        // Before any table is locked: whoever writes now may need one of them to come to an end.
        if !chosen.isEmpty || isNewEdition { try session.command(EditionSQL.succession) }
        var afterwards: [Afterwards] = []
        for (index, (step, actions)) in chosen.enumerated() {
            progress(MigrationProgress(done: index, total: chosen.count, step: step))
            for action in actions where try !carryOut(action) { afterwards.append((action, step)) }
        }
        if !chosen.isEmpty || isNewEdition { try note(chosen.map(\.0)) }
        return (planning.migration, afterwards)
    }

    private func check(_ migration: Migration) throws {
        if !migration.refusals.isEmpty { throw MigrationProblem.refused(migration.refusals) }
        let forbidden = migration.steps.filter { $0.isDestructive && !$0.isLeftover }
        if !allowDestructive, !forbidden.isEmpty { throw MigrationProblem.destructive(forbidden) }
    }

    /// Says whether the action was one for the transaction.
    private func carryOut(_ action: PostgresPlanning.Action) throws -> Bool {
        switch action {
        case .sql(let sql): try session.command(sql)
        case .convert(let change): if isLarge(change) { try session.contract(change) } else { try session.convert(change) }
        case .afterwards, .fillSearch: return false
        }
        return true
    }

    private func isLarge(_ change: ColumnChange) -> Bool {
        change.rows >= options.largeTable && change.mayHaveSuccessor && !session.isPooled
    }

    /// What is left to be done for large tables. An index that does not come out whole is replaced by the next migration.
    private func finish(_ afterwards: [Afterwards], _ migration: Migration) throws {
        let count = migration.steps.count { allowDestructive || !$0.isDestructive }
        for (action, step) in afterwards {
            guard case .fillSearch(let table) = action else {
                try session.command(action.sql)
                continue
            }
            try session.fillSearch(of: table) { rows in
                progress(MigrationProgress(done: count - 1, total: count, step: step, rows: rows))
            }
        }
        try session.makeMonths(Month.ahead)
        progress(MigrationProgress(done: count, total: count, step: nil))
    }

    /// Whether another edition than ours is in force, or none.
    private func isNewEdition() throws -> Bool {
        guard let edition else { return false }
        for command in EditionSQL.table { try session.command(command) }
        let latest = try session.texts(
            "SELECT \"Version\" FROM martlet_migration WHERE \"Version\" IS NOT NULL ORDER BY \"Number\" DESC LIMIT 1")
        return latest != [edition.version]
    }

    /// Writes down what was done, and by which edition.
    private func note(_ steps: [MigrationStep]) throws {
        for command in EditionSQL.table { try session.command(command) }
        try session.run(
            "INSERT INTO martlet_migration (\"Steps\", \"Version\", \"Source\") VALUES ($1, $2, $3)",
            [
                .list(steps.map(\.description)), edition.map { .text($0.version) } ?? .null,
                edition.map { .text($0.source) } ?? .null,
            ])
    }

    /// Makes the functions that statements call, unless they are as they should be.
    private func makeFunctions() throws {
        let statements = SearchFunctions.all + EditionSQL.functions + options.functions
        let hash = PostgresName.hash(statements.joined(separator: "\n"))
        let known = try session.texts("SELECT obj_description(to_regprocedure('martlet_version()')::oid, 'pg_proc')")
        if known == [hash] { return }
        for statement in statements { try session.command(statement) }
        try session.command(
            "CREATE OR REPLACE FUNCTION martlet_version() RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT \(textLiteral(hash)) $$"
        )
        try session.command("COMMENT ON FUNCTION martlet_version() IS \(textLiteral(hash))")
    }
}

/// What full-text search needs: words without marks and signs, in lower case, as SQLite's tokenizer has them.
enum SearchFunctions {
    static let all = [
        """
        CREATE OR REPLACE FUNCTION martlet_words(t text) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $martlet$
        BEGIN
            -- Spaces stay, as many as there are: each match costs more than the words between them. ASCII alone, as most texts are.
            IF octet_length(t) = length(t) THEN RETURN regexp_replace(lower(t COLLATE "C"), '[^a-z0-9 ]+' COLLATE "C", ' ', 'g'); END IF;
            RETURN regexp_replace(regexp_replace(normalize(lower(t COLLATE "und-x-icu"), NFKD), '[\\u0300-\\u036f]+', '', 'g')
                COLLATE "und-x-icu", '[^[:alnum:] ]+', ' ', 'g');
        END $martlet$
        """,
        """
        CREATE OR REPLACE FUNCTION martlet_joined(t text[]) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $martlet$
        SELECT coalesce(array_to_string(t, ' '), '') $martlet$
        """,
        """
        CREATE OR REPLACE FUNCTION martlet_query(t text) RETURNS tsquery LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $martlet$
        SELECT to_tsquery('simple', nullif(regexp_replace(trim(martlet_words(t)), ' +', ':* & ', 'g'), '') || ':*') $martlet$
        """,
    ]
}
