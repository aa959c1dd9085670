import SQL
import Storage
import Synchronization
import Testing
import Values

/// From each kind of database to each.
@Suite(.timeLimit(.minutes(2))) struct `A transfer` {
    @Test(arguments: TransferWay.all)
    func `brings every value of every type, whatever refers to whatever`(_ way: TransferWay) async throws {
        try await Move(way) { try await $0.fill(rows: 40) }.run { move async throws in
            let tables = try await move.transfer().run { _ in }
            #expect(tables.map(\.rows) == [40, 40])
            for table in Schema.everything.tables {
                #expect(try await move.source.values(of: table) == move.target.values(of: table))
            }
            #expect(try await move.target.plan(.everything).steps == [])
            #expect(try await move.target.texts(#"SELECT "Code" FROM "Thing" WHERE "Code" = 'c7'"#) == ["c7"])
        }
    }

    @Test(arguments: TransferWay.all)
    func `gives the same hashes for the same data, and others for others`(_ way: TransferWay) async throws {
        try await Move(way) { try await $0.fill(rows: 3) }.run { move async throws in
            let first = try await move.transfer().run { _ in }
            try await Move(TransferWay(from: way.to, to: way.from)) { try await $0.fill(rows: 3) }.run { back async throws in
                #expect(try await back.transfer().run { _ in }.map(\.hash) == first.map(\.hash))
            }
            try await Move(way) { try await $0.fill(rows: 3, text: "?") }.run { other async throws in
                #expect(try await other.transfer().run { _ in }.map(\.hash) != first.map(\.hash))
            }
        }
    }

    @Test(arguments: TransferWay.all)
    func `goes on where it was interrupted`(_ way: TransferWay) async throws {
        try await Move(way) { try await $0.fill(rows: 90) }.run { move async throws in
            let first = Task {
                try await move.transfer().run { progress in
                    if case .rows(.filling, "Thing", 50..., _) = progress { withUnsafeCurrentTask { $0?.cancel() } }
                }
            }
            await #expect(throws: (any Error).self) { try await first.value }
            #expect(try await Transfer.isUnfinished(in: move.target))
            let begun = Mutex(0)
            let tables = try await move.transfer().run { progress in
                if case .beginning(.filling, let done, _) = progress { begun.withLock { $0 = done } }
            }
            #expect((50..<90).contains(begun.withLock { $0 }))
            #expect(tables.map(\.rows) == [90, 90])
            #expect(try await !Transfer.isUnfinished(in: move.target))
        }
    }

    @Test(arguments: TransferWay.all)
    func `notices that the source was written to, and brings it right next time`(_ way: TransferWay) async throws {
        try await Move(way) { try await $0.fill(rows: 20) }.run { move async throws in
            await #expect(throws: (any Error).self) { try await move.transfer().run(interruptedAt: .checking) }
            try await move.source.run(#"UPDATE "Thing" SET "Text" = 'late' WHERE "Code" = 'c3'"#)
            await #expect(throws: TransferProblem.sourceChanged(["Thing"])) { try await move.transfer().run { _ in } }
            #expect(try await move.transfer().run { _ in }.map(\.rows) == [20, 20])
            #expect(try await move.target.texts(#"SELECT "Text" FROM "Thing" WHERE "Code" = 'c3'"#) == ["late"])
        }
    }

    @Test(arguments: TransferWay.all)
    func `notices what has not arrived as it was sent`(_ way: TransferWay) async throws {
        try await Move(way) { try await $0.fill(rows: 20) }.run { move async throws in
            await #expect(throws: (any Error).self) { try await move.transfer().run(interruptedAt: .checking) }
            try await move.target.run(#"UPDATE "Other" SET "Amount" = NULL WHERE "Amount" = 4000"#)
            await #expect(throws: TransferProblem.differs(["Other"])) { try await move.transfer().run { _ in } }
            #expect(try await move.transfer().run { _ in }.map(\.rows) == [20, 20])
        }
    }

    @Test(arguments: TransferWay.all)
    func `brings what an earlier schema left behind`(_ way: TransferWay) async throws {
        try await Move(way) { source in
            try await source.migrate(to: Schema(tables: Schema.everything.tables + [.account]))
            try await source.fill(rows: 2)
            try await source.run(.account(1, name: "Acme"))
        }.run { move async throws in
            #expect(try await move.transfer().run { _ in }.map(\.name) == ["Thing", "Other", "Account"])
            #expect(try await move.target.names() == ["Acme"])
        }
    }

    @Test(arguments: Driver.all)
    func `refuses a target that holds anything else, and touches nothing`(_ driver: Driver) async throws {
        let way = TransferWay(from: Driver.all[0], to: driver)
        try await Move(way) { try await $0.fill(rows: 2) }.run { move async throws in
            try await move.target.migrate(to: .everything)
            try await move.target.fill(rows: 1)
            await #expect(throws: TransferProblem.targetHoldsData(["Other", "Thing"])) { try await move.transfer().run { _ in } }
            #expect(try await move.target.plan(.everything).steps == [])
            await #expect(throws: TransferProblem.sameDatabase) {
                try await Transfer(from: move.source, to: move.source, holding: .everything).run { _ in }
            }
        }
    }

    @Test(arguments: Driver.all)
    func `refuses a target that another source has begun to fill`(_ driver: Driver) async throws {
        let way = TransferWay(from: Driver.all[0], to: driver)
        try await Move(way) { try await $0.fill(rows: 9) }.run { move async throws in
            await #expect(throws: (any Error).self) { try await move.transfer().run(interruptedAt: .checking) }
            try await Move(TransferWay(from: Driver.all[1], to: driver)) { try await $0.fill(rows: 9) }.run {
                other async throws in
                let problem = await #expect(throws: TransferProblem.self) {
                    try await Transfer(from: other.source, to: move.target, holding: .everything).run { _ in }
                }
                guard case .otherTransfer(let origin) = problem else {
                    Issue.record("\(String(describing: problem))")
                    return
                }
                #expect(origin.hasSuffix("test.sqlite"))
                await #expect(throws: TransferProblem.sourceIsUnfinished) {
                    try await Transfer(from: move.target, to: other.target, holding: .everything).run { _ in }
                }
            }
        }
    }

    @Test func `names the row with a value that the target cannot keep`() async throws {
        try await Move(TransferWay(from: Driver.all[0], to: Driver.all[1])) { try await $0.fill(rows: 3, text: "a\u{0}b") }.run {
            move async throws in
            let error = await #expect(throws: StorageError.self) { try await move.transfer().run { _ in } }
            #expect(error?.description.contains("U+0000") == true && error?.description.contains(id(0)) == true)
        }
    }
}

