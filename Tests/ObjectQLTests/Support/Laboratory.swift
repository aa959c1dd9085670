import CSQLite
import Formula
import Metadata
import ObjectQL
import SQL
import Storage
import Testing
import Values

/// An SQLite database in memory with the tables of a registry, which answers queries as the engine does.
final class Laboratory {
    let registry: Registry
    private var handle: OpaquePointer?

    /// What the session of every test knows.
    static let now = Instant("2026-03-31T12:00:00Z") ?? Instant(microseconds: 0)
    static let me = "0190a1b2-0000-7000-8000-000000000001"

    init(_ registry: Registry = Business.registry) throws {
        self.registry = registry
        guard sqlite3_open(":memory:", &handle) == SQLITE_OK else { throw LaboratoryError("cannot open SQLite") }
        _ = martlet_sqlite_no_double_quoted_strings(handle)
        for function in CompiledFormula.functions + Query.functions { try function.register(on: try #require(handle)) }
        for object in registry.objects { try create(object) }
    }

    /// With the records of a business.
    convenience init(of business: RandomBusiness) throws {
        try self.init(business.registry)
        for (object, records) in business.records { for record in records { try insert(object, record) } }
        for object in ["Account", "Contact", "Opportunity"] { try index(object) }
    }

    deinit { sqlite3_close(handle) }

    private func create(_ object: ObjectDefinition) throws {
        let columns = object.fields.filter { !$0.isComputed }.flatMap { field in
            let column = "\(quoted(field.name)) \(field.column.declaration(.sqlite))\(field.type == .id ? " PRIMARY KEY" : "")"
            return [column] + (field.typeColumn.map { ["\(quoted($0)) TEXT"] } ?? [])
        }
        try run(Statement(sql: "CREATE TABLE \(quoted(object.name)) (\(columns.joined(separator: ", "))) STRICT"))
        let searched = object.fields.filter(\.searchable).map { quoted($0.name) }
        guard !searched.isEmpty else { return }
        let options = "content='\(object.name)', tokenize='unicode61 remove_diacritics 2'"
        try run(
            Statement(
                sql:
                    "CREATE VIRTUAL TABLE \(quoted(object.name + "_search")) USING fts5(\(searched.joined(separator: ", ")), \(options))"
            ))
    }

    /// Puts a record into its table; what every object has is filled in.
    func insert(_ object: String, _ values: [String: Value]) throws {
        guard let definition = registry.object(object) else { throw LaboratoryError("no object \(object)") }
        let columns = try definition.cells(values)
        let names = columns.map { quoted($0.name) }.joined(separator: ", ")
        let places = columns.indices.map { "?\($0 + 1)" }.joined(separator: ", ")
        try run(Statement(sql: "INSERT INTO \(quoted(object)) (\(names)) VALUES (\(places))", binds: columns.map(\.bind)))
    }

    /// Fills the full-text index of an object.
    func index(_ object: String) throws {
        let table = quoted(object + "_search")
        try run(Statement(sql: "INSERT INTO \(table)(\(table)) VALUES ('rebuild')"))
    }

    static func standard(_ field: FieldDefinition) -> Value {
        switch field.name {
        case "IsDeleted": .bool(false)
        case "Version": .number(1)
        case "CreatedDate", "LastModifiedDate": .datetime(now)
        default: field.type == .checkbox ? .bool(false) : .null
        }
    }
}

struct LaboratoryError: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}

// MARK: Asking

struct LaboratoryAnswer: Sendable {
    /// The records as they go to the caller.
    var texts: [String] = []
    var records: [JSON] = []
    var totalCount: Int?
    var hasMore = false
    var nextCursor: String?
}

extension Laboratory {
    static func seal(_ bytes: [UInt8]) -> [UInt8] {
        [bytes.reduce(7) { $0 &* 31 &+ $1 }, UInt8(truncatingIfNeeded: bytes.count)]
    }

    func ask(_ json: JSON, in scope: QueryScope? = nil) throws -> LaboratoryAnswer {
        try ask(try Query(json: json), in: scope)
    }

    func ask(_ query: Query, in scope: QueryScope? = nil, arguments: [String: Bind] = [:]) throws -> LaboratoryAnswer {
        let scope = scope ?? QueryScope(registry: registry)
        let plan = try query.resolve(in: scope).compile(.sqlite, seal: Laboratory.seal)
        var answer = LaboratoryAnswer()
        try rows(Laboratory.filled(plan.statement, scope, arguments)) { statement in
            try answer.take(plan) { Cell(sqlite3_column_value(statement, Int32($0))) }
        }
        if !answer.hasMore { answer.nextCursor = nil }
        if let count = plan.count {
            try rows(Laboratory.filled(count, scope, arguments)) { answer.totalCount = Int(sqlite3_column_int64($0, 0)) }
        }
        return answer
    }

    static func filled(_ statement: Statement, _ scope: QueryScope, _ arguments: [String: Bind]) -> Statement {
        var statement = statement
        for (index, bind) in statement.binds.enumerated() {
            if case .late(let late) = bind { statement.binds[index] = Laboratory.bind(late, scope, arguments) }
        }
        return statement
    }

