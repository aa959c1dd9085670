import Engine
import Foundation
import Simulation
import Testing
import Values

@Suite struct `A distribution method` {
    static let names = Distribution.methods.map(\.name)

    /// Places of the window and shares of the count that the methods' formulas give.
    private static let facts: [(method: String, part: ClosedRange<Double>, share: Double)] = [
        ("Linear", 0...0.25, 0.25), ("Bell Curve", 1.0 / 3...2.0 / 3, 0.6845), ("Front-loaded", 0...0.5, 0.75),
        ("Back-loaded", 0...0.5, 0.25), ("Exponential", 0...0.5, 0.183), ("Surge", 1.0 / 3...2.0 / 3, 0.556),
        ("S-Curve", 0...0.5, 0.5), ("Trickle", 0.5...1, 0.5),
    ]

    @Test(arguments: facts.indices) func `puts the share of the records where its formula says`(index: Int) throws {
        let fact = Self.facts[index]
        #expect(try objections(Distribution(Method.named(fact.method)), fact.part, fact.share).isEmpty)
    }

    @Test(arguments: names) func `has a rising curve from 0 to 1, and its inverse`(name: String) throws {
        let curve = Distribution(try Method.named(name)).curve(over: year2026)
        #expect(abs(curve.cumulative(0)) < 1e-12)
        #expect(abs(curve.cumulative(1) - 1) < 1e-12)
        var last = -1.0
        for step in 0...1000 {
            let u = Double(step) / 1000
            let x = curve.quantile(u)
            #expect(x >= last && x >= 0 && x <= 1)
            #expect(abs(curve.cumulative(x) - u) < 1e-12, "at \(u)")
            last = x
        }
    }

    @Test(arguments: names) func `gives exactly N sorted moments inside the window`(name: String) throws {
        for count in [0, 1, 2, 777] {
            let plan = Plan(Distribution(try Method.named(name)), over: year2026, count: count)
            var checks = Checks(year2026)
            checks.arrivals(plan.dues(0..<count), count: count)
            #expect(checks.objections.isEmpty, "\(checks.objections)")
        }
    }

    @Test(arguments: names) func `follows its law to one record`(name: String) throws {
        let distribution = Distribution(try Method.named(name))
        let dues = Plan(distribution, over: year2026, count: 5000).dues(0..<5000)
        var checks = Checks(year2026)
        checks.distance(dues, to: distribution.curve(over: year2026).cumulative, atMost: 1.0 / 5000 + 1e-9)
        #expect(checks.objections.isEmpty, "\(checks.objections)")
    }

    @Test(arguments: names) func `may also come by chance, with real bursts`(name: String) throws {
        let distribution = Distribution(try Method.named(name), .init(points: .poisson))
        let dues = Plan(distribution, over: year2026, count: 5000).dues(0..<5000)
        var checks = Checks(year2026)
        checks.arrivals(dues, count: 5000)
        // The 99.9 % bound of the Kolmogorov-Smirnov law.
        checks.distance(dues, to: distribution.curve(over: year2026).cumulative, atMost: 1.95 / 5000.0.squareRoot())
        #expect(checks.objections.isEmpty, "\(checks.objections)")
    }

    /// Faulty formulas that were once in use, each beside the method it was meant to be.
    private static let mutants: [(String, @Sendable (Double) -> Double)] = [
        ("Bell Curve", { (1 - cos(.pi * $0)) / 2 }),  // an arcsine law: most records at the ends
        ("Front-loaded", { $0.squareRoot() }),  // the two are swapped
        ("Back-loaded", { 1 - (1 - $0).squareRoot() }),
        ("Surge", { 0.9 * ($0 < 0.5 ? ($0 / 2).squareRoot() : 1 - ((1 - $0) / 2).squareRoot()) }),  // its last tenth is empty
        ("Trickle", { $0 * 1.05 }),  // past the end
        ("Exponential", { log1p($0 * 19) / log(19) }),
        ("S-Curve", { 0.5 + ($0 - 0.5) / 2 }),
    ]

    @Test(arguments: mutants.indices) func `is told from a faulty formula`(index: Int) throws {
        let (name, faulty) = Self.mutants[index]
        let method = try Method.named(name)
        let dues = (0..<10_000).map { place in
            year2026.start + Int64(faulty((Double(place) + 0.5) / 10_000) * Double(year2026.microseconds))
        }
        var checks = Checks(year2026)
        checks.arrivals(dues, count: 10_000)
        checks.distance(dues, to: Distribution(method).curve(over: year2026).cumulative, atMost: 0.001)
        #expect(!checks.objections.isEmpty)
        if let fact = Self.facts.first(where: { $0.method == name }), name != "Trickle", name != "S-Curve" {
            var shares = Checks(year2026)
            shares.share(dues, in: fact.part, is: fact.share)
            #expect(!shares.objections.isEmpty, "the share of \(fact.part) does not tell it")
        }
    }

    private func objections(_ distribution: Distribution, _ part: ClosedRange<Double>, _ share: Double) throws -> [String] {
        var checks = Checks(year2026)
        checks.share(Plan(distribution, over: year2026, count: 10_000).dues(0..<10_000), in: part, is: share)
        return checks.objections
    }
}

@Suite struct `A distribution as it is written` {
    @Test(arguments: [
        ("\"bell curve\"", "\"Bell Curve\""), ("\"SCurve\"", "\"S-Curve\""),
        (#"{"method": "Surge", "peak": 0.25}"#, #"{"method":"Surge","peak":0.25}"#),
        (#"{"method": "Linear", "points": "poisson"}"#, #"{"method":"Linear","points":"poisson"}"#),
        (#"{"method": "Custom", "points": [[0, 1], [1, 0]]}"#, #"{"method":"Custom","points":[0,1,1,0]}"#),
    ])
    func `is read and written back`(text: String, canonical: String) throws {
        #expect(try Distribution(json: JSON(parsing: text)).json.description == canonical)
    }

    @Test(arguments: [
        ("\"Bel Curve\"", "There is no distribution method \"Bel Curve\"", "Did you mean Bell Curve?"),
        (#"{"method": "Surge", "peek": 1}"#, "Surge has no parameter peek", "Did you mean peak?"),
        (#"{"method": "Surge", "peak": 2}"#, "peak is a number from 0 to 1", nil),
        (#"{"method": "Seasonal", "months": [1, 2]}"#, "months are 12 numbers, not 2", nil),
        (
            #"{"method": "Custom", "points": [[0.5, 1], [0.2, 1]]}"#,
            "points: Pairs of a place in the window (0 to 1, rising) and a density (0 or more)",
            "Example: [[0, 1], [0.5, 3], [1, 0]]"
        ),
        (#"{"peak": 1}"#, "A distribution names its method", "Send {\"method\": \"Bell Curve\", ...}"),
        ("3", "A distribution is a name or an object, not a number", "Send \"Bell Curve\" or {\"method\": \"Bell Curve\", ...}"),
    ])
    func `is refused with what to do`(text: String, message: String, hint: String?) throws {
        let json = try JSON(parsing: text)
        let problem = #expect(throws: Problem.self) { try Distribution(json: json) }
        #expect(problem?.detail == message)
        #expect(problem?.hint == hint)
    }
}
