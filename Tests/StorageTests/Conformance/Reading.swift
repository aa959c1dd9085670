import SQL
import Storage
import Testing
import Values

extension StorageConformance {
    /// One column of each type, with a value that tests its edges.
    private static let types: [(type: ColumnType, bind: Bind, value: Value)] = [
        (.id, .id(id(7)), .text(id(7))),
        (.text, .text("Grüße, 世界 \u{1F426} 'quoted'"), .text("Grüße, 世界 \u{1F426} 'quoted'")),
        (.text, .text(""), .text("")),
        (.integer, .integer(.min), .number(Number(Int.min))),
        (.real, .real(0.1), .number(Number(0.1) ?? .zero)),
        (
            .decimal(precision: 18, scale: 2), .decimal(Number("-1234567.89") ?? .zero, scale: 2),
            .number(Number("-1234567.89") ?? .zero)
        ),
        (.boolean, .bool(true), .bool(true)),
        (.boolean, .bool(false), .bool(false)),
        (.date, .date(.earliest), .date(.earliest)),
        (.date, .date(.latest), .date(.latest)),
        (
            .datetime, .datetime(Instant(microseconds: 1_774_960_496_123_456)),
            .datetime(Instant(microseconds: 1_774_960_496_123_456))
        ),
        (.datetime, .datetime(.earliest), .datetime(.earliest)),
        (.time, .time(TimeOfDay(wrapping: 86_399_999)), .time(TimeOfDay(wrapping: 86_399_999))),
        (.list, .list(["a", "b \"c\"", ""]), .list(["a", "b \"c\"", ""])),
        (.list, .list([]), .list([])),
        (.json, .json("{\"a\":[1,null]}"), .json(["a": [1, nil]])),
        (.text, .null, .null),
    ]

    @Test(arguments: Driver.all)
    func `values of every type come back as they were written`(_ driver: Driver) async throws {
        let scratch = try await driver.make()
        let database = try await scratch.open()
        let columns = Self.types.enumerated().map { Column("c\($0)", $1.type) }
        try await database.migrate(
            to: Schema(tables: [Table(name: "Types", columns: [Column("Id", .id, isNullable: false)] + columns, primaryKey: "Id")]
            ))
        let values = Self.types.map { Fragment(pieces: [.bind($0.bind)]) }.joined(separator: ", ")
        try await database.run("INSERT INTO \(name: "Types") VALUES (\(.id(id(1))), \(values))")

        let statement = Statement(sql: "SELECT * FROM \"Types\"")
        let read = try await database.read(statement, lane: .short, deadline: .ample) { rows in
            guard try rows.next() else { return [Value]() }
            return Self.types.enumerated().map { $1.type.value(rows.cell($0 + 1)) }
        }
        #expect(read == Self.types.map(\.value))
        await database.close()
    }

    @Test(arguments: Driver.all, Lane.allCases)
    func `rows come in order with the names of their columns`(_ driver: Driver, _ lane: Lane) async throws {
        try await driver.withDatabase { database async throws in
            for number in 1...3 { try await database.run(.account(number, name: "Account \(number)")) }
            let statement = Statement(sql: "SELECT \"Name\", \"Email\" AS \"Mail\" FROM \"Account\" ORDER BY \"Id\"")
            let (names, columns) = try await database.read(statement, lane: lane, deadline: .ample) { rows in
                var names: [String] = []
                while try rows.next() { names.append(rows.cell(0).string ?? "") }
                // Past the end is still the end.
                if try rows.next() { names.append("again") }
                return (names, rows.columnNames)
            }
            #expect(names == ["Account 1", "Account 2", "Account 3"])
            #expect(columns == ["Name", "Mail"])
        }
    }

    @Test(arguments: Driver.all, Lane.allCases)
    func `a body may stop early or fail, and the same statement runs again`(_ driver: Driver, _ lane: Lane) async throws {
        struct Enough: Error {}
        try await driver.withDatabase { database async throws in
            for number in 1...3 { try await database.run(.account(number, name: "Account \(number)")) }
            let statement = Statement(sql: "SELECT \"Name\" FROM \"Account\" ORDER BY 1")
            for _ in 1...20 {
                let first = try await database.read(statement, lane: lane, deadline: .ample) { rows in
                    try rows.next() ? rows.cell(0).string : nil
                }
                #expect(first == "Account 1")
                await #expect(throws: Enough.self) {
                    try await database.read(statement, lane: lane, deadline: .ample) { rows in
                        _ = try rows.next()
                        throw Enough()
                    }
                }
            }
            #expect(try await database.names().count == 3)
        }
    }

    @Test(arguments: Driver.all)
    func `a snapshot sees one moment, however much is written meanwhile`(_ driver: Driver) async throws {
        try await driver.withDatabase { database async throws in
            try await database.run(.account(1, name: "First"))
            let (before, after) = try await database.snapshot(deadline: .ample) { connection in
                let before = try await connection.texts("SELECT \(name: "Name") FROM \(name: "Account")")
                try await database.run(.account(2, name: "Second"))
                return (before, try await connection.texts("SELECT \(name: "Name") FROM \(name: "Account")"))
            }
            #expect(before == ["First"])
            #expect(after == ["First"])
            #expect(try await database.names() == ["First", "Second"])
        }
    }

    @Test(arguments: Driver.all)
    func `a snapshot does not write`(_ driver: Driver) async throws {
        try await driver.withDatabase { database async throws in
            await #expect(throws: StorageError.self) {
                try await database.snapshot(deadline: .ample) { try await $0.run(.account(1)) }
            }
            #expect(try await database.names() == [])
        }
    }

    @Test(arguments: Driver.all)
    func `many readers read while a writer writes`(_ driver: Driver) async throws {
        try await driver.withDatabase { database async throws in
            try await withThrowingTaskGroup(of: Int.self) { group in
                for number in 0..<200 {
                    group.addTask {
                        try await database.run(.account(number, name: "Account \(number)"))
                        return try await database.texts(
                            "SELECT 1 FROM \(name: "Account") WHERE \(name: "Id") = \(.id(id(number)))"
                        ).count
                    }
                    group.addTask {
                        try await database.texts("SELECT \(name: "Name") FROM \(name: "Account")", lane: .long).count
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await database.names().count == 200)
        }
    }

    @Test(arguments: Driver.all)
    func `rows that outlive their body give nothing`(_ driver: Driver) async throws {
        try await driver.withDatabase { database async throws in
            try await database.run(.account(1))
            try await database.transaction(deadline: .ample) { connection in
                let statement = Statement(sql: "SELECT \"Name\" FROM \"Account\"")
                var kept = try await connection.rows(statement) { rows in
                    _ = try rows.next()
                    return rows
                }
                #expect(kept.cell(0).isNull)
                #expect(throws: StorageError.self) { try kept.next() }
            }
        }
    }
}
