import PostgresCluster
import SQL
import Storage
import Testing
import Values

/// Tables that are split by month.
@Suite struct Months {
    private static let log = Table(
        name: "log", columns: [Column("Id", .id, isNullable: false), Column("Text", .text)], primaryKey: "Id",
        indexes: [Index(name: "log_text", columns: ["Text"])], isSplitByMonth: true)

    private func withDatabase(
        _ table: Table = log, _ body: (PostgresScratch, PostgresDatabase) async throws -> Void
    ) async throws {
        let scratch = try await PostgresScratch()
        let database = try await scratch.open { _ in }
        try await database.migrate(to: Schema(tables: [table]))
        try await body(scratch, database)
        await database.close()
        withExtendedLifetime(scratch) {}
    }

    @Test func `each month has a part made ahead, and what lies before the first has one`() async throws {
        try await withDatabase { _, database async throws in
            let today = Instant.wallClock.day
            for months in [0, 1, 2] { try await database.log(at: Instant(today.adding(months: months))) }
            for months in [-1, -24, -500] { try await database.log(at: Instant(today.adding(months: months))) }
            let months = [0, 1, 2].map { part(today.adding(months: $0)) }
            #expect(try await database.parts() == (months + ["log_earlier", "log_earlier", "log_earlier"]).sorted())
            #expect(try await database.plan(Schema(tables: [Months.log])) == Migration())
        }
    }

    @Test func `a month that has no part yet gets one when it is written to, be it by how many at once`() async throws {
        try await withDatabase { _, database async throws in
            let days = (1...3).map { Instant.wallClock.day.adding(months: 12 * $0) }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for day in days + days { group.addTask { try await database.log(at: Instant(day)) } }
                try await group.waitForAll()
            }
            // Several in one transaction, and within a part of it that would else be undone alone.
            let later = (4...7).map { Instant.wallClock.day.adding(months: 12 * $0) }
            try await database.transaction(deadline: .ample) { connection in
                for day in later {
                    do { try await connection.nested { try await connection.run(.log(at: Instant(day))) } } catch {}
                }
            }
            try await database.transaction(deadline: .ample) { connection in
                try await connection.load([[.id(RecordID.make(at: .latest)), .null]], into: "log", columns: ["Id", "Text"])
            }
            #expect(try await database.parts() == (days + days + later + [Instant.latest.day]).map(part).sorted())
        }
    }

    @Test func `a table that is there is split, and keeps its rows`() async throws {
        var whole = Months.log
        whole.isSplitByMonth = false
        try await withDatabase(whole) { _, database async throws in
            let today = Instant.wallClock.day
            for months in [-30, 0, 3] { try await database.log(at: Instant(today.adding(months: months))) }
            let plan = try await database.plan(Schema(tables: [Months.log]))
            #expect(plan.steps.map(\.description) == ["Split the table log by month"])
            try await database.migrate(to: Schema(tables: [Months.log]))
            #expect(try await database.plan(Schema(tables: [Months.log])) == Migration())
            for months in [1, 4, 5] { try await database.log(at: Instant(today.adding(months: months))) }
            let new = [4, 5].map { part(today.adding(months: $0)) }
            #expect(try await database.parts() == (new + Array(repeating: "log_earlier", count: 4)).sorted())
            try await database.makeRoomAhead()
        }
    }

    @Test func `servers make the same months at the same time`() async throws {
        try await withDatabase { scratch, database async throws in
            let other = try await scratch.open { _ in }
            try await database.command("DROP TABLE log_\(month(Instant.wallClock.day.adding(months: 2)))")
            async let first: Void = database.makeRoomAhead()
            async let second: Void = other.makeRoomAhead()
            _ = try await (first, second)
            #expect(try await database.texts("SELECT count(*) FROM pg_inherits WHERE inhparent = 'log'::regclass") == ["4"])
            await other.close()
        }
    }

    private func part(_ day: Day) -> String { "log_" + month(day) }
    private func month(_ day: Day) -> String { String("\(day)".prefix(7)).replacing("-", with: "_") }
}

extension Fragment {
    fileprivate static func log(at instant: Instant) -> Fragment {
        "INSERT INTO log VALUES (\(.id(RecordID.make(at: instant))), \(.text("x")))"
    }
}

extension PostgresDatabase {
    fileprivate func log(at instant: Instant) async throws { try await run(.log(at: instant)) }

    /// The part of each row.
    fileprivate func parts() async throws -> [String] { try await texts("SELECT tableoid::regclass::text FROM log ORDER BY 1") }
}
