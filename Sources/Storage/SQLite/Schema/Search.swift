import SQL

/// Full-text search: an FTS5 table beside the table, which holds only the index. Triggers note what the connection writes into it.
///
/// It finds rows by `rowid`, which a `VACUUM` may change: after one the index must be rebuilt. It has no indexes of prefixes: they
/// would more than double its size and the time to write it, and a search that ranks what it found, as all do that name no order,
/// would take as long (200,000 e-mails, `pr*`: 89 ms with them, 108 ms without; `pro*`: 32 ms, 25 ms).
extension Table {
    var searchTable: String { Table.searchTable(of: name) }
    static func searchTable(of name: String) -> String { name + "_search" }

    /// The search table and the triggers that keep it.
    var searchDefinition: [String] {
        if searchColumns.isEmpty { return [] }
        let columns = searchColumns.map(quoted)
        let options = [
            "content=\(textLiteral(name))", "content_rowid='rowid'", "tokenize='unicode61 remove_diacritics 2'",
        ]
        return ["CREATE VIRTUAL TABLE \(quoted(searchTable)) USING fts5(\((columns + options).joined(separator: ", ")))"]
            + searchTriggers
    }

    /// Makes the search table and fills it.
    var searchCreation: [String] { searchColumns.isEmpty ? [] : searchDefinition + [searchRebuild] }

    var searchRemoval: [String] {
        ["insert", "update", "delete"].map { "DROP TRIGGER IF EXISTS \(searchTrigger($0))" }
            + ["DROP TABLE IF EXISTS \(quoted(searchTable))"]
    }

    private var searchRebuild: String { "INSERT INTO \(quoted(searchTable)) (\(quoted(searchTable))) VALUES ('rebuild')" }

    private func searchTrigger(_ event: String) -> String { quoted("\(searchTable)_\(event)") }

    private var searchTriggers: [String] {
        let (index, table, columns) = (quoted(searchTable), quoted(name), searchColumns.map(quoted))
        let list = columns.joined(separator: ", ")
        let places = Array(repeating: "?", count: columns.count + 1).joined(separator: ", ")
        func note(_ sql: String, of row: String) -> String {
            let values = columns.map { "\(row).\($0)" }.joined(separator: ", ")
            return "SELECT \(SearchNotes.function)(\(textLiteral(searchTable)), \(row).rowid, \(textLiteral(sql)), \(values));"
        }
        let add = note("INSERT INTO \(index) (rowid, \(list)) VALUES (\(places))", of: "new")
        let remove = note("INSERT INTO \(index) (\(index), rowid, \(list)) VALUES ('delete', \(places))", of: "old")
        let changed = columns.map { "old.\($0) IS NOT new.\($0)" }.joined(separator: " OR ")
        return [
            "CREATE TRIGGER \(searchTrigger("insert")) AFTER INSERT ON \(table) BEGIN \(add) END",
            "CREATE TRIGGER \(searchTrigger("delete")) AFTER DELETE ON \(table) BEGIN \(remove) END",
            "CREATE TRIGGER \(searchTrigger("update")) AFTER UPDATE OF \(list) ON \(table) WHEN \(changed) BEGIN \(remove) \(add) END",
        ]
    }
}
