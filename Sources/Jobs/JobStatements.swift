import SQL
import Storage
import Values

/// A line of waiting jobs: within one, the earliest due is taken first.
struct Lane: Sendable, Hashable {
    let queue: String
    let priority: JobPriority
}

/// Proof of having taken a job, as long as nobody has taken it since.
struct Fence: Sendable, Hashable {
    let id: String
    let epoch: Int
}

/// What becomes of a job that is given back.
struct Settlement: Sendable, Hashable {
    let fence: Fence
    let state: Job.State
    let runAt: Instant
    let attempt: Int
    let error: String?
}

/// The SQL of the queue, in both dialects. Every statement finds its rows by an index and takes each at most once.
struct JobStatements: Sendable {
    let dialect: Dialect

    init(_ dialect: Dialect) { self.dialect = dialect }

    // MARK: Enqueueing

    /// Does nothing where the key is taken.
    var insert: String {
        RowStatements(dialect).insert(
            into: "martlet_job",
            columns: [
                "Id", "Kind", "Queue", "Priority", "State", "Payload", "Key", "RunAt", "Attempt", "Attempts", "Epoch",
                "EnqueuedAt",
                "IsCancelled",
            ]) + " ON CONFLICT DO NOTHING"
    }

    func values(_ job: NewJob, id: String, payload: String, at now: Instant) -> [Bind] {
        [
            .id(id), .text(job.rules.kind), .text(job.rules.queue), .integer(Int64(job.priority.rawValue)), .text("waiting"),
            .json(payload), job.key.map(Bind.text) ?? .null, .datetime(job.at ?? now), .integer(0),
            .integer(Int64(job.rules.attempts)), .integer(0), .datetime(now), .bool(false),
        ]
    }

    // MARK: Taking

    /// For each lane its number and when its first job is due; null where none waits or the queue is paused.
    func firstDue(in lanes: [Lane]) -> Statement {
        lanes.enumerated().map { number, lane -> Fragment in
            """
            SELECT \(Fragment(sql: String(number))), (SELECT MIN("RunAt") FROM "martlet_job" WHERE \(waiting(in: lane)))
            """
        }.joined(separator: " UNION ALL ").statement(dialect)
    }

    /// Takes up to `limit` jobs that are due, those first that are longest. Who takes at the same time passes over them.
    func take(_ limit: Int, in lane: Lane, kinds: [String], for owner: String, at now: Instant) -> Statement {
        let due: Fragment = """
            SELECT "Id" FROM "martlet_job" WHERE \(waiting(in: lane)) AND "RunAt" <= \(.datetime(now)) \
            AND \(member("Kind", of: kinds)) \
            AND "Kind" NOT IN (SELECT substr("Name", 6) FROM "martlet_job_pause" WHERE "Name" LIKE 'kind:%') \
            ORDER BY "RunAt", "Id" LIMIT \(.integer(Int64(limit)))\(Fragment(sql: dialect == .postgres ? " FOR UPDATE SKIP LOCKED" : ""))
            """
        let fragment: Fragment = """
            WITH due AS (\(due)) UPDATE "martlet_job" SET "State" = 'running', "Owner" = \(.id(owner)), \
            "Epoch" = "Epoch" + 1, "Attempt" = "Attempt" + 1, "StartedAt" = \(.datetime(now)), \
            "Done" = NULL, "Total" = NULL, "Note" = NULL \
            WHERE "Id" IN (SELECT "Id" FROM due) RETURNING \(columns)
            """
        return fragment.statement(dialect)
    }

    private func waiting(in lane: Lane) -> Fragment {
        """
        "State" = 'waiting' AND "Queue" = \(.text(lane.queue)) AND "Priority" = \(.integer(Int64(lane.priority.rawValue))) \
        AND NOT EXISTS (SELECT 1 FROM "martlet_job_pause" WHERE "Name" = \(.text("queue:" + lane.queue)))
        """
    }

    // MARK: Ending

