import SQL

/// What the target of a transfer remembers of it: how far each table has come.
struct TransferLedger: Sendable {
    static let name = "martlet_transfer"

    static let table = Table(
        name: name,
        columns: [
            Column("Name", .text, isNullable: false), Column("State", .text, isNullable: false), Column("Last", .text),
            Column("Rows", .integer, isNullable: false), Column("Hash", .text, isNullable: false),
        ],
        primaryKey: "Name")

    struct Entry: Sendable {
        /// The key of the row that came last.
        var last: String?
        var digest = TableDigest()
        var isFilled = false
        /// Whether the table must be transferred anew.
        var isStale = false
    }

    private let database: any Database

    init(_ database: any Database) { self.database = database }

    private static let columns = table.columns.map(\.name)

    /// The source it was begun from; nil where it was not.
    func origin() async throws -> String? { try await rows()[TransferLedger.name]?.last }

    func entries() async throws -> [String: Entry] {
        var entries = try await rows()
        entries[TransferLedger.name] = nil
        return entries
    }

    func isFilled(_ tables: [Table]) async throws -> Bool {
        let entries = try await entries()
        return tables.allSatisfy { entries[$0.name]?.isFilled ?? false }
    }

    private func rows() async throws -> [String: Entry] {
        let all: Fragment = #"SELECT "Name", "State", "Last", "Rows", "Hash" FROM "martlet_transfer""#
        return try await database.read(all.statement(database.dialect), lane: .long, deadline: .ofOnePage) { rows in
            var entries: [String: Entry] = [:]
            while try rows.next() {
                let state = rows.cell(1).string
                entries[rows.cell(0).string ?? ""] = Entry(
                    last: rows.cell(2).string,
                    digest: TableDigest(count: Int(rows.cell(3).integer ?? 0), rows.cell(4).string ?? ""),
                    isFilled: state == "filled", isStale: state == "stale")
            }
            return entries
        }
    }

    func begin(from source: String) async throws { try await keep(TransferLedger.name, Entry(last: source)) }

    /// Puts a page of rows into the table, and with it the note that it is there.
    func add(_ page: TransferPage, to table: Table, _ entry: Entry) async throws -> Entry {
        var entry = entry
        entry.last = page.last
        entry.digest += page.digest
        let next = entry
        _ = try await database.transaction(deadline: .ofOnePage) { connection in
            try await connection.load(page.rows, into: table.name, columns: table.columns.map(\.name))
            return try await connection.run(statement(table.name, next))
        }
        return next
    }

    func finish(_ table: Table, _ entry: Entry) async throws {
        var entry = entry
        entry.isFilled = true
        try await keep(table.name, entry)
    }

    func markStale(_ tables: [String]) async throws { for name in tables { try await keep(name, Entry(isStale: true)) } }

    /// Empties a table that must be transferred anew.
    func restart(_ table: Table) async throws -> Entry {
        let removal: Fragment =
            database.dialect == .sqlite ? "DELETE FROM \(name: table.name)" : "TRUNCATE \(name: table.name)"
        _ = try await database.transaction(deadline: .ofOnePage) { connection in
            try await connection.run(removal.statement(database.dialect))
            return try await connection.run(statement(table.name, Entry()))
        }
        return Entry()
    }

    private func keep(_ name: String, _ entry: Entry) async throws {
        _ = try await database.transaction(deadline: .ofOnePage) { try await $0.run(statement(name, entry)) }
    }

    private func statement(_ name: String, _ entry: Entry) -> Statement {
        let state = entry.isStale ? "stale" : entry.isFilled ? "filled" : "filling"
        return Statement(
            sql: RowStatements(database.dialect).upsert(
                into: TransferLedger.name, columns: TransferLedger.columns, keys: ["Name"]),
            binds: [
                .text(name), .text(state), entry.last.map(Bind.text) ?? .null, .integer(Int64(entry.digest.count)),
                .text(entry.digest.description),
            ])
    }
}
