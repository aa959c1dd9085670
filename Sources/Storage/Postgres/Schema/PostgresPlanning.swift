import SQL

/// Turns a difference into PostgreSQL's steps, and finds the rows that stand in their way.
struct PostgresPlanning {
    /// What a step does, piece by piece.
    enum Action {
        case sql(String)
        /// Outside of the transaction, after it, so that nobody waits.
        case afterwards(String)
        case convert(ColumnChange)
        /// Afterwards, too.
        case fillSearch(Table)

        var sql: String {
            switch self {
            case .sql(let sql), .afterwards(let sql): sql
            case .convert(let change):
                "-- \(quoted(change.table.name)).\(quoted(change.column)) is converted from \(change.from.spelling) to \(change.to.spelling), value by value"
            case .fillSearch(let table):
                "-- what the search of \(quoted(table.name)) finds is filled in, a thousand rows at a time, and indexed"
            }
        }
    }

    let session: PostgresSession
    let live: PostgresInspection
    let difference: SchemaDifference
    /// Rows of a table from which on its indexes are made beside the work of others.
    let largeTable: Int
    private(set) var migration = Migration()
    /// What each step does, in the order of the migration's steps.
    private(set) var actions: [[Action]] = []
    /// References to tables that are not there yet.
    private var owed: [(table: Table, key: ForeignKey)] = []
    private var present: Set<String>

    init(to schema: Schema, _ session: PostgresSession, largeTable: Int) throws {
        live = try PostgresInspection(session, wanted: schema)
        difference = SchemaDifference(from: live.schema, to: schema)
        (self.session, self.largeTable) = (session, largeTable)
        present = Set(difference.tables.map(\.wanted.name))
        for table in difference.renames { try rename(table) }
        for table in difference.created { create(table) }
        for table in difference.tables { try alter(table) }
        for table in difference.tables { try addParts(of: table) }
        for table in difference.leftover { try drop(table) }
    }

    private mutating func add(
        _ description: String, _ actions: [Action], rows: Int = 0, isDestructive: Bool = false, isLeftover: Bool = false
    ) {
        let step = MigrationStep(
            description, sql: actions.map(\.sql), rows: rows, isDestructive: isDestructive, isLeftover: isLeftover)
        migration.steps.append(step)
        self.actions.append(actions)
    }

    private mutating func add(
        _ description: String, sql: [String], rows: Int = 0, isDestructive: Bool = false, isLeftover: Bool = false
    ) {
        add(description, sql.map(Action.sql), rows: rows, isDestructive: isDestructive, isLeftover: isLeftover)
    }

    private mutating func rename(_ table: TableDifference) throws {
        let (old, new) = (table.live.name, table.wanted.name)
        let sql = ["ALTER TABLE \(quoted(old)) RENAME TO \(quoted(new))"]
        let removal = table.live.searchColumns.isEmpty ? [] : table.live.postgresSearchRemoval
        add("Rename the table \(old) to \(new)", sql: removal + sql, rows: try session.count(old))
    }

    private mutating func create(_ table: Table) {
        present.insert(table.name)
        owed += table.foreignKeys.map { (table, $0) }
        let references = owed.filter { present.contains($0.key.table) }.map { $0.table.postgresReference($0.key) }
        owed.removeAll { present.contains($0.key.table) }
        add(
            "Create the table \(table.name)",
            sql: table.postgresCreation + table.indexes.flatMap { $0.postgresCreation(on: table.name) }
                + table.postgresSearchCreation + table.postgresParts + references)
    }

    private mutating func drop(_ table: Table) throws {
        add(
            "Drop the table \(table.name), which the metadata does not name",
            sql: ["DROP TABLE \(quoted(table.name)) CASCADE"], rows: try session.count(table.name), isDestructive: true,
            isLeftover: true)
    }
}

extension PostgresPlanning {
    private mutating func alter(_ table: TableDifference) throws {
        migration.refusals += try Obstacles(difference: difference, connection: session).to(table)
        let isConverted = table.changed.contains { old, new in
            old.type != new.type && table.wanted.searchColumns.contains(new.name)
        }
        let isSearchRemade = table.isSearchChanged || isConverted
        if isSearchRemade, !table.isRenamed, !table.live.searchColumns.isEmpty {
            add("Remove the search index of \(table.wanted.name)", sql: table.wanted.postgresSearchRemoval)
        }
        removeParts(of: table)
        giveUpSuccessors(of: table)
        for (old, new) in table.renamedColumns { rename(old, to: new, in: table) }
        if table.wanted.isSplitByMonth, !table.live.isSplitByMonth { try split(table) }
        for index in table.droppedIndexes {
            add("Drop the index \(index.name) of \(table.wanted.name)", sql: ["DROP INDEX IF EXISTS \(quoted(index.name))"])
        }
        for key in table.droppedKeys { drop(key, of: table) }
        for column in table.added { try add(column, to: table) }
        for (old, new) in table.changed { try change(old, to: new, in: table) }
        for column in table.leftover where !column.isNullable { release(column, of: table) }
        for key in table.addedKeys { try add(key, to: table) }
        for index in table.addedIndexes { try add(index, to: table) }
        if isSearchRemade, !table.wanted.searchColumns.isEmpty {
            try addSearch(to: table)
        } else if live.unfilledSearches.contains(table.live.name) {
            add(
                "Go on indexing \(table.wanted.name) for search", [.fillSearch(table.wanted)],
                rows: live.rows[table.live.name] ?? 0, isLeftover: true)
        }
        for column in table.leftover { try drop(column, of: table) }
    }

