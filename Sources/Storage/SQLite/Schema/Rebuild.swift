import SQL

/// A change that SQLite's ALTER TABLE cannot make: the table is made anew beside the old one, filled from it, and takes its
/// place. Row ids stay.
struct Rebuild {
    private let table: TableDifference
    private let connection: SQLiteConnection

    /// Nil where the table can stay.
    init?(_ table: TableDifference, _ connection: SQLiteConnection) throws {
        let addedNames = Set(table.added.map(\.name))
        let isNeeded =
            table.added.contains { !$0.isNullable } || table.leftover.contains { !$0.isNullable }
            || table.changed.contains { $0.isNullable != $1.isNullable || !$0.type.hasForm(of: $1.type) }
            || !table.droppedKeys.isEmpty || table.addedKeys.contains { !addedNames.contains($0.column) }
        guard isNeeded else { return nil }
        (self.table, self.connection) = (table, connection)
    }

    func step() throws -> MigrationStep {
        let lost = try table.changed.map { try lostSpellings($0, $1) }.reduce(0, +)
        return MigrationStep(
            "Rebuild the table \(table.wanted.name): "
                + (changes + (lost > 0 ? ["\(lost) values lose their spelling"] : [])).joined(separator: "; "),
            sql: try sql(), rows: try connection.integer("SELECT count(*) FROM \(quoted(table.live.name))"),
            isDestructive: lost > 0)
    }

    /// The new table: what the schema says, and what it does not name but nobody allowed to drop.
    private var target: Table {
        var target = table.wanted
        target.columns += table.leftover.map { Column($0.name, $0.type) }
        return target
    }

    private func sql() throws -> [String] {
        let (name, new) = (table.wanted.name, table.wanted.name + "_new")
        let columns = target.columns.map { quoted($0.name) }.joined(separator: ", ")
        let values = try target.columns.map(value).joined(separator: ", ")
        let kept = table.wanted.indexes.filter { !table.addedIndexes.contains($0) }
        return [
            target.creation(as: new),
            "INSERT INTO \(quoted(new)) (rowid, \(columns)) SELECT rowid, \(values) FROM \(quoted(name))",
            "DROP TABLE \(quoted(name))",
            "ALTER TABLE \(quoted(new)) RENAME TO \(quoted(name))",
        ] + kept.map { $0.creation(on: name) }
    }

    private func value(of column: Column) throws -> String {
        if table.added.contains(where: { $0.name == column.name }) { return try column.initial?.literal ?? "NULL" }
        guard let (old, new) = table.changed.first(where: { $0.to.name == column.name }), !old.type.hasForm(of: new.type)
        else { return quoted(column.name) }
        return Conversion.sql(quoted(column.name), from: old.type, to: new.type)
    }

    private func lostSpellings(_ old: Column, _ new: Column) throws -> Int {
        guard old.type != new.type, let live = table.liveName(new.name) else { return 0 }
        return try connection.count(of: table.live, live, from: old.type, to: new.type, whose: .lossy)
    }

    private var changes: [String] {
        table.added.map { "add \($0.name) (\($0.type.spelling))" }
            + table.changed.flatMap { old, new in
                (old.type == new.type ? [] : ["change \(new.name) from \(old.type.spelling) to \(new.type.spelling)"])
                    + (old.isNullable == new.isNullable
                        ? [] : [new.isNullable ? "let \(new.name) be empty" : "require \(new.name)"])
            }
            + table.leftover.filter { !$0.isNullable }.map { "let \($0.name), which the metadata does not name, be empty" }
            + table.addedKeys.map { "let \($0.column) refer to \($0.table)" }
            + table.droppedKeys.map { "let \($0.column) no longer refer to \($0.table)" }
    }
}

extension ColumnType {
    /// Whether SQLite holds every value that both types have in the same form.
    fileprivate func hasForm(of other: ColumnType) -> Bool {
        switch (self, other) {
        case (.decimal(_, let a), .decimal(_, let b)): a == b
        case (.decimal(_, 0), .integer), (.integer, .decimal(_, 0)): true
        case (.id, .text), (.date, .text), (.time, .text), (.list, .json): true
        default: self == other
        }
    }
}