    static func bind(_ late: Late, _ scope: QueryScope, _ arguments: [String: Bind]) -> Bind {
        func days(_ word: DateWord) -> Range<Day> { word.days(today: scope.zone.day(now), rules: scope.calendar) }
        return switch late {
        case .now: .datetime(now)
        case .today: .date(scope.zone.day(now))
        case .zone: .text(scope.zone.identifier)
        case .user: .id(me)
        case .userField: .text("EMEA")
        case .firstDay(let word): .date(days(word).lowerBound)
        case .dayAfter(let word): .date(days(word).upperBound)
        case .firstMoment(let word): .datetime(scope.zone.instant(days(word).lowerBound))
        case .momentAfter(let word): .datetime(scope.zone.instant(days(word).upperBound))
        case .argument(let name): arguments[name] ?? .null
        }
    }
}

extension LaboratoryAnswer {
    /// One more row; the one after the last of the page tells that there are more.
    mutating func take(_ plan: CompiledQuery, _ cell: (Int) -> Cell) throws {
        if records.count == plan.limit { return hasMore = true }
        var writer = JSONWriter()
        write(plan.shape, cell, to: &writer)
        texts.append(writer.string)
        records.append(try JSON(parsing: writer.string))
        guard records.count == plan.limit, !plan.cursorColumns.isEmpty else { return }
        let keys = plan.cursorColumns.map { $0.type.value(cell($0.column)) }
        nextCursor = Cursor(fingerprint: plan.fingerprint, keys: keys).text(seal: Laboratory.seal)
    }

    private func write(_ shape: Shape, _ cell: (Int) -> Cell, to writer: inout JSONWriter) {
        writer.raw("{")
        for (index, member) in shape.members.enumerated() {
            if index > 0 { writer.raw(",") }
            switch member {
            case .cell(let name, let column, let type):
                writer.raw(JSONWriter.key(name))
                type.write(cell(column), to: &writer)
            case .sealed(let name, let column):
                writer.raw(JSONWriter.key(name))
                ColumnType.text.write(cell(column), to: &writer)
            case .parent(let name, let presence, let shape):
                writer.raw(JSONWriter.key(name))
                if cell(presence).isNull { writer.raw("null") } else { write(shape, cell, to: &writer) }
            case .children(let name, let column):
                writer.raw(JSONWriter.key(name))
                writer.raw(cell(column).string ?? "null")
            }
        }
        writer.raw("}")
    }
}

// MARK: SQLite

extension Laboratory {
    func run(_ statement: Statement) throws { try rows(statement) { _ in } }

    /// How SQLite will go about a statement.
    func plan(_ statement: Statement) throws -> [String] {
        var lines: [String] = []
        try rows(Statement(sql: "EXPLAIN QUERY PLAN " + statement.sql)) {
            lines.append(String(cString: sqlite3_column_text($0, 3)))
        }
        return lines
    }

    private func rows(_ statement: Statement, _ body: (OpaquePointer?) throws -> Void) throws {
        var prepared: OpaquePointer?
        guard sqlite3_prepare_v2(handle, statement.sql, -1, &prepared, nil) == SQLITE_OK else { throw failure(statement.sql) }
        defer { sqlite3_finalize(prepared) }
        for (index, value) in statement.binds.enumerated() { bind(value, prepared, Int32(index + 1)) }
        while true {
            switch sqlite3_step(prepared) {
            case SQLITE_ROW: try body(prepared)
            case SQLITE_DONE: return
            default: throw failure(statement.sql)
            }
        }
    }

    private func failure(_ sql: String) -> LaboratoryError {
        LaboratoryError(String(cString: sqlite3_errmsg(handle)) + " in " + sql)
    }

    private func bind(_ bind: Bind, _ statement: OpaquePointer?, _ index: Int32) {
        switch Laboratory.encoded(bind) {
        case .integer(let integer): sqlite3_bind_int64(statement, index, integer)
        case .real(let real): sqlite3_bind_double(statement, index, real)
        case .text(let text): martlet_sqlite_bind_text(statement, index, text, Int32(text.utf8.count))
        default: sqlite3_bind_null(statement, index)
        }
    }

    /// A value in SQLite's form.
    fileprivate static func encoded(_ bind: Bind) -> Bind {
        switch bind {
        case .bool(let bool): .integer(bool ? 1 : 0)
        case .decimal(let number, let scale): number.scaled(to: scale).map(Bind.integer) ?? .null
        case .date(let day): .text(day.description)
        case .datetime(let instant): .integer(instant.microseconds)
        case .time(let time): .text(time.description)
        case .id(let text), .json(let text): .text(text)
        case .list(let items): .text(JSON.array(items.map(JSON.string)).description)
        default: bind
        }
    }
}

extension Cell {
    fileprivate init(_ value: OpaquePointer?) {
        switch sqlite3_value_type(value) {
        case SQLITE_INTEGER: self = .integer(sqlite3_value_int64(value))
        case SQLITE_FLOAT: self = .real(sqlite3_value_double(value))
        case SQLITE_TEXT:
            self = .text(UnsafeBufferPointer(start: sqlite3_value_text(value), count: Int(sqlite3_value_bytes(value))))
        default: self = .null
        }
    }
}
