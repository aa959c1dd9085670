package import Values

/// The statements of packs that language models write: asked for, written bit by bit, made. One that is made is never changed.
package struct PackStatements: Sendable {
    private let dialect: Dialect

    package init(_ dialect: Dialect) { self.dialect = dialect }

    /// `Order`, `Draft`, `Version`, `Hash`, `Error` and `JobId`.
    package func entry(_ key: String) -> Statement {
        let fragment: Fragment = """
            SELECT "Order", "Draft", "Version", "Hash", "Error", "JobId" FROM "martlet_pack" WHERE "Key" = \(.text(key))
            """
        return fragment.statement(dialect)
    }

    /// Begins a pack, anew where an earlier attempt has come to nothing: whoever still writes that one is overtaken.
    package func begin(_ key: String, order: String, job: String, at now: Instant) -> Statement {
        let fragment: Fragment = """
            INSERT INTO "martlet_pack" ("Key", "Order", "Version", "JobId", "AskedAt") \
            VALUES (\(.text(key)), \(.json(order)), 1, \(.id(job)), \(.datetime(now))) \
            ON CONFLICT ("Key") DO UPDATE SET "Draft" = NULL, "Error" = NULL, "JobId" = excluded."JobId", \
            "AskedAt" = excluded."AskedAt", "Version" = "martlet_pack"."Version" + 1 WHERE "martlet_pack"."Hash" IS NULL
            """
        return fragment.statement(dialect)
    }

    /// Changes a pack that is not made yet and still at that version.
    package func change(_ key: String, at version: Int, to values: [(column: String, Bind)]) -> Statement {
        let settings = values.map { "\(name: $0.column) = \($0.1)" as Fragment }.joined(separator: ", ")
        let fragment: Fragment = """
            UPDATE "martlet_pack" SET \(settings), "Version" = "Version" + 1 \
            WHERE "Key" = \(.text(key)) AND "Version" = \(.integer(Int64(version))) AND "Hash" IS NULL
            """
        return fragment.statement(dialect)
    }
}
