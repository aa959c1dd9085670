package import Engine
package import Metadata
import Values

/// Whether companies or consumers are the customers.
package enum Scenario: String, Sendable, CaseIterable {
    case b2b = "B2B"
    case b2c = "B2C"
}

/// What business is like in an industry; medians and shares, from `metadata/industry_crm_benchmarks.csv`.
package struct Industry: Sendable, Hashable {
    /// How well founded a row is: from published figures, partly, or by judgement.
    package enum Confidence: String, Sendable, CaseIterable { case a, b, c }

    package let name: String
    package let scenario: Scenario
    /// The share of leads that become opportunities.
    package var leadToOpportunity: Double
    /// The share of opportunities that are won.
    package var winRate: Double
    /// From the first day of a deal to the last.
    package var cycleDays: Double
    package var cycleSigma: Double
    /// In US dollars.
    package var dealAmount: Double
    package var dealSigma: Double
    /// How heavy the tail of very large deals is; smaller is heavier.
    package var paretoAlpha: Double
    package var contactsPerCompany: Double
    package var activitiesPerDeal: Double
    /// The share of customers that leave in a year.
    package var annualChurn: Double
    package var weekendShare: Double
    package var offHoursShare: Double
    /// How much denser deals close at the end of a quarter.
    package var quarterEndBoost: Double
    package let confidence: Confidence
}

/// All industries that a simulation can be made for.
package struct Industries: Sendable {
    package let all: [Industry]

    package init(all: [Industry]) { self.all = all }

    package static let fileName = "industry_crm_benchmarks.csv"

    /// The industry in that scenario; the problem names those that are there.
    package func industry(_ name: String, _ scenario: Scenario) throws(Problem) -> Industry {
        let named = all.filter { $0.name.lowercased() == name.lowercased() }
        if let industry = named.first(where: { $0.scenario == scenario }) { return industry }
        if let other = named.first {
            throw .setting(
                "scenario", "\(other.name) is there for \(other.scenario.rawValue) alone",
                hint: "Choose \(other.scenario.rawValue), or add a row to \(Self.fileName)")
        }
        let names = all.filter { $0.scenario == scenario }.map(\.name)
        throw .setting(
            "industry", "There is no industry \"\(name)\"",
            hint: suggestion(for: name, among: names).map { "Did you mean \($0)?" }
                ?? "The industries for \(scenario.rawValue) are \(names.joined(separator: ", "))")
    }

    /// Reads the table; every mistake is told with its place.
    package static func load(_ text: String, file: String = fileName) -> (industries: Industries?, diagnostics: [Diagnostic]) {
        var reader = IndustryReader(file: file)
        let industries = reader.read(text)
        return (reader.diagnostics.isEmpty ? Industries(all: industries) : nil, reader.diagnostics)
    }
}
