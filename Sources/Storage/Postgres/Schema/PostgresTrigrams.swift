import SQL

// With the extension pg_trgm, an index finds texts by any part of them. It costs every write more than the row itself does, and
// pays from many rows on: so only large tables have one, on the texts that are searched. It holds them in lower case, for comparisons
// with and without regard to case: who compares with regard to it asks for the part in lower case, too.

extension Table {
    /// The texts whose parts an index finds, where the table has one.
    var textsOfParts: [String] {
        searchColumns.filter { name in columns.contains { $0.name == name && $0.type == .text } }
    }

    var indexOfParts: String { PostgresName.short(name + "_parts") }

    static let partsComment = "Martlet folded parts of "

    /// Beside the work of others, which only is possible outside of transactions.
    func postgresPartsCreation(_ trigrams: Trigrams) -> [String] {
        let list = textsOfParts.map { "lower(\(quoted($0)) COLLATE \"und-x-icu\") \(trigrams.schema).gin_trgm_ops" }
            .joined(separator: ", ")
        let comment = Table.partsComment + textsOfParts.joined(separator: ", ")
        return trigrams.creation + [
            "DROP INDEX IF EXISTS \(quoted(indexOfParts))",
            "CREATE INDEX CONCURRENTLY \(quoted(indexOfParts)) ON \(quoted(name)) USING gin (\(list))",
            "COMMENT ON INDEX \(quoted(indexOfParts)) IS \(textLiteral(comment))",
        ]
    }
}

/// The extension pg_trgm, where it is there or may be made.
struct Trigrams {
    /// Of its operators, quoted.
    let schema: String
    /// What makes it, where it is not there yet.
    let creation: [String]

    init?(_ session: PostgresSession) throws {
        let installed = try session.texts(
            "SELECT quote_ident(nspname) FROM pg_extension JOIN pg_namespace n ON n.oid = extnamespace WHERE extname = 'pg_trgm'")
        if let schema = installed.first {
            (self.schema, creation) = (schema, [])
            return
        }
        // It is trusted: whoever may make schemas may have it. All schemas of the database share it.
        let isPossible = try session.texts(
            """
            SELECT CASE WHEN to_regnamespace('public') IS NULL THEN false ELSE has_schema_privilege('public', 'CREATE') END
                AND has_database_privilege(current_database(), 'CREATE')
                AND EXISTS (SELECT FROM pg_available_extensions WHERE name = 'pg_trgm')
            """)
        guard isPossible == ["1"] else { return nil }
        (schema, creation) = ("public", ["CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA public"])
    }
}
