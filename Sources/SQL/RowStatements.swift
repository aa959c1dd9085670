package import Values

/// A lock on rows that are read, held until the transaction ends.
package enum RowLock: String, Sendable {
    /// Nobody takes the row away while others may change it: something is to point at it.
    case keep = "KEY SHARE"
    /// Nobody else changes the row; pointing at it is fine.
    case change = "NO KEY UPDATE"
    /// The row is to go: nobody may begin to point at it.
    case remove = "UPDATE"
}

/// The plain statements over whole rows that a write is made of. Their text depends on names only, never on values or on
/// how many there are, so that a driver prepares each once.
package struct RowStatements: Sendable {
    package let dialect: Dialect

    package init(_ dialect: Dialect) { self.dialect = dialect }

    /// `INSERT`, with one place for each column in their order.
    package func insert(into table: String, columns: [String]) -> String { insertion(into: table, columns: columns).sql }

    /// The same for as many rows as there are.
    package func insertion(into table: String, columns: [String]) -> Insertion {
        Insertion(table, columns, dialect)
    }

    /// `UPDATE` of rows, found by their `Id`.
    package func alteration(of table: String, columns: [(name: String, type: ColumnType)]) -> Alteration {
        Alteration(table, columns, dialect)
    }

    /// `INSERT`, or where a row with these keys is there, a change of its other columns.
    package func upsert(into table: String, columns: [String], keys: [String]) -> String {
        let settings = columns.filter { !keys.contains($0) }.map { "\(quoted($0)) = excluded.\(quoted($0))" }
        return insert(into: table, columns: columns)
            + " ON CONFLICT (\(list(keys))) DO UPDATE SET \(settings.joined(separator: ", "))"
    }

    /// Adds to a counter, which is made where there is none, and gives its new value. Until its transaction ends, nobody else
    /// counts on.
    package func advance(_ name: String, by count: Int, in table: String) -> Statement {
        let fragment: Fragment = """
            INSERT INTO \(name: table) (\(name: "Name"), \(name: "Last")) VALUES (\(.text(name)), \(.integer(Int64(count)))) \
            ON CONFLICT (\(name: "Name")) DO UPDATE SET \(name: "Last") = \(name: table).\(name: "Last") + excluded.\(name: "Last") \
            RETURNING \(name: "Last")
            """
        return fragment.statement(dialect)
    }

    /// The rows whose `column` is one of `keys`.
    ///
    /// - Parameters:
    ///   - deleted: nil for all rows, else only those that are (not) in the recycle bin.
    ///   - lock: what others may not do to the rows until the transaction ends.
    package func select(
        _ columns: ColumnList, from table: String, where column: String, in keys: [String], deleted: Bool? = nil,
        lock: RowLock? = nil
    ) -> Statement {
        var fragment: Fragment = "SELECT \(Fragment(sql: columns.sql)) FROM \(name: table) WHERE \(membership(column, keys))"
        // Not as the condition of an index says it: of a table that was small when the statement was planned, PostgreSQL would go through
        // all of such an index rather than by the keys.
        if let deleted { fragment += " AND \(name: "IsDeleted") IS \(deleted ? "" : "NOT ")TRUE" }
        // In one order, so that two transactions that lock the same rows do not wait for each other. SQLite has one writer.
        if let lock, dialect == .postgres {
            if keys.count > 1 { fragment += " ORDER BY \(name: column), \(name: "Id")" }
            fragment += Fragment(sql: " FOR " + lock.rawValue)
        }
        return fragment.statement(dialect)
    }

    /// The rows for which all these columns have these values, ordered by `order`.
    package func select(
        _ columns: ColumnList, from table: String, matching values: [(column: String, Bind)], orderedBy order: [String] = [],
        limit: Int? = nil
    ) -> Statement {
        let conditions = values.map { "\(name: $0.column) = \($0.1)" as Fragment }.joined(separator: " AND ")
        var fragment: Fragment = "SELECT \(Fragment(sql: columns.sql)) FROM \(name: table)"
        if !values.isEmpty { fragment += " WHERE \(conditions)" }
        if !order.isEmpty { fragment += " ORDER BY \(Fragment(sql: list(order)))" }
        if let limit { fragment += " LIMIT \(.integer(Int64(limit)))" }
        return fragment.statement(dialect)
    }

    /// The ids that follow one, in order; an empty one stands before all.
    package func page(of table: String, after id: String, limit: Int) -> Statement {
        let following: Fragment = id.isEmpty ? "" : " WHERE \(name: "Id") > \(.id(id))"
        let fragment: Fragment =
            "SELECT \(name: "Id") FROM \(name: table)\(following) ORDER BY \(name: "Id") LIMIT \(.integer(Int64(limit)))"
        return fragment.statement(dialect)
    }

    /// A record's entries in the change log with the names of who made them, the newest first.
    package func history(of id: String, limit: Int) -> Statement {
        let columns: Fragment = """
            c."At", c."UserId", u."Name", c."Kind", c."Version", c."Before", c."After"
            """
        let fragment: Fragment = """
            SELECT \(columns) FROM "martlet_change" c LEFT JOIN "User" u ON u."Id" = c."UserId" \
            WHERE c."RecordId" = \(.id(id)) ORDER BY c."Id" DESC LIMIT \(.integer(Int64(limit)))
            """
        return fragment.statement(dialect)
    }

    /// Objects and ids of the records that a transaction has deleted, in that order.
    package func deleted(in transaction: String) -> Statement {
        let fragment: Fragment = """
            SELECT "Object", "RecordId" FROM "martlet_change" WHERE "TransactionId" = \(.id(transaction)) \
            AND \(Fragment(sql: Self.deletion)) ORDER BY "Id"
            """
        return fragment.statement(dialect)
    }

    /// The condition of the change log's index of deletions, by which it is found only where a query says the same.
    package static let deletion = "\"Kind\" = 'delete'"

    /// Removes up to `limit` rows whose moment lies before `instant`.
    package func removal(from table: String, key: String, where column: String, before instant: Instant, limit: Int) -> Statement
    {
        let old: Fragment =
            "SELECT \(name: key) FROM \(name: table) WHERE \(name: column) < \(.datetime(instant)) LIMIT \(.integer(Int64(limit)))"
        let fragment: Fragment = "DELETE FROM \(name: table) WHERE \(name: key) IN (\(old))"
        return fragment.statement(dialect)
    }

    /// The condition of an index or a query over rows outside of the recycle bin.
    package var notDeleted: String { "NOT \(quoted("IsDeleted"))" }

    private func membership(_ column: String, _ keys: [String]) -> Fragment {
        if keys.count == 1 { return "\(name: column) = \(.id(keys[0]))" }
        return switch dialect {
        case .sqlite: "\(name: column) IN (SELECT value FROM json_each(\(.list(keys))))"
        case .postgres: "\(name: column) = ANY(\(.list(keys))::uuid[])"
        }
    }

    private func place(_ number: Int) -> String { dialect.place(number) }
    private func list(_ columns: [String]) -> String { columns.map(quoted).joined(separator: ", ") }
}

/// Columns of a selection, quoted once and for all.
package struct ColumnList: Sendable, ExpressibleByArrayLiteral {
    let sql: String

    package init(_ names: [String]) { sql = names.map(quoted).joined(separator: ", ") }
    package init(arrayLiteral names: String...) { self.init(names) }
}
