import SQL

/// What a schema asks of a database that holds another one; the same whatever the database.
struct SchemaDifference {
    var created: [Table] = []
    var tables: [TableDifference] = []
    /// Tables the schema does not name.
    var leftover: [Table] = []

    init(from live: Schema, to wanted: Schema) {
        let wantedNames = Set(wanted.tables.map(\.name))
        var rest = live.tables
        var pairs: [(live: Table, wanted: Table)] = []
        for table in wanted.tables {
            let found = match(
                table.name, renamedFrom: table.renamedFrom, among: rest.map(\.name), taken: wantedNames)
            guard let found else {
                created.append(table)
                continue
            }
            pairs.append((rest.remove(at: found), table))
        }
        leftover = rest
        let names = Dictionary(pairs.map { ($0.live.name, $0.wanted.name) }) { first, _ in first }
        tables = pairs.map { TableDifference(from: $0.live, to: $0.wanted, tableNames: names) }
    }

    /// The tables that change their names, in an order in which every new name is free.
    var renames: [TableDifference] {
        var (rest, ordered) = (tables.filter(\.isRenamed), [TableDifference]())
        while let next = rest.firstIndex(where: { table in !rest.contains { $0.live.name == table.wanted.name } }) {
            ordered.append(rest.remove(at: next))
        }
        return ordered + rest
    }

    var isEmpty: Bool { created.isEmpty && leftover.isEmpty && tables.allSatisfy(\.isEmpty) }
}

/// What one table must go through. Names are those of the schema, except where `live` is said.
struct TableDifference {
    /// The table as it is, under its old names.
    let live: Table
    let wanted: Table
    var renamedColumns: [(from: String, to: String)] = []
    var added: [Column] = []
    /// Columns whose type or nullability changes; `from` bears the new name.
    var changed: [(from: Column, to: Column)] = []
    /// Columns the schema does not name.
    var leftover: [Column] = []
    let addedIndexes: [Index]
    let droppedIndexes: [Index]
    let addedKeys: [ForeignKey]
    let droppedKeys: [ForeignKey]
    let isSearchChanged: Bool

    init(from live: Table, to wanted: Table, tableNames: [String: String]) {
        (self.live, self.wanted) = (live, wanted)
        let wantedNames = Set(wanted.columns.map(\.name))
        var rest = live.columns
        for column in wanted.columns {
            let found = match(column.name, renamedFrom: column.renamedFrom, among: rest.map(\.name), taken: wantedNames)
            guard let found else {
                added.append(column)
                continue
            }
            var old = rest.remove(at: found)
            if old.name != column.name { renamedColumns.append((old.name, column.name)) }
            old.name = column.name
            if old.type != column.type || old.isNullable != column.isNullable { changed.append((old, column)) }
        }
        leftover = rest

        let names = Dictionary(renamedColumns.map { ($0.from, $0.to) }) { first, _ in first }
        let indexes = live.indexes.map { index in
            var index = index
            index.columns = index.columns.map { names[$0] ?? $0 }
            return index
        }
        addedIndexes = wanted.indexes.filter { !indexes.contains($0) }
        droppedIndexes = indexes.filter { !wanted.indexes.contains($0) }

        let keys = live.foreignKeys.map {
            ForeignKey(column: names[$0.column] ?? $0.column, table: tableNames[$0.table] ?? $0.table)
        }
        addedKeys = wanted.foreignKeys.filter { !keys.contains($0) }
        droppedKeys = keys.filter { !wanted.foreignKeys.contains($0) }

        let isRenamed = live.name != wanted.name || live.searchColumns.contains { names[$0] != nil }
        isSearchChanged = live.searchColumns != wanted.searchColumns || (isRenamed && !wanted.searchColumns.isEmpty)
    }

    var isRenamed: Bool { live.name != wanted.name }

    /// What a column of the schema is called in the database now; nil where it is not there yet.
    func liveName(_ column: String) -> String? {
        if added.contains(where: { $0.name == column }) { return nil }
        return renamedColumns.first { $0.to == column }?.from ?? column
    }

    var isEmpty: Bool {
        !isRenamed && renamedColumns.isEmpty && added.isEmpty && changed.isEmpty && leftover.isEmpty && addedIndexes.isEmpty
            && droppedIndexes.isEmpty && addedKeys.isEmpty && droppedKeys.isEmpty && !isSearchChanged
    }
}

/// Which of the existing names becomes `name`: the same one, the one it says it was renamed from, or one that differs in
/// case alone.
private func match(_ name: String, renamedFrom: String?, among existing: [String], taken: Set<String>) -> Int? {
    if let same = existing.firstIndex(of: name) { return same }
    if let renamedFrom, !taken.contains(renamedFrom), let old = existing.firstIndex(of: renamedFrom) { return old }
    return existing.firstIndex { $0.lowercased() == name.lowercased() && !taken.contains($0) }
}
