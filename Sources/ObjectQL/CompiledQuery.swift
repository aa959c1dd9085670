package import SQL
import Values

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
    /// A list with not many rows in it, whatever is looked at to find them.
    package let isPage: Bool
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
        (limit, isShort, isPage) = (query.limit, query.isShort, query.isPage)
        cost = (query.largestAnswer, query.tables.count)
        (open, valuesLeft) = (query.open, query.valuesLeft)
    }
}

extension CompiledQuery {
    /// Lets a read of one record be carried out together with others of its like.
    ///
    /// - Parameters:
    ///   - list: the same query for a list of ids.
    ///   - id: the argument that is the id here and the list there.
    package mutating func allowSeveral(by list: CompiledQuery, id: String) {
        guard let bind = statement.binds.firstIndex(of: .late(.argument(id))), statement.binds == list.statement.binds,
            let column = cursorColumns.first?.column, list.cursorColumns.map(\.column) == [column]
        else { return }
        statement.several = Statement.Several(sql: list.statement.sql, bind: bind, column: column, most: list.limit)
    }
}

/// How the columns of a row become one JSON object; parents nest.
package struct Shape: Sendable {
    package enum Member: Sendable {
        /// A column, written as its type says.
        case cell(name: String, column: Int, ColumnType)
        /// A column with a text that is stored encrypted: the database does not know it, whoever writes the record must open it.
        case sealed(name: String, column: Int)
        /// A parent; null where the cell of `presence` (its id) is.
        case parent(name: String, presence: Int, Shape)
        /// Children, which the database delivers as one JSON array in a cell, in final form.
        case children(name: String, column: Int)
    }

    /// A member as it is written. Nothing in it is counted by reference: it is gone through for every row.
    package struct Step: Sendable {
        package enum Content: Sendable {
            case cell(ColumnType)
            case sealed
            /// With its number among `parents`.
            case parent(Int)
            case children
        }

        /// Where in `leads` is what stands before the value: `{"Name":` or `,"Name":`.
        package let lead: Range<Int>
        package let column: Int
        package let content: Content
    }

    package let members: [Member]
    package private(set) var steps: [Step] = []
    package private(set) var leads: [UInt8] = []
    package private(set) var parents: [Shape] = []

    package init(members: [Member]) {
        self.members = members
        for member in members {
            switch member {
            case .cell(let name, let column, let type): add(name, column, .cell(type))
            case .sealed(let name, let column): add(name, column, .sealed)
            case .children(let name, let column): add(name, column, .children)
            case .parent(let name, let presence, let shape):
                add(name, presence, .parent(parents.count))
                parents.append(shape)
            }
        }
    }

    private mutating func add(_ name: String, _ column: Int, _ content: Step.Content) {
        let start = leads.count
        leads.append(UInt8(ascii: steps.isEmpty ? "{" : ","))
        leads += JSONWriter.key(name)
        steps.append(Step(lead: start..<leads.count, column: column, content: content))
    }
}
