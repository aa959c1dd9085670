import SQL

// Full-text search reads a column that holds the words of a row. As a rule PostgreSQL generates it. To a large table such a column cannot
// be added beside the work of others, since all rows would be written anew: there a trigger fills it, which does the same, the rows that
// are there are filled a few at a time, and the index is made in the end. Until then, the search of that table finds what is filled.

extension Table {
    /// The column that full-text search reads, and the trigger that fills it in a large table.
    static let searchVector = "martlet_search"
    /// Stands before the note of what is in the vector while it is not filled.
    static let unfilled = "not yet filled: "

    private var vector: String { quoted(Table.searchVector) }
    private var searchIndex: String { quoted(PostgresName.short(name + "_search")) }
    private var searchFunction: String { quoted(PostgresName.short(Table.searchVector + "_" + name)) }

    /// The words of a row.
    private func words(of row: String = "") -> String {
        let texts = searchColumns.map { column in
            let isList = columns.first { $0.name == column }?.type == .list
            return isList ? "martlet_joined(\(row)\(quoted(column)))" : "coalesce(\(row)\(quoted(column)), '')"
        }
        return "to_tsvector('simple', martlet_words(\(texts.joined(separator: " || ' ' || "))))"
    }

    private func searchNote(_ mark: String = "") -> String {
        let note = textLiteral(mark + searchColumns.joined(separator: ", "))
        return "COMMENT ON COLUMN \(quoted(name)).\(vector) IS \(note)"
    }

    private func searchIndexCreation(concurrently: Bool = false) -> String {
        "CREATE INDEX \(concurrently ? "CONCURRENTLY " : "")\(searchIndex) ON \(quoted(name)) USING gin (\(vector))"
    }

    /// The search vector, its index, and the note of what is in it.
    var postgresSearchCreation: [String] {
        if searchColumns.isEmpty { return [] }
        return [
            "ALTER TABLE \(quoted(name)) ADD COLUMN \(vector) tsvector GENERATED ALWAYS AS (\(words())) STORED",
            searchNote(), searchIndexCreation(),
        ]
    }

    /// A vector that is empty in the rows that are there, and that a trigger fills in all that are written from now on.
    var postgresSearchBeginning: [String] {
        let texts = searchColumns.map(quoted).joined(separator: ", ")
        return [
            "ALTER TABLE \(quoted(name)) ADD COLUMN \(vector) tsvector", searchNote(Table.unfilled),
            """
            CREATE OR REPLACE FUNCTION \(searchFunction)() RETURNS trigger LANGUAGE plpgsql AS $martlet$
            BEGIN NEW.\(vector) := \(words(of: "NEW.")); RETURN NEW; END $martlet$
            """,
            """
            CREATE TRIGGER \(vector) BEFORE INSERT OR UPDATE OF \(texts) ON \(quoted(name))
            FOR EACH ROW EXECUTE FUNCTION \(searchFunction)()
            """,
        ]
    }

    /// Fills the vector of the first rows, or the next ones after a key, and gives the key of the last one and how many they are. Rows
    /// that others are changing are left for later.
    fileprivate func postgresSearchFilling(isFirst: Bool) -> String {
        let (table, key) = (quoted(name), quoted(primaryKey))
        let following = isFirst ? "" : " AND \(key) > $1::\(keyType.declaration(.postgres))"
        return """
            WITH part AS (
                SELECT \(key) FROM \(table) WHERE \(vector) IS NULL\(following)
                ORDER BY \(key) LIMIT 1000 FOR NO KEY UPDATE SKIP LOCKED
            ), filled AS (
                UPDATE \(table) t SET \(vector) = \(words(of: "t.")) FROM part WHERE t.\(key) = part.\(key)
            )
            SELECT (array_agg(\(key)::text ORDER BY \(key) DESC))[1], count(*) FROM part HAVING count(*) > 0
            """
    }

    fileprivate var postgresSearchRest: String { "SELECT 1 FROM \(quoted(name)) WHERE \(vector) IS NULL LIMIT 1" }

    /// Where all rows are filled.
    fileprivate var postgresSearchEnd: [String] {
        ["DROP INDEX IF EXISTS \(searchIndex)", searchIndexCreation(concurrently: true), searchNote()]
    }

    /// Takes the index with it.
    var postgresSearchRemoval: [String] {
        [
            "DROP TRIGGER IF EXISTS \(vector) ON \(quoted(name))", "DROP FUNCTION IF EXISTS \(searchFunction)()",
            "ALTER TABLE \(quoted(name)) DROP COLUMN IF EXISTS \(vector)",
        ]
    }
}

extension PostgresSession {
    /// Fills the search vector of the rows that have none, each batch in a transaction of its own, and makes its index.
    ///
    /// - Parameter progress: told after each batch how many rows were filled.
    func fillSearch(of table: Table, _ progress: (Int) -> Void) throws {
        var filled = 0
        repeat {
            var last: String?
            while let part = try fillSearch(of: table, after: last) {
                (last, filled) = (part.key, filled + part.count)
                progress(filled)
            }
        } while try isLeft(of: table)
        for command in table.postgresSearchEnd { try self.command(command) }
    }

    private func fillSearch(of table: Table, after last: String?) throws -> (key: String, count: Int)? {
        try rows(table.postgresSearchFilling(isFirst: last == nil), last.map { [.text($0)] } ?? []) { rows in
            guard try rows.next(), let key = rows.cell(0).string else { return nil }
            return (key, Int(rows.cell(1).integer ?? 0))
        }
    }

    /// Whether others were changing rows that are still to be filled; then they get a moment to come to an end.
    private func isLeft(of table: Table) throws -> Bool {
        if try texts(table.postgresSearchRest).isEmpty { return false }
        pause(.milliseconds(50))
        return true
    }
}
