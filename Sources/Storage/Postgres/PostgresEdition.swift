import SQL

// Editions stand in the table of migrations; the latest is in force. Who writes holds a lock that a change of edition waits for,
// and looks which one is in force once it has the lock: so nobody writes by an old one after a new one is in force.

extension PostgresDatabase {
    package func edition(otherThan version: String) async throws -> Edition? {
        let latest: Fragment =
            "SELECT * FROM martlet_migration WHERE \"Version\" IS NOT NULL ORDER BY \"Number\" DESC LIMIT 1"
        let sql: Fragment = "SELECT \"Version\", \"Source\" FROM (\(latest)) latest WHERE \"Version\" <> \(.text(version))"
        return try await editions(sql).first
    }

    package func isKnown(edition version: String) async throws -> Bool {
        let sql: Fragment = "SELECT \"Version\", '' FROM martlet_migration WHERE \"Version\" = \(.text(version)) LIMIT 1"
        return try await !editions(sql).isEmpty
    }

    private func editions(_ sql: Fragment) async throws -> [Edition] {
        do {
            return try await read(sql.statement(.postgres), lane: .short, deadline: .after(.seconds(10))) { rows in
                var editions: [Edition] = []
                while try rows.next() {
                    editions.append(Edition(version: rows.cell(0).string ?? "", source: rows.cell(1).string ?? ""))
                }
                return editions
            }
        } catch StorageError.missing { return [] }
    }
}

enum EditionSQL {
    /// Two numbers, so that the lock is nobody else's: ours, and the schema's.
    private static let lock = "(1296126581, hashtext(current_schema()))"

    /// Makes sure that the edition is in force, and stays so until the transaction ends.
    static func requirement(_ version: String) -> String { "SELECT martlet_require(\(textLiteral(version)))" }

    /// Waits for all transactions under another edition.
    static let succession = "SELECT pg_advisory_xact_lock\(lock)"

    /// PL/pgSQL, so that the look comes after the lock: each of its statements sees what is committed by then.
    static let functions = [
        """
        CREATE OR REPLACE FUNCTION martlet_require(version text) RETURNS void LANGUAGE plpgsql AS $martlet$
        BEGIN
            PERFORM pg_advisory_xact_lock_shared\(lock);
            IF version IS DISTINCT FROM (
                SELECT "Version" FROM martlet_migration WHERE "Version" IS NOT NULL ORDER BY "Number" DESC LIMIT 1)
            THEN RAISE EXCEPTION 'the edition % is not in force', version USING ERRCODE = '\(Refusal.superseded)';
            END IF;
        END $martlet$
        """
    ]

    static let table = [
        """
        CREATE TABLE IF NOT EXISTS martlet_migration (
            "Number" bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, "At" timestamptz NOT NULL DEFAULT clock_timestamp(),
            "Steps" text[] NOT NULL, "Version" text, "Source" text)
        """,
        "CREATE INDEX IF NOT EXISTS martlet_migration_version ON martlet_migration (\"Version\")",
    ]
}
