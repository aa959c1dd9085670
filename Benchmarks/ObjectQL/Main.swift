import Engine
import Foundation
import Measuring
import Metadata
import ObjectQL
import SQL
import Storage
import Values

/// Measures how long a query's text takes to become SQL, and to be found again where it was asked before.
@main
struct Main {
    /// 20 fields and two joins.
    private static let text = """
        SELECT Id, Name, Stage, Amount, CloseDate, Probability, ForecastCategory, LossReason, NextStep, IsWon, IsClosed, \
        CreatedDate, LastModifiedDate, Version, OwnerId, AccountId, Account.Name, Account.Industry, Owner.Name, Owner.Email \
        FROM Opportunity WHERE Amount > 1000 AND CloseDate = THIS_QUARTER AND Account.Industry IN ('Technology', 'Energy') \
        ORDER BY Amount DESC NULLS LAST, Name LIMIT 50
        """

    /// The same, with values that are given each time.
    private static let shape = text.replacing("> 1000", with: "> :least").replacing("('Technology', 'Energy')", with: ":kinds")

    static func main() async throws {
        let (registry, diagnostics) = Registry.load(directory: "metadata", triggers: "triggers")
        guard let registry else { return print(diagnostics.map(\.description).joined(separator: "\n")) }
        let scope = QueryScope(registry: registry)
        let path = NSTemporaryDirectory() + "martlet-objectql-\(ProcessInfo.processInfo.processIdentifier).sqlite"
        defer { for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) } }
        var options = SQLiteDatabase.Options()
        options.functions = Engine.sqlFunctions
        let database = try await SQLiteDatabase.open(path: path, options: options)
        let engine = try await Engine.open(registry, on: database)

        var report = Report()
        report.line(
            "parse a query of 20 fields and two joins", try microseconds { _ in _ = try Query(soql: text) }, .atMost(20), unit)
        let compiled = try microseconds { _ in _ = try Query(soql: text).resolve(in: scope).compile(.sqlite) }
        report.line("parse and compile it", compiled, .atMost(50), unit)
        let session = Session.administrator()
        report.line(
            "prepare it again, as the server does", try microseconds { _ in _ = try engine.question(text, as: session) },
            .atMost(10), unit)
        let kinds: JSON = ["Technology", "Energy"]
        let bound = try microseconds { round in
            _ = try engine.question(shape, binds: ["least": .number(Number(round)), "kinds": kinds], as: session)
        }
        report.line("prepare it again with other values", bound, .atMost(10), unit)
        report.finish()
        await database.close()
    }

    private static let unit = "microseconds, the median of 41 rounds of 200"

    /// What one call takes, in the median of many rounds.
    private static func microseconds(_ body: (Int) throws -> Void) rethrows -> Double {
        try median(
            (0..<41).map { round in
                try seconds { for call in 0..<200 { try body(round * 200 + call) } } / 200 * 1e6
            })
    }
}