    /// What else is to change is done to the new whole: it holds for all parts.
    private mutating func split(_ table: TableDifference) throws {
        var split = table.live
        (split.name, split.isSplitByMonth) = (table.wanted.name, true)
        add(
            "Split the table \(split.name) by month",
            sql: split.postgresSplit(before: try session.monthAfterAll(in: table.live)), rows: try session.count(table.live.name))
    }

    private mutating func rename(_ old: String, to new: String, in table: TableDifference) {
        let name = table.wanted.name
        add(
            "Rename the column \(name).\(old) to \(new)",
            sql: ["ALTER TABLE \(quoted(name)) RENAME COLUMN \(quoted(old)) TO \(quoted(new))"])
    }

    private mutating func add(_ column: Column, to table: TableDifference) throws {
        let name = quoted(table.wanted.name)
        var sql = "ALTER TABLE \(name) ADD COLUMN \(table.wanted.postgresDefinition(of: column))"
        var after: [String] = []
        if let initial = column.initial {
            // Rows that are there read it as if it were theirs: none is written.
            sql += " DEFAULT \(try initial.postgresLiteral)"
            // A required one keeps it, for servers that do not know of the column yet.
            if column.isNullable { after = ["ALTER TABLE \(name) ALTER COLUMN \(quoted(column.name)) DROP DEFAULT"] }
        }
        let rows = column.initial == nil ? 0 : try session.count(table.live.name)
        add("Add the column \(table.wanted.name).\(column.name) (\(column.type.spelling))", sql: [sql] + after, rows: rows)
    }

    private mutating func change(_ old: Column, to new: Column, in table: TableDifference) throws {
        let (name, live) = (table.wanted.name, table.liveName(new.name) ?? new.name)
        if old.type != new.type {
            let rows = try session.count(table.live.name)
            let lost = try session.count(of: table.live, live, from: old.type, to: new.type, whose: .lossy)
            let loss = lost > 0 ? "; \(lost) values lose their spelling" : ""
            add(
                "Change the type of \(name).\(new.name) from \(old.type.spelling) to \(new.type.spelling)\(loss)",
                conversion(of: old, to: new, in: table, rows), rows: rows, isDestructive: lost > 0)
        }
        if old.isNullable, !new.isNullable {
            add(
                "Require \(name).\(new.name)", sql: [nullability(name, new.name, "SET")], rows: try session.count(table.live.name)
            )
        } else if !old.isNullable, new.isNullable {
            add("Let \(name).\(new.name) be empty", sql: [nullability(name, new.name, "DROP")])
        }
    }

    private func conversion(of old: Column, to new: Column, in table: TableDifference, _ rows: Int) -> [Action] {
        let wanted = table.wanted
        if old.type.fits(into: new.type) {
            let change = "ALTER COLUMN \(quoted(new.name)) TYPE \(new.type.postgresColumn)"
            return [.sql("ALTER TABLE \(quoted(wanted.name)) \(change)")]
        }
        let change = ColumnChange(
            table: wanted, column: new.name, from: old.type, to: new.type, liveTable: table.live.name,
            liveColumn: table.liveName(new.name) ?? new.name, isRequired: !old.isNullable && !new.isNullable,
            indexes: wanted.indexes.filter { $0.columns.contains(new.name) && !table.addedIndexes.contains($0) }, rows: rows)
        return [.convert(change)]
    }

    /// A change that was begun, and is not wanted any more.
    private mutating func giveUpSuccessors(of table: TableDifference) {
        let wanted = table.changed.map { ColumnChange.successor(of: $0.to.name) }
        for successor in live.successors[table.live.name] ?? [] where !wanted.contains(successor) {
            add(
                "Give up a change of \(table.wanted.name) that was begun (\(successor))",
                sql: [ColumnChange.removal(of: successor, from: table.wanted.name)], isLeftover: true)
        }
    }

    private mutating func release(_ column: Column, of table: TableDifference) {
        let name = table.wanted.name
        add(
            "Let \(name).\(column.name), which the metadata does not name, be empty",
            sql: [nullability(name, column.name, "DROP")])
    }

    private func nullability(_ table: String, _ column: String, _ verb: String) -> String {
        "ALTER TABLE \(quoted(table)) ALTER COLUMN \(quoted(column)) \(verb) NOT NULL"
    }

    /// Whether a table is changed beside the work of others, which one that is split by month cannot be, nor any through a pooler.
    private func isLarge(_ table: TableDifference, _ rows: Int) -> Bool {
        rows >= largeTable && !session.isPooled && !table.live.isSplitByMonth
    }

