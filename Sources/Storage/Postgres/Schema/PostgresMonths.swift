import SQL
import Values

// A table that is split by month has a part for each month from the one in which it was made, and one for all that lies before.
// Parts are made ahead. There is none for the rest: a row of a month without a part is refused, the part is made, and the
// transaction runs again.

/// A month of UTC.
struct Month: Hashable, Comparable {
    /// Its first day.
    private let start: Day

    init(of instant: Instant) {
        let day = instant.day
        start = day - (day.day - 1)
    }

    /// The month in which an id was made that sorts by time.
    init?(id: String) {
        let digits = String(id.prefix(13)).replacing("-", with: "")
        guard digits.utf8.count == 12, let milliseconds = Int64(digits, radix: 16) else { return nil }
        self.init(of: min(Instant(microseconds: milliseconds * 1000), .latest))
    }

    static var present: Month { Month(of: .wallClock) }
    static func < (a: Month, b: Month) -> Bool { a.start < b.start }

    func adding(_ months: Int) -> Month { Month(of: Instant(start.adding(months: months))) }

    /// `2026_11`.
    var name: String { String("\(start)".prefix(7)).replacing("-", with: "_") }

    /// The least of all ids that are made in it.
    var firstID: String {
        let digits = String(Instant(start).microseconds / 1000, radix: 16)
        let padded = String(repeating: "0", count: 12 - digits.count) + digits
        return "\(padded.prefix(8))-\(padded.suffix(4))-0000-0000-000000000000"
    }
}

extension Month {
    /// The present month and those after it for which there is always a part.
    static var ahead: [Month] { (0...2).map { present.adding($0) } }

    /// Makes the month's part of a table, unless it is there or another part holds the month. Nobody has to wait for it: the new
    /// table is filled by nobody before it is attached.
    func creation(in table: String) -> String {
        let part = quoted(table + "_" + name)
        return """
            DO $martlet$ BEGIN
            PERFORM pg_advisory_xact_lock(1296126582, hashtext(current_schema()));
            IF to_regclass(\(textLiteral(part))) IS NULL THEN
                CREATE TABLE \(part) (LIKE \(quoted(table)) INCLUDING DEFAULTS);
                ALTER TABLE \(quoted(table)) ATTACH PARTITION \(part)
                    FOR VALUES FROM (\(textLiteral(firstID))) TO (\(textLiteral(adding(1).firstID)));
            END IF;
            EXCEPTION WHEN invalid_object_definition THEN NULL;
            END $martlet$
            """
    }

    /// Makes a table, which may be there, the part for all that lies before the month.
    func attachment(of earlier: String, to table: String) -> String {
        "ALTER TABLE \(quoted(table)) ATTACH PARTITION \(quoted(earlier)) FOR VALUES FROM (MINVALUE) TO (\(textLiteral(firstID)))"
    }
}

extension Table {
    /// The name of the part for all that lies before the first month.
    private static func earlier(_ name: String) -> String { name + "_earlier" }

    /// What makes a new table one of months.
    var postgresParts: [String] {
        guard isSplitByMonth else { return [] }
        let earlier = Table.earlier(name)
        let first = "CREATE TABLE \(quoted(earlier)) (LIKE \(quoted(name)) INCLUDING DEFAULTS)"
        return [first, Month.present.attachment(of: earlier, to: name)] + Month.ahead.map { $0.creation(in: name) }
    }

    /// What makes a table that is there one of months: as it is, it becomes the part of all that lies before the month.
    func postgresSplit(before month: Month) -> [String] {
        let earlier = Table.earlier(name)
        let indexes = indexes.map(\.name) + [name + "_pkey"]
        let renames = indexes.map { index in
            "ALTER INDEX IF EXISTS \(quoted(index)) RENAME TO \(quoted(PostgresName.short(index + "_earlier")))"
        }
        let parent = postgresCreation + self.indexes.flatMap { $0.postgresCreation(on: name) }
        return ["ALTER TABLE \(quoted(name)) RENAME TO \(quoted(earlier))"] + renames + parent
            + [month.attachment(of: earlier, to: name)]
    }
}

extension PostgresSession {
    /// The month after the latest that a table has rows of.
    func monthAfterAll(in table: Table) throws -> Month {
        let key = quoted(table.primaryKey)
        let last = try texts("SELECT \(key)::text FROM \(quoted(table.name)) ORDER BY \(key) DESC LIMIT 1").first
        return max(last.flatMap(Month.init) ?? .present, .present).adding(1)
    }

    /// Makes parts of all tables that are split by month.
    func makeMonths(_ months: [Month]) throws {
        let split = """
            SELECT relname FROM pg_class WHERE relkind = 'p' AND relnamespace = current_schema()::regnamespace
            AND obj_description(oid, 'pg_class') = \(textLiteral(Table.comment))
            """
        for table in try texts(split) { for month in months { try command(month.creation(in: table)) } }
    }
}

extension PostgresDatabase {
    package func makeRoomAhead() async throws {
        try await reading.submit(deadline: .after(.seconds(60))) { worker in
            try await worker.hold { session in try session.makeMonths(Month.ahead) }
        }
    }
}
