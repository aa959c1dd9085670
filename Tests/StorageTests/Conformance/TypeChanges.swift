import SQL
import Storage
import Testing
import Values

/// A column of one type with its values, the type it is to become, and what becomes of it.
struct TypeChange: Sendable, CustomTestStringConvertible {
    enum Outcome: Sendable, Equatable {
        case values([Value])
        /// Possible, but something about the values is lost.
        case lossy([Value])
        /// Refused for the values at these places.
        case refused([Int])
    }

    let from: ColumnType
    let to: ColumnType
    let values: [Value]
    let outcome: Outcome

    init(_ from: ColumnType, _ to: ColumnType, _ values: [Value], _ outcome: Outcome) {
        (self.from, self.to, self.values, self.outcome) = (from, to, values, outcome)
    }

    var testDescription: String { "\(from) to \(to)" }

    private static func number(_ text: String) -> Value { Number(text).map(Value.number) ?? .null }
    private static func moment(_ text: String) -> Value { Instant(text).map(Value.datetime) ?? .null }
    private static func day(_ text: String) -> Value { Day(text).map(Value.date) ?? .null }

    static let all: [TypeChange] = [
        // Numbers
        TypeChange(
            .decimal(precision: 18, scale: 2), .decimal(precision: 18, scale: 4), [number("-12.34"), .null, number("0")],
            .values([number("-12.34"), .null, number("0")])),
        TypeChange(
            .decimal(precision: 18, scale: 2), .decimal(precision: 18, scale: 1), [number("1.5"), number("1.55"), number("2")],
            .refused([1])),
        TypeChange(
            .decimal(precision: 18, scale: 2), .decimal(precision: 5, scale: 2),
            [number("999.99"), number("1000"), number("-1000")],
            .refused([1, 2])),
        TypeChange(
            .decimal(precision: 18, scale: 2), .decimal(precision: 5, scale: 2), [number("-999.99")], .values([number("-999.99")])
        ),
        TypeChange(.decimal(precision: 18, scale: 2), .integer, [number("12"), number("12.01")], .refused([1])),
        TypeChange(.decimal(precision: 18, scale: 2), .integer, [number("12")], .values([number("12")])),
        TypeChange(.integer, .decimal(precision: 18, scale: 0), [number("12")], .values([number("12")])),
        TypeChange(.integer, .real, [number("12")], .values([number("12")])),
        TypeChange(.real, .decimal(precision: 18, scale: 2), [number("0.1"), number("0.125")], .refused([1])),
        TypeChange(.integer, .boolean, [number("0"), number("1"), number("2")], .refused([2])),
        TypeChange(
            .boolean, .decimal(precision: 3, scale: 0), [.bool(true), .bool(false)], .values([number("1"), number("0")])),
        // To and from text
        TypeChange(
            .decimal(precision: 18, scale: 2), .text, [number("-0.50"), number("7")], .values([.text("-0.50"), .text("7.00")])),
        TypeChange(
            .text, .decimal(precision: 18, scale: 2), [.text("12"), .text("-1.50"), .text("1.234"), .text("x"), .text("")],
            .refused([2, 3, 4])),
        TypeChange(
            .text, .decimal(precision: 18, scale: 2), [.text("12"), .text("-1.50")], .values([number("12"), number("-1.5")])),
        TypeChange(.text, .integer, [.text("007")], .lossy([number("7")])),
        TypeChange(.text, .date, [.text("2026-02-28"), .text("2026-02-30"), .text("tomorrow")], .refused([1, 2])),
        TypeChange(.text, .date, [.text("2026-02-28")], .values([day("2026-02-28")])),
        TypeChange(.text, .datetime, [.text("2026-02-28T12:00:00+02:00")], .lossy([moment("2026-02-28T10:00:00Z")])),
        TypeChange(.datetime, .text, [moment("2026-02-28T12:00:00Z")], .values([.text("2026-02-28T12:00:00Z")])),
        TypeChange(.text, .boolean, [.text("true"), .text("yes")], .refused([1])),
        TypeChange(.text, .id, [.text(id(1)), .text("1")], .refused([1])),
        TypeChange(.id, .text, [.text(id(1))], .values([.text(id(1))])),
        TypeChange(.date, .text, [day("2026-02-28")], .values([.text("2026-02-28")])),
        // Dates and times
        TypeChange(.date, .datetime, [day("2026-02-28")], .values([moment("2026-02-28T00:00:00Z")])),
        TypeChange(.datetime, .date, [moment("2026-02-28T00:00:00Z"), moment("2026-02-28T00:00:01Z")], .refused([1])),
        TypeChange(.date, .integer, [day("2026-02-28")], .refused([0])),
        // Lists and documents
        TypeChange(.text, .list, [.text("A, B")], .values([.list(["A, B"])])),
        TypeChange(.list, .text, [.list(["A"]), .list(["A", "B"])], .refused([1])),
        TypeChange(.list, .json, [.list(["A", "B"])], .values([.json(["A", "B"])])),
        TypeChange(.json, .list, [.json(["A"]), .json(["A", 1])], .refused([1])),
        TypeChange(.json, .text, [.json(["a": 1])], .values([.text("{\"a\":1}")])),
        TypeChange(.text, .json, [.text("{\"a\": 1}")], .lossy([.json(["a": 1])])),
        TypeChange(.text, .json, [.text("{")], .refused([0])),
        TypeChange(.time, .text, [.time(TimeOfDay(wrapping: 0))], .values([.text("00:00:00.000")])),
    ]
}

