package import SQL

/// One SQL statement for a query, and how its columns become records.
package struct CompiledQuery: Sendable {
    /// Fetches one row more than `limit`, to know whether more follow. May hold `Bind.late`.
    package internal(set) var statement: Statement
    /// Counts all records, when the query asked for it.
    package let count: Statement?
    package let shape: Shape
    package let limit: Int
    /// A read of few rows by key: it may run where it stands.
    package let isShort: Bool
    /// The result columns that hold the sort keys, for the cursor of the next page; empty where the query cannot be continued.
    package let cursorColumns: [(column: Int, type: ColumnType)]
    /// What the cursor belongs to: a hash of object, filters and order.
    package let fingerprint: String
    /// The most records the answer may hold, children counted in, and the tables it is joined from.
    package let cost: (records: Int, tables: Int)
    /// The places for values that are given with the query.
    let open: [OpenArgument]
    /// How many values more the query may be compared with.
    let valuesLeft: Int

    init(
        _ query: ResolvedQuery, _ statement: Statement, count: Statement?, cursorColumns: [(column: Int, type: ColumnType)],
        fingerprint: String
    ) {
        (self.statement, self.count, self.cursorColumns, self.fingerprint) = (statement, count, cursorColumns, fingerprint)
        shape = Shape(query.members, query.outputs)
        (limit, isShort, cost) = (query.limit, query.isShort, (query.largestAnswer, query.tables.count))
        (open, valuesLeft) = (query.open, query.valuesLeft)
    }
}

/// How the columns of a row become one JSON object; parents nest.
package struct Shape: Sendable {
    package enum Member: Sendable {
        /// A column, written as its type says. `key` is `"Name":`, ready to be copied.
        case cell(name: String, key: [UInt8], column: Int, ColumnType)
        /// A column with a text that is stored encrypted: the database does not know it, whoever writes the record must open it.
        case sealed(name: String, key: [UInt8], column: Int)
        /// A parent; null where the cell of `presence` (its id) is.
        case parent(name: String, key: [UInt8], presence: Int, Shape)
        /// Children, which the database delivers as one JSON array in a cell, in final form.
        case children(name: String, key: [UInt8], column: Int)
    }

    package let members: [Member]

    package init(members: [Member]) { self.members = members }
}
