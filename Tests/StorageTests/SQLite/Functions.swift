import SQL
import Storage
import Testing
import Values

@Suite struct SQLiteFunctions {
    private struct Odd: Error, CustomStringConvertible { let description = "odd" }

    private static let functions = [
        SQLFunction(name: "kinds", arguments: -1) { cells in
            .text(
                cells.map { cell in
                    switch cell {
                    case .null: "null"
                    case .integer(let value): "integer \(value)"
                    case .real(let value): "real \(value)"
                    case .text(let bytes): "text \(bytes.count)"
                    case .bytes(let bytes): "bytes \(bytes.count)"
                    }
                }.joined(separator: ", "))
        },
        SQLFunction(name: "half", arguments: 1) { cells in
            guard let value = cells[0].integer else { return .null }
            if !value.isMultiple(of: 2) { throw Odd() }
            return .integer(value / 2)
        },
        SQLFunction(name: "tomorrow", arguments: 1) { cells in
            cells[0].string.flatMap { Day($0) }.map { .date($0 + 1) } ?? .null
        },
        SQLFunction(name: "late", arguments: 0) { _ in .late(.now) },
        SQLFunction(name: "chain", arguments: 1) { Chain() },
    ]

    /// The texts of a group in a row; none may be "odd".
    private final class Chain: Gathering {
        private var links: [String] = []

        func add(_ cells: [Cell]) throws {
            guard let text = cells[0].string, text != "odd" else { throw Odd() }
            links.append(text)
        }

        func result() throws -> Bind {
            if links.contains("last") { throw Odd() }
            return .text(links.joined(separator: "-"))
        }
    }

    private func texts(_ sql: String, _ lane: Lane = .short) async throws -> [String] {
        let scratch = try SQLiteScratch()
        var options = SQLiteDatabase.Options()
        options.functions = Self.functions
        let database = try await scratch.open(options)
        let texts = try await database.texts(Fragment(sql: sql), lane: lane)
        let written = try await database.transaction(deadline: .ample) { try await $0.texts(Fragment(sql: sql)) }
        #expect(written == texts)
        await database.close()
        return texts
    }

    @Test(arguments: Lane.allCases)
    func `functions see every kind of argument, on every connection`(_ lane: Lane) async throws {
        #expect(
            try await texts("SELECT kinds(NULL, 1, 1.5, 'Grüße', x'0102', '')", lane) == [
                "null, integer 1, real 1.5, text 7, bytes 2, text 0"
            ])
        #expect(try await texts("SELECT kinds()", lane) == [""])
    }

    @Test func `results come in SQLite's form`() async throws {
        #expect(try await texts("SELECT half(8)") == ["4"])
        #expect(try await texts("SELECT half('x')") == ["null"])
        #expect(try await texts("SELECT tomorrow('2026-12-31')") == ["2027-01-01"])
    }

    @Test(arguments: [
        ("SELECT chain(x) FROM (SELECT 'a' AS x UNION ALL SELECT 'b')", ["a-b"]),
        ("SELECT chain(x) FROM (SELECT 'a' AS x) WHERE x = 'b'", [""]),
        (
            "SELECT chain(y) FROM (SELECT 1 AS x, 'a' AS y UNION ALL SELECT 2, 'b' UNION ALL SELECT 1, 'c') GROUP BY x ORDER BY x",
            ["a-c", "b"]
        ),
        ("SELECT chain(x) || (SELECT chain(x) FROM (SELECT 'c' AS x)) FROM (SELECT 'a' AS x)", ["ac"]),
    ])
    func `functions of groups gather every group by itself`(_ sql: String, _ expected: [String]) async throws {
        #expect(try await texts(sql) == expected)
    }

    @Test(arguments: ["odd", "last"]) func `what a function of a group throws is the error of the statement`(text: String)
        async throws
    {
        let sql = "SELECT chain(x) FROM (SELECT 'a' AS x UNION ALL SELECT '\(text)' UNION ALL SELECT 'b')"
        await #expect(throws: StorageError.statement(message: "odd", sql: sql)) { try await texts(sql) }
    }

    @Test(arguments: [("SELECT half(7)", "odd"), ("SELECT late()", "now was not replaced by a value before the statement ran")])
    func `what a function throws is the error of the statement`(_ sql: String, _ message: String) async throws {
        await #expect(throws: StorageError.statement(message: message, sql: sql)) { try await texts(sql) }
    }
}
