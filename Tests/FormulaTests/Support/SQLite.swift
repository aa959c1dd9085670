import CSQLite
import Formula
import SQL
import Storage
import Testing
import Values

/// An SQLite database in memory that knows the functions formulas need.
final class TestDatabase {
    private var handle: OpaquePointer?

    init() throws {
        guard sqlite3_open(":memory:", &handle) == SQLITE_OK else { throw TestFailure("cannot open SQLite") }
        for function in CompiledFormula.functions { try function.register(on: try #require(handle)) }
    }

    deinit { sqlite3_close(handle) }

    /// The first cell of the first row, read as a column of that type.
    func value(_ fragment: Fragment, as type: ColumnType) throws -> Value {
        let statement = ("SELECT " as Fragment + fragment).statement(.sqlite)
        var prepared: OpaquePointer?
        guard sqlite3_prepare_v2(handle, statement.sql, -1, &prepared, nil) == SQLITE_OK else { throw failure(statement.sql) }
        defer { sqlite3_finalize(prepared) }
        for (index, bind) in statement.binds.enumerated() { Self.bind(bind, prepared, Int32(index + 1)) }
        guard sqlite3_step(prepared) == SQLITE_ROW else { throw failure(statement.sql) }
        return type.value(Self.cell(sqlite3_column_value(prepared, 0)))
    }

    private func failure(_ sql: String) -> TestFailure { TestFailure(String(cString: sqlite3_errmsg(handle)) + " in " + sql) }

    private static func bind(_ bind: Bind, _ statement: OpaquePointer?, _ index: Int32) {
        switch encoded(bind) {
        case .integer(let integer): sqlite3_bind_int64(statement, index, integer)
        case .text(let text): martlet_sqlite_bind_text(statement, index, text, Int32(text.utf8.count))
        default: sqlite3_bind_null(statement, index)
        }
    }

    /// Everything that SQLite holds as an integer or as text.
    static func encoded(_ bind: Bind) -> Bind {
        switch bind {
        case .bool(let bool): .integer(bool ? 1 : 0)
        case .decimal(let number, let scale): number.scaled(to: scale).map(Bind.integer) ?? .null
        case .date(let day): .text(day.description)
        case .datetime(let instant): .integer(instant.microseconds)
        case .time(let time): .text(time.description)
        case .id(let id): .text(id)
        case .list(let items): .text(JSON.array(items.map(JSON.string)).description)
        case .json(let json): .text(json)
        case .late(.now): .integer(testMoment.microseconds)
        case .late(.today): .text(testMoment.day.description)
        case .late(.zone): .text("UTC")
        case .late(.user): .text("0190a1b2-0000-7000-8000-000000000001")
        case .late(.userField): .text("EMEA")
        default: bind
        }
    }

    private static func cell(_ value: OpaquePointer?) -> Cell {
        switch sqlite3_value_type(value) {
        case SQLITE_INTEGER: .integer(sqlite3_value_int64(value))
        case SQLITE_FLOAT: .real(sqlite3_value_double(value))
        case SQLITE_TEXT:
            .text(UnsafeBufferPointer(start: sqlite3_value_text(value), count: Int(sqlite3_value_bytes(value))))
        default: .null
        }
    }
}

struct TestFailure: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}

extension CompiledFormula {
    /// What SQLite makes of the formula on a record.
    func sqliteValue(_ record: [String: Value], in database: TestDatabase) throws -> Value {
        let sql = try self.sql(.sqlite) { position in
            let field = fields[position]
            let value = record[field.path.joined(separator: ".")] ?? .null
            return "\(Bind(value, as: field.column) ?? .null)"
        }
        return try database.value(sql, as: resultColumn)
    }
}