    /// Removes jobs that are done, and tells which of them were still held.
    func finish(_ fences: [Fence]) -> Statement {
        let held: Fragment
        switch dialect {
        case .sqlite:
            let pairs = JSON.array(fences.map { [.string($0.id), .number(Number($0.epoch))] }).description
            held = "SELECT value ->> 0, value ->> 1 FROM json_each(\(.text(pairs)))"
        case .postgres:
            held = """
                SELECT * FROM unnest(\(.list(fences.map(\.id)))::uuid[], \(.list(fences.map { String($0.epoch) }))::bigint[])
                """
        }
        let fragment: Fragment = """
            DELETE FROM "martlet_job" WHERE "State" = 'running' AND ("Id", "Epoch") IN (\(held)) RETURNING "Id"
            """
        return fragment.statement(dialect)
    }

    /// Gives a job back, to wait or as dead; removes it where it was cancelled meanwhile.
    func settle(_ settlement: Settlement) -> [Statement] {
        let held: Fragment = """
            "Id" = \(.id(settlement.fence.id)) AND "Epoch" = \(.integer(Int64(settlement.fence.epoch))) AND "State" = 'running'
            """
        let removal: Fragment = """
            DELETE FROM "martlet_job" WHERE \(held) AND "IsCancelled"
            """
        let change: Fragment = """
            UPDATE "martlet_job" SET "State" = \(.text(settlement.state.rawValue)), "Owner" = NULL, \
            "RunAt" = \(.datetime(settlement.runAt)), "Attempt" = \(.integer(Int64(settlement.attempt))), \
            "Error" = \(settlement.error.map(Bind.text) ?? .null) WHERE \(held)
            """
        return [removal.statement(dialect), change.statement(dialect)]
    }

    // MARK: Running

    func report(_ progress: JobProgress, of fence: Fence) -> Statement {
        func number(_ value: Int?) -> Bind { value.map { .integer(Int64($0)) } ?? .null }
        let fragment: Fragment = """
            UPDATE "martlet_job" SET "Done" = \(number(progress.done)), "Total" = \(number(progress.total)), \
            "Note" = \(progress.note.map(Bind.text) ?? .null) \
            WHERE "Id" = \(.id(fence.id)) AND "Epoch" = \(.integer(Int64(fence.epoch))) AND "State" = 'running'
            """
        return fragment.statement(dialect)
    }

    /// The jobs of a worker that somebody wants to end.
    func cancelled(of owner: String) -> Statement {
        let fragment: Fragment = """
            SELECT "Id" FROM "martlet_job" WHERE "State" = 'running' AND "Owner" = \(.id(owner)) AND "IsCancelled"
            """
        return fragment.statement(dialect)
    }

    // MARK: Looking, and taking a hand

    func job(_ id: String) -> Statement {
        let fragment: Fragment = """
            SELECT \(columns) FROM "martlet_job" WHERE "Id" = \(.id(id))
            """
        return fragment.statement(dialect)
    }

    /// The jobs that follow `after` in the order of their ids, which is that of their making.
    func page(_ filter: JobFilter, after: String?, limit: Int) -> Statement {
        var conditions: [Fragment] = []
        if let state = filter.state { conditions.append("\"State\" = \(Fragment(sql: "'\(state.rawValue)'"))") }
        if let kind = filter.kind { conditions.append("\"Kind\" = \(.text(kind))") }
        if let queue = filter.queue { conditions.append("\"Queue\" = \(.text(queue))") }
        if let after { conditions.append("\"Id\" > \(.id(after))") }
        let condition: Fragment = conditions.isEmpty ? "" : " WHERE \(conditions.joined(separator: " AND "))"
        let fragment: Fragment = """
            SELECT \(columns) FROM "martlet_job"\(condition) ORDER BY "Id" LIMIT \(.integer(Int64(limit)))
            """
        return fragment.statement(dialect)
    }

