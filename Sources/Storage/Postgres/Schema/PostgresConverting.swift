import SQL
import Values

/// Conversions between types of columns: the values pass through here, so that they go as on every other database.
extension PostgresSession: SchemaConnection {
    var dialect: Dialect { .postgres }

    func integer(_ sql: String) throws -> Int { try integer(sql, []) }
    func texts(_ sql: String) throws -> [String] { try texts(sql, []) }

    func keys(of table: Table, _ column: String, from: ColumnType, to: ColumnType, whose outcome: Conversion, limit: Int) throws
        -> [String]
    {
        var keys: [String] = []
        try values(of: table, column, from) { key, value in
            if Conversion(value, from: from, to: to) == outcome { keys.append(key) }
            return keys.count < limit
        }
        return keys
    }

    func count(of table: Table, _ column: String, from: ColumnType, to: ColumnType, whose outcome: Conversion) throws -> Int {
        var count = 0
        try values(of: table, column, from) { _, value in
            if Conversion(value, from: from, to: to) == outcome { count += 1 }
            return true
        }
        return count
    }

    /// Hands over every value that is not null with its row's key, in the order of the keys, until `body` has enough.
    private func values(
        of table: Table, _ column: String, _ type: ColumnType, _ body: (String, Value) throws -> Bool
    ) throws {
        let (key, column) = (quoted(table.primaryKey), quoted(column))
        let sql = "SELECT \(key)::text, \(column) FROM \(quoted(table.name)) WHERE \(column) IS NOT NULL ORDER BY \(key)"
        try stream(Statement(sql: sql), isPrepared: false) { rows in
            while try rows.next() {
                guard try body(rows.cell(0).string ?? "", type.value(rows.cell(1))) else { return }
            }
        }
    }

    /// Changes the type of a column: the new values are put beside the table, and taken from there when it is rewritten.
    func convert(_ change: ColumnChange) throws {
        let (table, column, to) = (change.table, change.column, change.to)
        try command("CREATE TEMPORARY TABLE martlet_converted (key text PRIMARY KEY, value text) ON COMMIT DROP")
        // It may be of another type than it will be.
        let key = change.isOfKey ? change.from : table.keyType
        var last: String?
        while true {
            let batch = try converted(
                table.name, table.primaryKey, key, column, from: change.from, to: to, after: last, limit: 5000)
            if batch.isEmpty { break }
            try run("INSERT INTO martlet_converted VALUES ($1, $2)", each: batch.map { [.text($0.key), .text($0.value)] })
            last = batch.last?.key
        }
        try command(
            """
            CREATE FUNCTION pg_temp.martlet_converted(text) RETURNS text LANGUAGE sql STABLE
            AS 'SELECT value FROM pg_temp.martlet_converted WHERE key = $1'
            """)
        let value = "pg_temp.martlet_converted(\(quoted(table.primaryKey))::text)::\(to.declaration(.postgres))"
        try command("ALTER TABLE \(quoted(table.name)) ALTER COLUMN \(quoted(column)) TYPE \(to.postgresColumn) USING \(value)")
        try command("DROP FUNCTION pg_temp.martlet_converted(text)")
        try command("DROP TABLE pg_temp.martlet_converted")
    }

    /// The next keys, in their order, and new values.
    ///
    /// - Parameters:
    ///   - type: of the key.
    ///   - condition: which rows, besides those that have a value.
    ///   - lock: how the rows are locked.
    func converted(
        _ table: String, _ key: String, _ type: ColumnType, _ column: String, from: ColumnType, to: ColumnType,
        after last: String?, limit: Int, where condition: String = "true", lock: String = ""
    ) throws -> [(key: String, value: String)] {
        let (key, column) = (quoted(key), quoted(column))
        let rest = last == nil ? "" : " AND \(key) > $1::\(type.declaration(.postgres))"
        let sql = """
            SELECT \(key)::text, \(column) FROM \(quoted(table)) WHERE \(column) IS NOT NULL AND \(condition)\(rest)
            ORDER BY \(key) LIMIT \(limit)\(lock)
            """
        return try rows(sql, last.map { [.text($0)] } ?? []) { rows in
            var batch: [(key: String, value: String)] = []
            while try rows.next() {
                let value = from.value(rows.cell(1))
                guard let new = value.converted(from: from, to: to), let text = try Bind(new, as: to)?.text
                else { throw StorageError.statement(message: "\(value) has no form as \(to.spelling)", sql: sql) }
                batch.append((rows.cell(0).string ?? "", text))
            }
            return batch
        }
    }
}

extension Bind {
    fileprivate var text: String? {
        get throws {
            do throws(Misfit) { return try postgresText } catch {
                throw StorageError.statement(message: error.message, sql: "\(self)")
            }
        }
    }
}
