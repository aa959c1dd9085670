import SQL

// The type of a column of a large table changes in three steps, so that nobody has to wait for it. Expand: a column of the new type, its
// successor, is put beside it. Backfill: the successor is filled, a few rows at a time; who changes a value meanwhile empties it again.
// Contract: in the migration's transaction the few rows that are left are filled, and the successor takes the column's place. Where
// that was interrupted, the next migration goes on.

/// A column whose values become those of another type. Names are those of the wanted schema, except where `live` is said.
struct ColumnChange {
    let table: Table
    let column: String
    let from: ColumnType
    let to: ColumnType
    let liveTable: String
    let liveColumn: String
    let isRequired: Bool
    /// The column's indexes that stay.
    let indexes: [Index]
    let rows: Int

    /// A column that others refer to is changed where it is. One that is to refer to a table does so after the change.
    var mayHaveSuccessor: Bool { !isOfKey && !table.isSplitByMonth }

    var isOfKey: Bool { column == table.primaryKey }

    static let prefix = "martlet_new_"
    /// The successor, and what empties it.
    var successor: String { ColumnChange.successor(of: column) }
    static func successor(of column: String) -> String { PostgresName.short(prefix + column) }
    private var function: String { PostgresName.short(ColumnChange.prefix + table.name + "_" + column) }

    var expansion: [String] {
        let (table, new) = (quoted(liveTable), quoted(successor))
        let old = quoted(liveColumn)
        return [
            "ALTER TABLE \(table) ADD COLUMN \(new) \(to.postgresColumn)",
            """
            CREATE OR REPLACE FUNCTION \(quoted(function))() RETURNS trigger LANGUAGE plpgsql AS $martlet$
            BEGIN NEW.\(new) := NULL; RETURN NEW; END $martlet$
            """,
            """
            CREATE TRIGGER \(new) BEFORE UPDATE OF \(old) ON \(table) FOR EACH ROW
            WHEN (OLD.\(old) IS DISTINCT FROM NEW.\(old)) EXECUTE FUNCTION \(quoted(function))()
            """,
        ]
    }

    /// What is made of the column's indexes, beside the work of others.
    var indexCreation: [String] {
        indexes.flatMap { index in
            var new = index
            new.name = successor(of: index)
            new.columns = index.columns.map { $0 == column ? successor : $0 }
            new.condition = index.condition?.replacing(quoted(column), with: quoted(successor))
            return ["DROP INDEX IF EXISTS \(quoted(new.name))", new.postgresCreation(on: liveTable, concurrently: true)[0]]
        }
    }

    var contraction: [String] {
        let (table, new, old) = (quoted(table.name), quoted(successor), quoted(column))
        let requirement = isRequired ? ["ALTER TABLE \(table) ALTER COLUMN \(new) SET NOT NULL"] : []
        let swap = [
            "DROP TRIGGER \(new) ON \(table)", "DROP FUNCTION \(quoted(function))()", "ALTER TABLE \(table) DROP COLUMN \(old)",
            "ALTER TABLE \(table) RENAME COLUMN \(new) TO \(old)",
        ]
        return requirement + swap
            + indexes.flatMap { index in
                [
                    "ALTER INDEX \(quoted(successor(of: index))) RENAME TO \(quoted(index.name))",
                    index.postgresCreation(on: self.table.name)[1],
                ]
            }
    }

    private func successor(of index: Index) -> String { PostgresName.short(ColumnChange.prefix + index.name) }
}

extension Table {
    var keyType: ColumnType { columns.first { $0.name == primaryKey }?.type ?? .text }
}

extension PostgresSession {
    /// Puts the successor beside a column, unless an earlier migration did. One of another type was given up: it goes.
    func expand(_ change: ColumnChange) throws {
        let type = try texts(
            """
            SELECT format_type(atttypid, atttypmod) FROM pg_attribute
            WHERE attrelid = \(textLiteral(quoted(change.liveTable)))::regclass AND attname = \(textLiteral(change.successor))
            """
        ).first
        if let type, ColumnType(postgres: type) == change.to { return }
        if type != nil { try command(ColumnChange.removal(of: change.successor, from: change.liveTable)) }
        for command in change.expansion { try self.command(command) }
    }

    /// Fills the successor row by row in the order of keys, each batch in a transaction of its own.
    ///
    /// - Parameter progress: told after each batch how many rows were filled.
    func backfill(_ change: ColumnChange, _ progress: (Int) -> Void) throws {
        var (last, filled) = (String?.none, 0)
        while true {
            try command("BEGIN")
            do {
                // Rows that others are changing are left for the end.
                let batch = try fill(
                    change, in: change.liveTable, change.liveColumn, after: last, lock: " FOR NO KEY UPDATE SKIP LOCKED")
                try command("COMMIT")
                if batch.isEmpty { break }
                (last, filled) = (batch.last?.key, filled + batch.count)
                progress(filled)
            } catch {
                if link.isInTransaction { try command("ROLLBACK") }
                throw error
            }
        }
        for command in change.indexCreation { try self.command(command) }
    }

    /// In the migration's transaction, which keeps everybody out who writes.
    func contract(_ change: ColumnChange) throws {
        try command("LOCK TABLE \(quoted(change.table.name)) IN SHARE ROW EXCLUSIVE MODE")
        var last: String?
        while let key = try fill(change, in: change.table.name, change.column, after: last).last?.key { last = key }
        for command in change.contraction { try self.command(command) }
    }

    /// Fills the successor in the next rows where it is empty.
    private func fill(
        _ change: ColumnChange, in table: String, _ column: String, after last: String?, lock: String = ""
    ) throws -> [(key: String, value: String)] {
        let key = change.table.keyType
        let batch = try converted(
            table, change.table.primaryKey, key, column, from: change.from, to: change.to, after: last, limit: 1000,
            where: "\(quoted(change.successor)) IS NULL", lock: lock)
        if batch.isEmpty { return [] }
        let value = "v.value::\(change.to.declaration(.postgres))"
        try run(
            """
            UPDATE \(quoted(table)) t SET \(quoted(change.successor)) = \(value) FROM unnest($1, $2) AS v(key, value)
            WHERE t.\(quoted(change.table.primaryKey)) = v.key::\(key.declaration(.postgres))
            """, [.list(batch.map(\.key)), .list(batch.map(\.value))])
        return batch
    }
}

extension ColumnChange {
    /// Takes a successor away whose column is to stay as it is.
    static func removal(of successor: String, from table: String) -> String {
        """
        DO $martlet$ DECLARE found regprocedure; BEGIN
        SELECT tgfoid INTO found FROM pg_trigger
            WHERE tgrelid = \(textLiteral(quoted(table)))::regclass AND tgname = \(textLiteral(successor));
        DROP TRIGGER IF EXISTS \(quoted(successor)) ON \(quoted(table));
        IF found IS NOT NULL THEN EXECUTE 'DROP FUNCTION ' || found; END IF;
        ALTER TABLE \(quoted(table)) DROP COLUMN \(quoted(successor));
        END $martlet$
        """
    }
}
