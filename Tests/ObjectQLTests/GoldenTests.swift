import Foundation
import ObjectQL
import SQL
import Testing
import Values

/// Queries in `Goldens/*.json` and `Goldens/*.soql`, and the SQL they become, beside them. `REWRITE_GOLDENS=1` writes the SQL anew,
/// and fails.
@Suite struct `Queries become one SQL statement` {
    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Goldens")
    static let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
        .filter { $0.hasSuffix(".json") || $0.hasSuffix(".soql") }.sorted()

    @Test func `there are goldens`() { #expect(Self.names.count >= 40) }

    @Test(arguments: names) func `the SQL is the golden one`(_ file: String) throws {
        let name = String(file.dropLast(5))
        let query = try file.hasSuffix(".soql") ? Query(soql: try text(file)) : Query(json: try JSON(parsing: try text(file)))
        let resolved = try query.resolve(in: Business.scope)
        let sql = try Dialect.allCases.map { dialect in
            let compiled = try resolved.compile(dialect)
            let statements = [compiled.statement] + (compiled.count.map { [$0] } ?? [])
            return "-- \(dialect)\n" + statements.map { "\($0.sql)\n-- \($0.binds)\n" }.joined()
        }.joined(separator: "\n")
        guard ProcessInfo.processInfo.environment["REWRITE_GOLDENS"] != nil else {
            #expect(sql == (try text("\(name).sql")))
            return
        }
        try sql.write(to: Self.folder.appendingPathComponent("\(name).sql"), atomically: true, encoding: .utf8)
        Issue.record("The golden \(name) was written anew")
    }

    private func text(_ file: String) throws -> String {
        try String(contentsOf: Self.folder.appendingPathComponent(file), encoding: .utf8)
    }
}
