import Metadata
import ObjectQL
import SQL

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

    static func main() throws {
        let (registry, diagnostics) = Registry.load(directory: "metadata", triggers: "triggers")
        guard let registry else { return print(diagnostics.map(\.description).joined(separator: "\n")) }
        let scope = QueryScope(registry: registry)
        let query = try Query(soql: text)
        let plans = [query: 1]
        let parsed = try measure { _ = try Query(soql: text) }
        let both = try measure { _ = try Query(soql: text).resolve(in: scope).compile(.sqlite) }
        let found = measure { _ = plans[query] }
        report("Parse a query of 20 fields and two joins", parsed)
        report("Parse and compile it", both, bound: .microseconds(50))
        report("Find its plan again", found, bound: .microseconds(10))
    }

    /// The median of many rounds.
    private static func measure(_ body: () throws -> Void) rethrows -> Duration {
        let clock = ContinuousClock()
        var rounds: [Duration] = []
        for _ in 0..<41 {
            rounds.append(try clock.measure { for _ in 0..<200 { try body() } } / 200)
        }
        return rounds.sorted()[20]
    }

    private static func report(_ name: String, _ duration: Duration, bound: Duration? = nil) {
        let verdict = bound.map { duration <= $0 ? "holds " : "MISSED" } ?? "      "
        let wanted = bound.map { ", at most \(microseconds($0)) us wanted" } ?? ""
        print("\(verdict)  \(name): \(microseconds(duration)) us\(wanted)")
    }

    private static func microseconds(_ duration: Duration) -> Double {
        Double(duration.components.attoseconds / 10_000_000_000) / 100 + Double(duration.components.seconds) * 1_000_000
    }
}
