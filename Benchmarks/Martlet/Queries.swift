import Engine
import Foundation
import Measuring
import ObjectQL
import Values

/// A page of 50 accounts with the newest opportunities of each, against the accounts alone.
func children(_ bench: Bench, _ report: inout Report) async throws {
    let fields =
        "Id, Name, AccountNumber, Type, Industry, AnnualRevenue, NumberOfEmployees, Rating, Phone, CustomerStatus, Owner.Name"
    let rest = "FROM Account WHERE Industry = 'Technology' ORDER BY Name LIMIT 50"
    let list = "(SELECT Name, Stage, Amount, CloseDate FROM Opportunities ORDER BY CloseDate DESC LIMIT 5)"
    let (alone, both) = ("SELECT \(fields) \(rest)", "SELECT \(fields), \(list) \(rest)")
    try await bench.compare("50 parents with children, of the parents alone", both, alone, rounds: 31, .atMost(3), &report)
}

/// The thousandth page of a list, continued by its cursor, against the first.
func keyset(_ bench: Bench, _ report: inout Report) async throws {
    let fields = "Id, Name, Stage, Amount, CloseDate, Account.Name"
    for order in ["Id", "CloseDate DESC", "CreatedDate, Name"] {
        let first = "SELECT \(fields) FROM Opportunity ORDER BY \(order) LIMIT 50"
        guard let cursor = try await bench.cursor(after: 999 * 50, order) else { fatal("There are no 1,000 pages") }
        let thousandth = first + " CURSOR '\(cursor)'"
        try await bench.compare(
            "page 1,000 of a list by \(order), of page 1", thousandth, first, rounds: 9, .atMost(1.5), &report)
    }
}

extension Bench {
    /// How much longer one text takes than another, in the median of alternating rounds.
    fileprivate func compare(
        _ name: String, _ text: String, _ base: String, rounds: Int, _ bound: Report.Bound, _ report: inout Report
    ) async throws {
        var (times, bases): ([Double], [Double]) = ([], [])
        for _ in 0..<rounds {
            times.append(try await time(text))
            bases.append(try await time(base))
        }
        let ratios = zip(times, bases).map { $0 / $1 }
        report.line(
            name, median(ratios), bound, "\(rounded(median(times) * 1e6)) us against \(rounded(median(bases) * 1e6)) us")
    }

    private func time(_ text: String) async throws -> Double {
        let runs = 50
        return try await seconds {
            for _ in 0..<runs where try await engine.ask(text, as: session).count != 50 { fatal("A page is not full: \(text)") }
        } / Double(runs)
    }

    /// The place in a list after so many records.
    fileprivate func cursor(after count: Int, _ order: String) async throws -> String? {
        let answer = try await engine.ask("SELECT Id FROM Opportunity ORDER BY \(order) LIMIT \(count)", as: session)
        return answer.json["nextCursor"]?.string
    }
}
