import SQL
import Values

/// The SQL by which workers know of each other.
extension JobStatements {
    func register(_ id: String, name: String, at now: Instant) -> Statement {
        let fragment: Fragment = """
            INSERT INTO "martlet_worker" ("Id", "Name", "Beat", "StartedAt", "SeenAt") \
            VALUES (\(.id(id)), \(.text(name)), 0, \(.datetime(now)), \(.datetime(now)))
            """
        return fragment.statement(dialect)
    }

    /// Changes no row where the worker was taken off.
    func beat(_ id: String, at now: Instant) -> Statement {
        let fragment: Fragment = """
            UPDATE "martlet_worker" SET "Beat" = "Beat" + 1, "SeenAt" = \(.datetime(now)) WHERE "Id" = \(.id(id))
            """
        return fragment.statement(dialect)
    }

    /// A row as long as the worker is not taken off, which then has to wait for the end of the transaction.
    func hold(_ id: String) -> Statement {
        let fragment: Fragment = """
            SELECT 1 FROM "martlet_worker" WHERE "Id" = \(.id(id))\(Fragment(sql: dialect == .postgres ? " FOR KEY SHARE" : ""))
            """
        return fragment.statement(dialect)
    }

    /// The jobs that a worker has taken and not given back.
    func held(by id: String) -> Statement {
        let fragment: Fragment = """
            SELECT \(columns) FROM "martlet_job" WHERE "State" = 'running' AND "Owner" = \(.id(id))
            """
        return fragment.statement(dialect)
    }

    var beats: Statement { Statement(sql: #"SELECT "Id", "Beat" FROM "martlet_worker""#) }

    var workers: Statement {
        Statement(
            sql: """
                SELECT w."Id", w."Name", w."StartedAt", w."SeenAt", \
                (SELECT COUNT(*) FROM "martlet_job" j WHERE j."State" = 'running' AND j."Owner" = w."Id") \
                FROM "martlet_worker" w ORDER BY w."Id"
                """)
    }

    /// Takes a worker off, unless it was heard of since.
    func takeOff(_ id: String, beat: Int) -> Statement {
        let fragment: Fragment = """
            DELETE FROM "martlet_worker" WHERE "Id" = \(.id(id)) AND "Beat" = \(.integer(Int64(beat)))
            """
        return fragment.statement(dialect)
    }

    func leave(_ id: String) -> Statement {
        let fragment: Fragment = """
            DELETE FROM "martlet_worker" WHERE "Id" = \(.id(id))
            """
        return fragment.statement(dialect)
    }

    /// Gives back the jobs of a worker that is gone. The attempt counts: a job that ends every worker is dead at last.
    func giveBack(of owner: String, error: String) -> [Statement] {
        let held: Fragment = """
            "State" = 'running' AND "Owner" = \(.id(owner))
            """
        let removal: Fragment = """
            DELETE FROM "martlet_job" WHERE \(held) AND "IsCancelled"
            """
        let change: Fragment = """
            UPDATE "martlet_job" SET "State" = CASE WHEN "Attempt" >= "Attempts" THEN 'dead' ELSE 'waiting' END, \
            "Owner" = NULL, "Error" = \(.text(error)) WHERE \(held)
            """
        return [removal.statement(dialect), change.statement(dialect)]
    }

    // MARK: Schedules

    /// Notes a schedule, or that it is another than before.
    func keep(_ name: String, pattern: String, zone: String, next: Instant) -> Statement {
        let fragment: Fragment = """
            INSERT INTO "martlet_schedule" ("Name", "Pattern", "Zone", "NextAt") \
            VALUES (\(.text(name)), \(.text(pattern)), \(.text(zone)), \(.datetime(next))) \
            ON CONFLICT ("Name") DO UPDATE SET "Pattern" = excluded."Pattern", "Zone" = excluded."Zone", \
            "NextAt" = excluded."NextAt" \
            WHERE "martlet_schedule"."Pattern" <> excluded."Pattern" OR "martlet_schedule"."Zone" <> excluded."Zone"
            """
        return fragment.statement(dialect)
    }

    var schedules: Statement { Statement(sql: #"SELECT "Name", "NextAt" FROM "martlet_schedule""#) }

    var scheduleBoard: Statement {
        Statement(sql: #"SELECT "Name", "Pattern", "Zone", "NextAt", "LastAt" FROM "martlet_schedule" ORDER BY "Name""#)
    }

    /// Goes on to the next time; changes no row where somebody else did.
    func advance(_ name: String, from due: Instant, to next: Instant, at now: Instant) -> Statement {
        let fragment: Fragment = """
            UPDATE "martlet_schedule" SET "NextAt" = \(.datetime(next)), "LastAt" = \(.datetime(now)) \
            WHERE "Name" = \(.text(name)) AND "NextAt" = \(.datetime(due))
            """
        return fragment.statement(dialect)
    }
}