    /// A large table is looked through afterwards, so that nobody has to wait meanwhile.
    private mutating func add(_ key: ForeignKey, to table: TableDifference) throws {
        let (name, reference) = (table.wanted.name, table.wanted.postgresReference(key))
        let isLarge = isLarge(table, try session.count(table.live.name))
        let check = PostgresPlanning.each(referenceOf: key.column, table: name, where: "NOT convalidated", "VALIDATE CONSTRAINT")
        add(
            "Let \(name).\(key.column) refer to \(key.table)",
            isLarge ? [.sql(reference + " NOT VALID"), .afterwards(check)] : [.sql(reference)])
    }

    private mutating func drop(_ key: ForeignKey, of table: TableDifference) {
        let name = table.wanted.name
        add(
            "Let \(name).\(key.column) no longer refer to \(key.table)",
            sql: [PostgresPlanning.each(referenceOf: key.column, table: name, "DROP CONSTRAINT")])
    }

    private mutating func add(_ index: Index, to table: TableDifference) throws {
        let (name, rows) = (table.wanted.name, try session.count(table.live.name))
        let isLarge = isLarge(table, rows)
        let sql = index.postgresCreation(on: name, concurrently: isLarge)
        let (kind, list) = (index.isUnique ? "unique index" : "index", index.columns.joined(separator: ", "))
        add(
            "Add the \(kind) \(index.name) on \(name) (\(list))", sql.map { isLarge ? .afterwards($0) : .sql($0) }, rows: rows)
    }

    private mutating func addSearch(to table: TableDifference) throws {
        let (wanted, rows) = (table.wanted, try session.count(table.live.name))
        let creation =
            isLarge(table, rows)
            ? wanted.postgresSearchBeginning.map(Action.sql) + [.fillSearch(wanted)]
            : wanted.postgresSearchCreation.map(Action.sql)
        add(
            "Index \(wanted.name) for search (\(wanted.searchColumns.joined(separator: ", ")))",
            wanted.postgresSearchRemoval.map(Action.sql) + creation, rows: rows)
    }

    private func hasParts(_ table: TableDifference) -> Bool {
        guard let live = live.textsOfParts[table.live.name] else { return false }
        let isConverted = table.changed.contains { old, new in
            old.type != new.type && table.wanted.textsOfParts.contains(new.name)
        }
        return Set(live) == Set(table.wanted.textsOfParts.compactMap(table.liveName)) && !isConverted
    }

    private mutating func removeParts(of table: TableDifference) {
        if live.textsOfParts[table.live.name] == nil || hasParts(table) { return }
        add(
            "Drop the index of \(table.wanted.name) for parts of texts",
            sql: ["DROP INDEX IF EXISTS \(quoted(table.live.indexOfParts))"])
    }

    /// The database serves the schema without it, too.
    private mutating func addParts(of table: TableDifference) throws {
        let (wanted, rows) = (table.wanted, live.rows[table.live.name] ?? 0)
        guard rows >= largeTable, !session.isPooled, !wanted.textsOfParts.isEmpty, !hasParts(table),
            let trigrams = try Trigrams(session)
        else { return }
        add(
            "Index \(wanted.name) for parts of texts (\(wanted.textsOfParts.joined(separator: ", ")))",
            wanted.postgresPartsCreation(trigrams).map(Action.afterwards), rows: rows, isLeftover: true)
    }

    private mutating func drop(_ column: Column, of table: TableDifference) throws {
        let name = table.wanted.name
        add(
            "Drop the column \(name).\(column.name), which the metadata does not name",
            sql: ["ALTER TABLE \(quoted(name)) DROP COLUMN \(quoted(column.name))"],
            rows: try session.count(table.live.name, where: "\(quoted(column.name)) IS NOT NULL"), isDestructive: true,
            isLeftover: true)
    }

    /// A constraint's name is the database's; it is found by the column.
    private static func each(
        referenceOf column: String, table: String, where condition: String = "true", _ action: String
    ) -> String {
        """
        DO $martlet$ DECLARE found name; BEGIN
        FOR found IN SELECT f.conname FROM pg_constraint f JOIN pg_attribute a ON a.attrelid = f.conrelid AND a.attnum = f.conkey[1]
            WHERE f.conrelid = \(textLiteral(quoted(table)))::regclass AND f.contype = 'f' AND cardinality(f.conkey) = 1
            AND a.attname = \(textLiteral(column)) AND \(condition)
        LOOP EXECUTE format('ALTER TABLE %s \(action) %I', \(textLiteral(quoted(table))), found); END LOOP;
        END $martlet$
        """
    }
}

extension ColumnType {
    /// Whether PostgreSQL's own change of type keeps every value as it is.
    fileprivate func fits(into other: ColumnType) -> Bool {
        switch (self, other) {
        case (.decimal(let p, let s), .decimal(let q, let t)): t >= s && q - t >= p - s
        default: false
        }
    }
}
