package import Values

/// The statements of simulations: their state, the chunks of their plans and what could not be carried out.
///
/// Each change says in its condition what it takes for granted (a state, an epoch, a place): whoever finds no row changed has been
/// overtaken.
package struct SimulationStatements: Sendable {
    package let dialect: Dialect

    package init(_ dialect: Dialect) { self.dialect = dialect }

    /// Microseconds since 1970 by the database's clock, which is the same for all workers.
    private var wall: Fragment {
        switch dialect {
        case .sqlite: "CAST((julianday('now') - 2440587.5) * 86400000000 AS INTEGER)"
        case .postgres: "clock_timestamp()"
        }
    }

    // MARK: State

    package static let stateColumns: ColumnList = [
        "Id", "State", "Version", "AnchorWall", "AnchorLogical", "Speed", "HighWater", "Chunks", "Planned", "PlanHash", "Pack",
        "Order", "StartedAt", "EndedAt", "Error",
    ]

    /// A simulation and the database's clock.
    ///
    /// - Parameter isShared: nobody changes its state until the transaction ends.
    package func state(of id: String, isShared: Bool = false) -> Statement {
        let lock: Fragment = isShared && dialect == .postgres ? " FOR SHARE" : ""
        let fragment: Fragment = """
            SELECT \(Fragment(sql: Self.stateColumns.sql)), \(wall) FROM "martlet_simulation" WHERE "Id" = \(.id(id))\(lock)
            """
        return fragment.statement(dialect)
    }

    /// The simulations in one state: their ids in order, and how much of their plans is made.
    package func simulations(in state: String) -> Statement {
        let fragment: Fragment = """
            SELECT "Id", "Planned" FROM "martlet_simulation" WHERE "State" = \(.text(state)) ORDER BY "Id"
            """
        return fragment.statement(dialect)
    }

    /// Changes a simulation that is still at that version.
    package func change(_ id: String, at version: Int, to values: [(column: String, Bind)]) -> Statement {
        let settings = values.map { "\(name: $0.column) = \($0.1)" as Fragment }.joined(separator: ", ")
        let fragment: Fragment = """
            UPDATE "martlet_simulation" SET \(settings), "Version" = "Version" + 1 \
            WHERE "Id" = \(.id(id)) AND "Version" = \(.integer(Int64(version)))
            """
        return fragment.statement(dialect)
    }

    // MARK: Chunks

    /// Takes the chunk that is due first and that nobody holds.
    ///
    /// A lease that ends far later than any that is given now was given before the clock was set back, and is void.
    package func take(from id: String, dueBy moment: Instant, for owner: String, until lease: Instant, at now: Instant)
        -> Statement
    {
        let skip: Fragment = dialect == .postgres ? " FOR UPDATE SKIP LOCKED" : ""
        let latest = now + (lease - now) * 10
        let due: Fragment = """
            SELECT "Id" FROM "martlet_simulation_chunk" WHERE "SimulationId" = \(.id(id)) AND NOT "IsDone" \
            AND "NextDue" <= \(.datetime(moment)) AND ("LeaseUntil" IS NULL OR "LeaseUntil" <= \(.datetime(now)) OR "LeaseUntil" > \(.datetime(latest))) \
            ORDER BY "NextDue" LIMIT 1\(skip)
            """
        let fragment: Fragment = """
            UPDATE "martlet_simulation_chunk" SET "Owner" = \(.id(owner)), "Epoch" = "Epoch" + 1, \
            "LeaseUntil" = \(.datetime(lease)) WHERE "Id" IN (\(due)) \
            RETURNING "Id", "Number", "First", "Cursor", "Epoch", "Arrived", "Lost", "Dead"
            """
        return fragment.statement(dialect)
    }

    /// Moves a chunk that is still held on, from where it was last seen.
    package func advance(_ chunk: String, epoch: Int, from cursor: Int, to values: [(column: String, Bind)]) -> Statement {
        let settings = values.map { "\(name: $0.column) = \($0.1)" as Fragment }.joined(separator: ", ")
        let fragment: Fragment = """
            UPDATE "martlet_simulation_chunk" SET \(settings) WHERE "Id" = \(.id(chunk)) \
            AND "Epoch" = \(.integer(Int64(epoch))) AND "Cursor" = \(.integer(Int64(cursor)))
            """
        return fragment.statement(dialect)
    }

    /// Holds on to a worker's chunks for longer.
    package func renew(_ owner: String, until lease: Instant) -> Statement {
        let fragment: Fragment = """
            UPDATE "martlet_simulation_chunk" SET "LeaseUntil" = \(.datetime(lease)) \
            WHERE "Owner" = \(.id(owner)) AND NOT "IsDone"
            """
        return fragment.statement(dialect)
    }

    /// Lets go of a worker's chunks.
    package func release(_ owner: String) -> Statement {
        let fragment: Fragment = """
            UPDATE "martlet_simulation_chunk" SET "Owner" = NULL, "LeaseUntil" = NULL WHERE "Owner" = \(.id(owner))
            """
        return fragment.statement(dialect)
    }

    /// Counts of chunks, of those that are done, arrivals, lost ones, steps done, dead and known; then the last moment done and
    /// the next one due. Then, where an outside tool gets the records, its name, and how many of them are still to be sent,
    /// confirmed and refused, and how many of the confirmed are primary records. Last, how many stories are listed as dead.
    package func totals(of id: String) -> Statement {
        func sum(_ column: String) -> Fragment { "COALESCE(SUM(\(name: column)), 0)" }
        func effects(_ condition: Fragment) -> Fragment {
            """
            (SELECT COUNT(*) FROM "martlet_effect" WHERE "SimulationId" = \(.id(id)) AND \(condition))
            """
        }
        let fragment: Fragment = """
            SELECT COUNT(*), COALESCE(SUM(CASE WHEN "IsDone" THEN 1 ELSE 0 END), 0), \(sum("Arrived")), \(sum("Lost")), \
            \(sum("Cursor")), \(sum("Dead")), \(sum("Steps")), MAX("LastDue"), MIN(CASE WHEN "IsDone" THEN NULL ELSE "NextDue" END), \
            (SELECT "Target" FROM "martlet_simulation" WHERE "Id" = \(.id(id))), \
            \(effects("\"State\" IN ('waiting', 'linking')")), \(effects("\"State\" = 'confirmed'")), \
            \(effects("\"State\" = 'dead'")), \(effects("\"State\" = 'confirmed' AND \"Rank\" = 0")), \
            (SELECT COUNT(*) FROM "martlet_simulation_dead" WHERE "SimulationId" = \(.id(id))) \
            FROM "martlet_simulation_chunk" WHERE "SimulationId" = \(.id(id))
            """
        return fragment.statement(dialect)
    }

    // MARK: What could not be carried out

    package func dead(of id: String, chunk number: Int? = nil, limit: Int = 10_000) -> Statement {
        let only: Fragment = number.map { " AND \(name: "Chunk") = \(.integer(Int64($0)))" } ?? ""
        let fragment: Fragment = """
            SELECT "Id", "Chunk", "Story", "Step", "Error", "Tries", "At" FROM "martlet_simulation_dead" \
            WHERE "SimulationId" = \(.id(id))\(only) ORDER BY "Chunk", "Story" LIMIT \(.integer(Int64(limit)))
            """
        return fragment.statement(dialect)
    }

    package func revive(_ dead: String) -> Statement {
        let fragment: Fragment = """
            DELETE FROM "martlet_simulation_dead" WHERE "Id" = \(.id(dead))
            """
        return fragment.statement(dialect)
    }

    /// A chunk as it stands, locked against whoever would move it on.
    package func chunk(_ id: String) -> Statement {
        let lock: Fragment = dialect == .postgres ? " FOR NO KEY UPDATE" : ""
        let fragment: Fragment = """
            SELECT "Id", "Number", "First", "Cursor", "Epoch", "Arrived", "Lost", "Dead" \
            FROM "martlet_simulation_chunk" WHERE "Id" = \(.id(id))\(lock)
            """
        return fragment.statement(dialect)
    }
}
