import Foundation
import Values

extension Method {
    package static let dailySpike = Method(
        "Daily Spike", "A wave that peaks at the same hour every day",
        [
            Parameter("amplitude", 0.9, 0...1, "How much higher the peak is than the middle, and the night lower"),
            Parameter("peakHour", 12, 0...24, "The hour of the peak, in the simulation's time zone"),
        ]
    ) { settings, window in
        let day = 86_400_000_000.0
        let cycles = Double(window.microseconds) / day
        let start = Double(window.zone.local(window.start).split.microseconds) / day
        let phase = 2 * Double.pi * (start - settings["peakHour"] / 24) + Double.pi / 2
        return Sinusoid(amplitude: settings["amplitude"], frequency: cycles, phase: phase)
    }

    package static let randomBursts = Method(
        "Random Bursts", "Heaps at moments that nobody could foresee but the seed",
        [
            Parameter("bursts", 6, 1...100, "How many heaps"),
            Parameter("width", 0.015, 0.0001...1, "The standard deviation of a heap, as a share of the window"),
        ]
    ) { settings, window in
        var stream = Stream(seed: window.seed, .init("bursts"))
        let parts = (0..<max(1, Int(settings["bursts"]))).map { _ in
            (TruncatedNormal(mean: stream.unit(), deviation: settings["width"]), 0.25 + stream.unit())
        }
        return Mixture(parts)
    }
}

/// The density 1 + A sin(2 pi f x + p), made to sum up to 1.
struct Sinusoid: Curve {
    let amplitude, frequency, phase: Double
    private let total: Double

    init(amplitude: Double, frequency: Double, phase: Double) {
        (self.amplitude, self.frequency, self.phase) = (amplitude, frequency, phase)
        total = Sinusoid.integral(1, amplitude, frequency, phase)
    }

    private static func integral(_ x: Double, _ a: Double, _ f: Double, _ p: Double) -> Double {
        x - a / (2 * .pi * f) * (cos(2 * .pi * f * x + p) - cos(p))
    }

    func cumulative(_ x: Double) -> Double { Sinusoid.integral(x, amplitude, frequency, phase) / total }

    func quantile(_ u: Double) -> Double {
        // The wave never carries a place further than it is high.
        let reach = amplitude / (.pi * frequency)
        let middle = u * total
        return inverse(of: middle, between: max(0, middle - reach), and: min(1, middle + reach)) { x in
            let angle = 2 * .pi * frequency * x + phase
            return (
                x - amplitude / (2 * .pi * frequency) * (cos(angle) - cos(phase)), 1 + amplitude * sin(angle)
            )
        }
    }
}

/// Several normal laws, each with its weight.
struct Mixture: Curve {
    private let parts: [(law: TruncatedNormal, weight: Double)]
    /// The cumulative shares at the ends of equal cells, between which the inverse is sought.
    private let grid: [Double]

    init(_ weighted: [(TruncatedNormal, Double)]) {
        let total = weighted.reduce(0) { $0 + $1.1 }
        let parts = weighted.map { (law: $0.0, weight: $0.1 / total) }
        self.parts = parts
        grid = (0...4096).map { Mixture.cumulative(Double($0) / 4096, parts) }
    }

    private static func cumulative(_ x: Double, _ parts: [(law: TruncatedNormal, weight: Double)]) -> Double {
        parts.reduce(0) { $0 + $1.weight * $1.law.cumulative(x) }
    }

    func cumulative(_ x: Double) -> Double { Mixture.cumulative(x, parts) }

    func quantile(_ u: Double) -> Double {
        let cell = max(1, grid.firstPlace { $0 > u })
        if cell >= grid.count { return 1 }
        return inverse(of: u, between: Double(cell - 1) / 4096, and: Double(cell) / 4096) { x in
            parts.reduce((0, 0)) { ($0.0 + $1.weight * $1.law.cumulative(x), $0.1 + $1.weight * $1.law.density(x)) }
        }
    }
}

extension Array {
    /// The first place from which on `isBeyond` holds, in an array in which it holds from some place on; the count where nowhere.
    func firstPlace(where isBeyond: (Element) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if isBeyond(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
