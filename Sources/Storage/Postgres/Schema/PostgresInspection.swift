import SQL

/// What a PostgreSQL database holds, read back from its catalogue.
///
/// Tables without our comment belong to somebody else and are not seen; nor are indexes that somebody added to ours.
struct PostgresInspection {
    private(set) var schema = Schema(tables: [])
    /// About how many rows each table has; fewer than none where that is not known.
    private(set) var rows: [String: Int] = [:]
    /// The columns of each table that were to take the place of another.
    private(set) var successors: [String: [String]] = [:]
    /// The tables whose search vector is not filled yet.
    private(set) var unfilledSearches: Set<String> = []
    /// The texts of each table whose parts an index finds.
    private(set) var textsOfParts: [String: [String]] = [:]

    /// Reads the tables that are ours or named in `wanted`.
    init(_ session: PostgresSession, wanted: Schema) throws {
        let names = Set(wanted.tables.flatMap { [$0.name] + ($0.renamedFrom.map { [$0] } ?? []) })
        try session.rows(PostgresInspection.tables) { rows in
            while try rows.next() {
                guard let name = rows.cell(0).string, names.contains(name) || rows.cell(1).string == Table.comment
                else { continue }
                let isSplit = rows.cell(3).integer == 1
                self.rows[name] = rows.cell(4).integer.map(Int.init)
                schema.tables.append(
                    Table(name: name, columns: [], primaryKey: rows.cell(2).string ?? "", isSplitByMonth: isSplit))
            }
        }
        try session.rows(PostgresInspection.columns) { try readColumns(&$0) }
        try session.rows(PostgresInspection.indexes) { try readIndexes(&$0) }
        try session.rows(PostgresInspection.references) { try readReferences(&$0) }
    }

    private mutating func table(_ cell: Cell, _ body: (inout Table) -> Void) {
        guard let name = cell.string, let index = schema.tables.firstIndex(where: { $0.name == name }) else { return }
        body(&schema.tables[index])
    }

    private mutating func readColumns(_ rows: inout any Rows) throws {
        while try rows.next() {
            let (name, type) = (rows.cell(1).string ?? "", rows.cell(2).string ?? "")
            let isRequired = rows.cell(3).integer == 1
            var comment = rows.cell(4).string
            if name == Table.searchVector, let note = comment, note.hasPrefix(Table.unfilled) {
                unfilledSearches.insert(rows.cell(0).string ?? "")
                comment = String(note.dropFirst(Table.unfilled.count))
            }
            if name.hasPrefix(ColumnChange.prefix) {
                successors[rows.cell(0).string ?? "", default: []].append(name)
                continue
            }
            table(rows.cell(0)) { table in
                if name == Table.searchVector {
                    table.searchColumns = comment.map { $0.split(separator: ", ").map(String.init) } ?? ["?"]
                } else {
                    // A type that is not ours differs from all that are.
                    table.columns.append(Column(name, ColumnType(postgres: type) ?? .bytes, isNullable: !isRequired))
                }
            }
        }
    }

    private mutating func readIndexes(_ rows: inout any Rows) throws {
        while try rows.next() {
            guard let comment = rows.cell(4).string, comment.hasPrefix(Index.comment) else { continue }
            if comment.hasPrefix(Table.partsComment) {
                let list = (rows.cell(3).string ?? "").split(separator: "\n").map(String.init)
                textsOfParts[rows.cell(0).string ?? ""] = list
                continue
            }
            let condition = comment.hasPrefix(Index.comment + " WHERE ") ? comment.dropFirst(Index.comment.count + 7) : nil
            let index = Index(
                name: rows.cell(1).string ?? "",
                columns: (rows.cell(3).string ?? "").split(separator: "\n").map(String.init),
                isUnique: rows.cell(2).integer == 1, condition: condition.map(String.init))
            table(rows.cell(0)) { $0.indexes.append(index) }
        }
    }

    private mutating func readReferences(_ rows: inout any Rows) throws {
        while try rows.next() {
            let key = ForeignKey(column: rows.cell(1).string ?? "", table: rows.cell(2).string ?? "")
            table(rows.cell(0)) { $0.foreignKeys.append(key) }
        }
    }
}

extension PostgresInspection {
    private static let ours = "c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p')"

    private static let tables = """
        SELECT c.relname, obj_description(c.oid, 'pg_class'), a.attname, c.relkind = 'p', c.reltuples::bigint FROM pg_class c
        LEFT JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary
        LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = i.indkey[0]
        WHERE \(ours) AND NOT c.relispartition ORDER BY c.relname
        """

    private static let columns = """
        SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, col_description(c.oid, a.attnum)
        FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
        WHERE \(ours) AND a.attnum > 0 AND NOT a.attisdropped ORDER BY c.relname, a.attnum
        """

    private static let indexes = """
        SELECT c.relname, x.relname, i.indisunique,
            COALESCE(
                (SELECT string_agg(a.attname, E'\\n' ORDER BY k.place)
                 FROM unnest(i.indkey::int2[]) WITH ORDINALITY AS k(number, place)
                 JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.number),
                (SELECT string_agg(DISTINCT a.attname, E'\\n') FROM pg_depend d
                 JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
                 WHERE d.classid = 'pg_class'::regclass AND d.objid = x.oid AND d.refobjid = c.oid AND d.refobjsubid > 0)),
            CASE WHEN i.indisvalid THEN obj_description(x.oid, 'pg_class') ELSE 'Martlet WHERE it is not whole' END
        FROM pg_class c JOIN pg_index i ON i.indrelid = c.oid JOIN pg_class x ON x.oid = i.indexrelid
        WHERE \(ours) AND NOT i.indisprimary ORDER BY c.relname, x.relname
        """

    private static let references = """
        SELECT c.relname, a.attname, p.relname FROM pg_class c JOIN pg_constraint f ON f.conrelid = c.oid AND f.contype = 'f'
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = f.conkey[1] JOIN pg_class p ON p.oid = f.confrelid
        WHERE \(ours) AND cardinality(f.conkey) = 1 ORDER BY c.relname, f.oid
        """
}
