package import Values

/// The statements of the outbox: which records an outside tool is still to get, and what it has confirmed.
///
/// An effect is a record that is to be there as it is here. Its revision counts the changes: what was sent of an older one confirms
/// nothing.
package struct EffectStatements: Sendable {
    package let dialect: Dialect

    package init(_ dialect: Dialect) { self.dialect = dialect }

    // MARK: Noting

    private static let noted = ["Id", "SimulationId", "Object", "Rank", "At", "Revision", "State", "Tries", "IsPartial"]

    /// Notes a record that was changed, by the values that `noted` gives; one that is there is to be sent again.
    package var note: String {
        RowStatements(dialect).insert(into: "martlet_effect", columns: Self.noted)
            + """
             ON CONFLICT ("Id") DO UPDATE SET "At" = excluded."At", "State" = 'waiting', \
            "Revision" = "martlet_effect"."Revision" + 1
            """
    }

    /// - Parameter rank: the place of the record's object: those first that others are linked with; the primary one is 0.
    package static func noted(_ id: String, of simulation: String, _ object: String, rank: Int, at: Instant) -> [Bind] {
        [
            .id(id), .id(simulation), .text(object), .integer(Int64(rank)), .datetime(at), .integer(1), .text("waiting"),
            .integer(0), .bool(false),
        ]
    }

    // MARK: Sending

    /// Id, object, revision and tries of what waits to be sent, or to be linked, in the order in which that is to happen.
    package func open(_ simulation: String, state: String, limit: Int) -> Statement {
        let fragment: Fragment = """
            SELECT "Id", "Object", "Revision", "Tries" FROM "martlet_effect" WHERE "SimulationId" = \(.id(simulation)) \
            AND "State" = \(.text(state)) ORDER BY "Rank", "At", "Id" LIMIT \(.integer(Int64(limit)))
            """
        return fragment.statement(dialect)
    }

    /// Whether anything is still to be done.
    package func isOpen(_ simulation: String) -> Statement {
        let fragment: Fragment = """
            SELECT 1 FROM "martlet_effect" WHERE "SimulationId" = \(.id(simulation)) \
            AND "State" IN ('waiting', 'linking') LIMIT 1
            """
        return fragment.statement(dialect)
    }

    /// The tool has the record under an id of its own, at that revision. Where another one was noted since, or was sent in
    /// between, it is sent again: what came last to the tool may have been the older one.
    package func taken(_ id: String, revision: Int, kind: String, as remoteID: String) -> Statement {
        let fragment: Fragment = """
            UPDATE "martlet_effect" SET "RemoteKind" = \(.text(kind)), "RemoteId" = \(.text(remoteID)), \
            "State" = CASE WHEN "Revision" <> \(.integer(Int64(revision))) THEN 'waiting' \
            WHEN "State" = 'waiting' THEN 'linking' ELSE "State" END WHERE "Id" = \(.id(id))
            """
        return fragment.statement(dialect)
    }

    /// All that there is to be linked is.
    ///
    /// - Parameter isPartial: but for records that the tool has refused.
    package func linked(_ id: String, revision: Int, isPartial: Bool) -> Statement {
        let fragment: Fragment = """
            UPDATE "martlet_effect" SET "State" = 'confirmed', "IsPartial" = \(.bool(isPartial)), "Error" = NULL \
            WHERE "Id" = \(.id(id)) AND "Revision" = \(.integer(Int64(revision))) AND "State" = 'linking'
            """
        return fragment.statement(dialect)
    }

    package func refused(_ id: String, revision: Int, error: String) -> Statement {
        let fragment: Fragment = """
            UPDATE "martlet_effect" SET "State" = 'dead', "Tries" = "Tries" + 1, "Error" = \(.text(error)) \
            WHERE "Id" = \(.id(id)) AND "Revision" = \(.integer(Int64(revision))) AND "State" IN ('waiting', 'linking')
            """
        return fragment.statement(dialect)
    }

    /// The record is not there any more.
    package func drop(_ id: String) -> Statement {
        let fragment: Fragment = """
            DELETE FROM "martlet_effect" WHERE "Id" = \(.id(id))
            """
        return fragment.statement(dialect)
    }

    // MARK: What was refused

    package func dead(of simulation: String, limit: Int = 10_000) -> Statement {
        let fragment: Fragment = """
            SELECT "Id", "Object", "Error", "Tries", "At" FROM "martlet_effect" WHERE "SimulationId" = \(.id(simulation)) \
            AND "State" = 'dead' ORDER BY "Rank", "At", "Id" LIMIT \(.integer(Int64(limit)))
            """
        return fragment.statement(dialect)
    }

    /// Has everything sent again that was refused, and linked again what was linked with less than there is.
    package func revive(_ simulation: String) -> [Statement] {
        let again: Fragment = """
            UPDATE "martlet_effect" SET "State" = 'waiting', "Revision" = "Revision" + 1 \
            WHERE "SimulationId" = \(.id(simulation)) AND "State" = 'dead'
            """
        let links: Fragment = """
            UPDATE "martlet_effect" SET "State" = 'linking' \
            WHERE "SimulationId" = \(.id(simulation)) AND "State" = 'confirmed' AND "IsPartial"
            """
        return [again.statement(dialect), links.statement(dialect)]
    }
}