extension StorageConformance {
    private static func schema(_ type: ColumnType) -> Schema {
        Schema(tables: [
            Table(
                name: "Thing",
                columns: [Column("Id", .id, isNullable: false), Column("Value", type), Column("Other", .datetime)],
                primaryKey: "Id", indexes: [Index(name: "Thing_Value", columns: ["Value"])])
        ])
    }

    private static func values(_ type: ColumnType, in database: any Database) async throws -> [Value] {
        let statement = Statement(sql: "SELECT \"Value\", \"Other\" FROM \"Thing\" ORDER BY \"Id\"")
        return try await database.read(statement, lane: .long, deadline: .ample) { rows in
            var values: [Value] = []
            while try rows.next() {
                values.append(type.value(rows.cell(0)))
                #expect(ColumnType.datetime.value(rows.cell(1)) == .datetime(.latest))
            }
            return values
        }
    }

    @Test(arguments: Driver.all, TypeChange.all)
    func `a change of type keeps every value, or is refused with the records it cannot keep`(
        _ driver: Driver, _ change: TypeChange
    ) async throws {
        let scratch = try await driver.make()
        let database = try await scratch.open()
        try await database.migrate(to: Self.schema(change.from))
        for (number, value) in change.values.enumerated() {
            let bind = try #require(Bind(value, as: change.from))
            try await database.run("INSERT INTO \(name: "Thing") VALUES (\(.id(id(number))), \(bind), \(.datetime(.latest)))")
        }
        let wanted = Self.schema(change.to)
        switch change.outcome {
        case .values(let values):
            try await database.migrate(to: wanted)
            #expect(try await Self.values(change.to, in: database) == values)
            #expect(try await database.plan(wanted) == Migration())
        case .lossy(let values):
            await #expect(throws: MigrationProblem.self) { try await database.migrate(to: wanted) }
            #expect(try await Self.values(change.from, in: database) == change.values)
            try await database.migrate(to: wanted, allowDestructive: true)
            #expect(try await Self.values(change.to, in: database) == values)
        case .refused(let places):
            let refusals = try await database.plan(wanted).refusals
            #expect(refusals.map(\.ids) == [places.map(id)])
            await #expect(throws: MigrationProblem.refused(refusals)) {
                try await database.migrate(to: wanted, allowDestructive: true)
            }
            #expect(try await Self.values(change.from, in: database) == change.values)
        }
        await database.close()
    }
}
