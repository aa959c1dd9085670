package import Values

/// How the records of a simulation are spread over its window: a method with its parameters.
package struct Distribution: Sendable {
    package let method: Method
    package let parameters: Parameters

    package init(_ method: Method = .linear, _ parameters: Parameters = Parameters()) {
        (self.method, self.parameters) = (method, parameters)
    }

    /// The method's curve over a window.
    package func curve(over window: Window) -> any Curve { method.curve(Settings(method, parameters), window) }

    /// Every method, in the order of their page.
    package static let methods: [Method] = [
        .linear, .bellCurve, .frontLoaded, .backLoaded, .surge, .exponential, .sCurve, .dailySpike, .businessHours,
        .weekendSurge, .seasonal, .custom, .randomBursts, .trickle,
    ]
}

/// A law on [0, 1], which stands for the window.
package protocol Curve: Sendable {
    /// The share of the records up to `x`.
    func cumulative(_ x: Double) -> Double
    /// The place up to which the share `u` of the records lies: the inverse of `cumulative`.
    func quantile(_ u: Double) -> Double
}

/// One way of spreading records.
package struct Method: Sendable {
    package struct Parameter: Sendable {
        package let name: String
        package let standard: Double
        package let range: ClosedRange<Double>
        package let meaning: String

        init(_ name: String, _ standard: Double, _ range: ClosedRange<Double>, _ meaning: String) {
            (self.name, self.standard, self.range, self.meaning) = (name, standard, range, meaning)
        }
    }

    /// A parameter of several numbers.
    package struct List: Sendable {
        package let name: String
        package let standard: [Double]
        package let meaning: String
    }

    package let name: String
    package let summary: String
    package let parameters: [Parameter]
    package let list: List?
    /// How far a point of a stratum may stray from its middle, in strata.
    let jitter: Double
    let curve: @Sendable (Distribution.Settings, Window) -> any Curve

    init(
        _ name: String, _ summary: String, _ parameters: [Parameter] = [], list: List? = nil, jitter: Double = 1,
        curve: @escaping @Sendable (Distribution.Settings, Window) -> any Curve
    ) {
        (self.name, self.summary, self.parameters, self.list) = (name, summary, parameters, list)
        (self.jitter, self.curve) = (jitter, curve)
    }
}

/// From when to when a simulation's records are created, and what its arrival curve may depend on besides.
package struct Window: Sendable, Hashable {
    package let start: Instant
    package let end: Instant
    package var zone = Zone.utc
    package var seed: UInt64 = 0
    /// Of all records, the share that falls on weekends, and outside of working hours (weekends among it).
    package var weekendShare = 0.12
    package var offHoursShare = 0.35

    package init(_ start: Instant, _ end: Instant, zone: Zone = .utc, seed: UInt64 = 0) {
        (self.start, self.end, self.zone, self.seed) = (start, max(end, start + 1), zone, seed)
    }

    package var microseconds: Int64 { end - start }

    /// The moment at that share of the window; never its end.
    package func instant(_ x: Double) -> Instant {
        start + min(max(Int64(x * Double(microseconds)), 0), microseconds - 1)
    }

    func share(_ instant: Instant) -> Double { Double(instant - start) / Double(microseconds) }
}

extension Distribution {
    /// The numbers a user gave, by the parameter's name.
    package struct Parameters: Sendable, Hashable {
        package var numbers: [String: Double]
        package var lists: [String: [Double]]
        package var points: Points.Kind

        package init(numbers: [String: Double] = [:], lists: [String: [Double]] = [:], points: Points.Kind = .stratified) {
            (self.numbers, self.lists, self.points) = (numbers, lists, points)
        }
    }

    /// Those numbers, and the standard ones for what was not given.
    package struct Settings: Sendable {
        private let method: Method
        private let parameters: Parameters

        init(_ method: Method, _ parameters: Parameters) { (self.method, self.parameters) = (method, parameters) }

        subscript(name: String) -> Double {
            parameters.numbers[name] ?? method.parameters.first { $0.name == name }?.standard ?? 0
        }

        /// Given by the user, or nil where the standard is to come from elsewhere.
        func given(_ name: String) -> Double? { parameters.numbers[name] }

        var list: [Double] { method.list.map { parameters.lists[$0.name] ?? $0.standard } ?? [] }
    }
}