struct TransferWay: Sendable, CustomTestStringConvertible {
    let from: Driver
    let to: Driver

    var testDescription: String { "from \(from.name) to \(to.name)" }
    static let all = Driver.all.flatMap { from in Driver.all.map { TransferWay(from: from, to: $0) } }
}

/// A source that is filled, and a target that is empty.
private struct Move {
    let source: any Database
    let target: any Database
    private let scratches: [any Scratch]

    init(_ way: TransferWay, _ fill: (any Database) async throws -> Void) async throws {
        let (from, to) = (try await way.from.make(), try await way.to.make())
        source = try await from.open()
        var options = SQLiteDatabase.Options()
        options.checksReferences = false
        target = if let file = to as? SQLiteScratch { try await file.open(options) } else { try await to.open() }
        scratches = [from, to]
        try await source.migrate(to: .everything)
        try await fill(source)
    }

    func transfer() -> Transfer {
        var transfer = Transfer(from: source, to: target, holding: .everything)
        transfer.pageRows = 8
        return transfer
    }

    func run(_ body: (Move) async throws -> Void) async throws {
        try await body(self)
        await source.close()
        await target.close()
        withExtendedLifetime(scratches) {}
    }
}

extension Transfer {
    /// Is cancelled when that stage begins.
    fileprivate func run(interruptedAt stage: TransferProgress.Stage) async throws {
        _ = try await Task {
            try await run { progress in
                if case .beginning(stage, _, _) = progress { withUnsafeCurrentTask { $0?.cancel() } }
            }
        }.value
    }
}

extension Schema {
    /// Two tables that refer to each other, with columns of every type.
    fileprivate static let everything = Schema(tables: [
        Table(
            name: "Thing",
            columns: [
                Column("Id", .id, isNullable: false), Column("Code", .text, isNullable: false), Column("Text", .text),
                Column("Count", .integer), Column("Ratio", .real), Column("Amount", .decimal(precision: 18, scale: 2)),
                Column("IsOpen", .boolean, isNullable: false), Column("Day", .date), Column("At", .datetime),
                Column("Time", .time), Column("Tags", .list), Column("Facts", .json), Column("Raw", .bytes),
                Column("ParentId", .id), Column("OtherId", .id),
            ],
            primaryKey: "Id",
            indexes: [
                Index(name: "Thing_Code", columns: ["Code"], isUnique: true),
                Index(name: "Thing_ParentId", columns: ["ParentId"]),
            ],
            foreignKeys: [ForeignKey(column: "ParentId", table: "Thing"), ForeignKey(column: "OtherId", table: "Other")],
            searchColumns: ["Text"]),
        Table(
            name: "Other",
            columns: [
                Column("Id", .id, isNullable: false), Column("Amount", .decimal(precision: 9, scale: 0)), Column("ThingId", .id),
            ],
            primaryKey: "Id", indexes: [Index(name: "Other_ThingId", columns: ["ThingId"])],
            foreignKeys: [ForeignKey(column: "ThingId", table: "Thing")]),
    ])
}