    /// Has a job that waits or is dead run at once; one that was dead begins anew.
    func retry(_ id: String, at now: Instant) -> Statement {
        let fragment: Fragment = """
            UPDATE "martlet_job" SET "Attempt" = CASE WHEN "State" = 'dead' THEN 0 ELSE "Attempt" END, "State" = 'waiting', \
            "RunAt" = \(.datetime(now)), "IsCancelled" = \(.bool(false)) WHERE "Id" = \(.id(id)) AND "State" <> 'running' \
            RETURNING \(columns)
            """
        return fragment.statement(dialect)
    }

    func cancel(_ id: String) -> Statement {
        let fragment: Fragment = """
            UPDATE "martlet_job" SET "IsCancelled" = \(.bool(true)) WHERE "Id" = \(.id(id))
            """
        return fragment.statement(dialect)
    }

    func remove(_ id: String) -> Statement {
        let fragment: Fragment = """
            DELETE FROM "martlet_job" WHERE "Id" = \(.id(id)) AND "State" <> 'running'
            """
        return fragment.statement(dialect)
    }

    func pause(_ name: String, at now: Instant) -> Statement {
        let fragment: Fragment = """
            INSERT INTO "martlet_job_pause" ("Name", "At") VALUES (\(.text(name)), \(.datetime(now))) ON CONFLICT DO NOTHING
            """
        return fragment.statement(dialect)
    }

    func resume(_ name: String) -> Statement {
        let fragment: Fragment = """
            DELETE FROM "martlet_job_pause" WHERE "Name" = \(.text(name))
            """
        return fragment.statement(dialect)
    }

    var pauses: Statement { Statement(sql: #"SELECT "Name" FROM "martlet_job_pause" ORDER BY "Name""#) }

    /// How many jobs there are of each queue, kind and state.
    var counts: Statement {
        Statement(
            sql: """
                SELECT "Queue", "Kind", "State", COUNT(*) FROM "martlet_job" GROUP BY "Queue", "Kind", "State" \
                ORDER BY "Queue", "Kind", "State"
                """)
    }
}

extension JobStatements {
    func member(_ column: String, of texts: [String]) -> Fragment {
        switch dialect {
        case .sqlite: "\(name: column) IN (SELECT value FROM json_each(\(.list(texts))))"
        case .postgres: "\(name: column) = ANY(\(.list(texts)))"
        }
    }

    var columns: Fragment {
        Fragment(sql: Job.columns.map(quoted).joined(separator: ", "))
    }
}

extension Job {
    static let columns = [
        "Id", "Kind", "Queue", "Priority", "State", "Payload", "Key", "RunAt", "Attempt", "Attempts", "Epoch", "Owner",
        "EnqueuedAt", "StartedAt", "Error", "Done", "Total", "Note", "IsCancelled",
    ]

    /// The job in a row with these columns.
    init(_ row: any Rows) {
        func text(_ index: Int) -> String? { row.cell(index).string }
        func number(_ index: Int) -> Int? { row.cell(index).integer.map(Int.init) }
        func moment(_ index: Int) -> Instant? {
            if case .datetime(let instant) = ColumnType.datetime.value(row.cell(index)) { instant } else { nil }
        }
        (id, kind, queue) = (text(0) ?? "", text(1) ?? "", text(2) ?? "")
        priority = number(3).flatMap(JobPriority.init) ?? .normal
        state = text(4).flatMap(State.init) ?? .dead
        payload = text(5).flatMap { try? JSON(parsing: $0) } ?? .null
        (key, runAt) = (text(6), moment(7) ?? .earliest)
        (attempt, attempts, epoch) = (number(8) ?? 0, number(9) ?? 0, number(10) ?? 0)
        (owner, enqueuedAt, startedAt, error) = (text(11), moment(12) ?? .earliest, moment(13), text(14))
        progress = JobProgress(done: number(15), total: number(16), note: text(17))
        isCancelled = ColumnType.boolean.value(row.cell(18)) == .bool(true)
    }
}
