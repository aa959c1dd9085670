package import SQL

/// What a database should hold: the engine makes it from the metadata, storage compares and migrates.
package struct Schema: Sendable, Hashable {
    package var tables: [Table]
    package init(tables: [Table]) { self.tables = tables }
}

package struct Table: Sendable, Hashable {
    package var name: String
    package var columns: [Column]
    /// One column; every table has it.
    package var primaryKey: String
    package var indexes: [Index]
    package var foreignKeys: [ForeignKey]
    /// Columns found by full-text search; empty for none. SQLite: an external-content FTS5 table kept by triggers;
    /// PostgreSQL: a generated `tsvector`.
    package var searchColumns: [String]
    package var renamedFrom: String?
    /// Whether rows are kept by the month that their key tells, an id that sorts by time: for a table without references that
    /// grows without an end. PostgreSQL: a partition for each.
    package var isSplitByMonth: Bool

    package init(
        name: String, columns: [Column], primaryKey: String, indexes: [Index] = [], foreignKeys: [ForeignKey] = [],
        searchColumns: [String] = [], renamedFrom: String? = nil, isSplitByMonth: Bool = false
    ) {
        (self.name, self.columns, self.primaryKey, self.indexes) = (name, columns, primaryKey, indexes)
        (self.foreignKeys, self.searchColumns, self.renamedFrom) = (foreignKeys, searchColumns, renamedFrom)
        self.isSplitByMonth = isSplitByMonth
    }
}

package struct Column: Sendable, Hashable {
    package var name: String
    package var type: ColumnType
    package var isNullable: Bool
    /// Given to rows that exist when the column is added.
    package var initial: Bind?
    package var renamedFrom: String?

    package init(_ name: String, _ type: ColumnType, isNullable: Bool = true, initial: Bind? = nil, renamedFrom: String? = nil) {
        (self.name, self.type, self.isNullable, self.initial, self.renamedFrom) = (name, type, isNullable, initial, renamedFrom)
    }
}

package struct Index: Sendable, Hashable {
    package var name: String
    package var columns: [String]
    package var isUnique: Bool
    /// SQL of a partial index's condition.
    package var condition: String?

    package init(name: String, columns: [String], isUnique: Bool = false, condition: String? = nil) {
        (self.name, self.columns, self.isUnique, self.condition) = (name, columns, isUnique, condition)
    }
}

package struct ForeignKey: Sendable, Hashable {
    package var column: String
    package var table: String

    package init(column: String, table: String) { (self.column, self.table) = (column, table) }
}