extension Database {
    /// Rows with values that are easily spoilt. They refer to rows before and after them.
    fileprivate func fill(rows count: Int, text: String? = nil) async throws {
        let things = (0..<count).map { Spoilt(number: $0, of: count, text: text).row }
        let others = (0..<count).map { number -> [Bind] in
            [.id(id(number)), .decimal(Number(number * 1_000), scale: 0), .id(id((number + 1) % count))]
        }
        _ = try await transaction(deadline: .ample) { connection in
            let tables = Schema.everything.tables
            try await connection.load(things, into: "Thing", columns: tables[0].columns.map(\.name))
            try await connection.load(others, into: "Other", columns: tables[1].columns.map(\.name))
        }
    }

    /// All cells of a table as values, row by row.
    fileprivate func values(of table: Table) async throws -> [[Value]] {
        let columns = table.columns.map { "\(name: $0.name)" as Fragment }.joined(separator: ", ")
        let all: Fragment = "SELECT \(columns) FROM \(name: table.name) ORDER BY \(name: "Id")"
        return try await read(all.statement(dialect), lane: .long, deadline: .ample) { rows in
            var values: [[Value]] = []
            while try rows.next() {
                values.append(
                    table.columns.enumerated().map { index, column in
                        column.type == .bytes
                            ? .list(rows.cell(index).octets) : column.type.value(rows.cell(index)).ordered
                    })
            }
            return values
        }
    }
}

extension Value {
    /// PostgreSQL keeps the members of a document in an order of its own.
    fileprivate var ordered: Value { if case .json(let json) = self { .json(json.ordered) } else { self } }
}

extension JSON {
    fileprivate var ordered: JSON {
        switch self {
        case .array(let items): return .array(items.map(\.ordered))
        case .object(let members):
            var sorted = Members()
            for (name, value) in members.sorted(by: { $0.name < $1.name }) { sorted.append(name, value.ordered) }
            return .object(sorted)
        default: return self
        }
    }
}

/// The values of one row.
private struct Spoilt {
    let number: Int
    let count: Int
    let text: String?

    init(number: Int, of count: Int, text: String?) { (self.number, self.count, self.text) = (number, count, text) }

    private static let texts = [
        "plain", "tab\tline\nreturn\r", "back\\slash \\N \\.", "quote \" ' {a,b}", "", "Ünïcödé 👩‍👩‍👧 \u{7F}\u{1}", "NULL",
    ]
    private static let reals: [Double] = [0.1, -0.0, 1e300, -2.5e-9, 3]
    private static let integers: [Int64] = [0, -1, .max, .min, 42]
    private static let units: [Int64] = [0, -1, 123_456_789_012_345_678, -100]
    private static let days = [Day("2024-02-29"), Day("0001-01-01"), Day("9999-12-31"), nil]
    private static let moments: [Int64] = [0, -1, 1_774_000_000_123_456, -62_000_000_000_000_000]
    private static let times = [TimeOfDay("00:00:00"), TimeOfDay("23:59:59.999"), TimeOfDay("12:30:00.5"), nil]
    private static let lists: [[String]] = [[], ["a"], texts, ["NULL", "null", "a,b"]]
    private static let documents = [
        #"{"b": 1.50, "a": [null, true, {"z": "x\\ny", "y": -0.0}], "aa": 1e3}"#, "[]", #""text""#, "12345678901234567890",
    ]
    private static let raw: [[UInt8]] = [[], [0, 255, 92, 10], Array("hello".utf8)]

    var row: [Bind] {
        var row: [Bind] = [.id(id(number)), .text("c\(number)"), number % 8 == 7 ? .null : .text(text ?? pick(Self.texts))]
        row += [.integer(pick(Self.integers)), .real(pick(Self.reals))]
        row += [.decimal(Number(scaled: pick(Self.units), scale: 2), scale: 2), .bool(number % 2 == 0)]
        row += [pick(Self.days).map(Bind.date) ?? .null, .datetime(Instant(microseconds: pick(Self.moments)))]
        row += [pick(Self.times).map(Bind.time) ?? .null, .list(pick(Self.lists))]
        row += [.json(pick(Self.documents)), .bytes(pick(Self.raw))]
        row += [.id(id((number + 7) % count)), .id(id((number + 3) % count))]
        return row
    }

    private func pick<Item>(_ items: [Item]) -> Item { items[number % items.count] }
}

extension Cell {
    /// The bytes of a cell, however its database writes them.
    fileprivate var octets: [String] {
        switch self {
        case .bytes(let bytes): bytes.map { String($0, radix: 16) }
        case .text(let text):
            stride(from: 2, to: text.count, by: 2).map { place in
                String(UInt8(String(decoding: text[place..<place + 2], as: UTF8.self), radix: 16) ?? 0, radix: 16)
            }
        default: []
        }
    }
}
