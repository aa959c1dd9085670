import SQL
import Storage
import Synchronization

extension JobWorker {
    /// Has PostgreSQL forget the rows of jobs that are gone, where they have piled up.
    ///
    /// As long as anybody has an old snapshot open - a backup, a long report - no vacuum may remove them, and each look for
    /// work would step over all of them. The few jobs that are there are written into the table anew; nobody waits long for
    /// that, and a backup that reads the table is not disturbed, since the table cannot be locked then.
    func compact() async throws {
        let (due, kept) = state.withLock { ($0.compactAt, $0.keptBytes) }
        guard let size = statements.tableSize, clock.uptime >= due else { return }
        let bytes = try await queue.database.read(size, lane: .short, deadline: deadline) { rows in
            try rows.next() ? Int(rows.cell(0).integer ?? 0) : 0
        }
        guard bytes > max(settings.compactBytes, 2 * kept) else { return state.withLock { $0.compactTries = 0 } }
        state.withLock { $0.compactAt = clock.uptime + settings.compactPause }
        do {
            let statements = statements
            let left: Int? = try await queue.database.transaction(deadline: deadline) { connection in
                for statement in statements.lockTable { try await connection.run(statement) }
                let isShort = try await connection.rows(statements.hasFewJobs) { try $0.next() && $0.cell(0).integer == 1 }
                guard isShort else { return nil }
                for statement in statements.rewriteTable { try await connection.run(statement) }
                return try await connection.rows(size) { try $0.next() ? Int($0.cell(0).integer ?? 0) : 0 }
            }
            guard let left else { return }
            state.withLock { ($0.keptBytes, $0.compactAt, $0.compactTries) = (left, .zero, 0) }
            observe(.compacted(from: bytes, to: left))
        } catch StorageError.busy {
            // Somebody is at work on the table for longer: soon again, and later and later where it is a backup.
            state.withLock { state in
                state.compactAt = clock.uptime + settings.compactPause / Double(max(1, 16 >> state.compactTries))
                state.compactTries = min(state.compactTries + 1, 4)
            }
        }
    }
}

extension JobStatements {
    /// The bytes of the table of jobs; nil where nothing piles up.
    fileprivate var tableSize: Statement? {
        dialect == .postgres ? Statement(sql: "SELECT pg_relation_size('martlet_job')") : nil
    }

    /// Who cannot have the table at once gives up, since everybody else waits behind.
    fileprivate var lockTable: [Statement] {
        [Statement(sql: "SET LOCAL lock_timeout = '50ms'"), Statement(sql: "LOCK TABLE martlet_job IN ACCESS EXCLUSIVE MODE")]
    }

    fileprivate var hasFewJobs: Statement {
        Statement(
            sql: "SELECT CASE WHEN count(*) <= 10000 THEN 1 ELSE 0 END FROM (SELECT 1 FROM martlet_job LIMIT 10001) AS kept")
    }

    fileprivate var rewriteTable: [Statement] {
        [
            "CREATE TEMP TABLE martlet_job_kept ON COMMIT DROP AS SELECT * FROM martlet_job", "TRUNCATE martlet_job",
            "INSERT INTO martlet_job SELECT * FROM martlet_job_kept",
        ].map { Statement(sql: $0) }
    }
}
