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
    /// One turn of the wave: the angle less A times its cosine, which is Kepler's equation but for a quarter of a turn.
    private let turn: InverseTable

    init(amplitude: Double, frequency: Double, phase: Double) {
        (self.amplitude, self.frequency, self.phase) = (amplitude, frequency, phase)
        total = Sinusoid.integral(1, amplitude, frequency, phase)
        turn = InverseTable(over: 0...2 * .pi, cells: 1024) { Sinusoid.turned($0, amplitude) }
    }

    private static func integral(_ x: Double, _ a: Double, _ f: Double, _ p: Double) -> Double {
        x - a / (2 * .pi * f) * (cos(2 * .pi * f * x + p) - cos(p))
    }

    private static func turned(_ angle: Double, _ a: Double) -> (value: Double, slope: Double) {
        (angle - a * cos(angle), 1 + a * sin(angle))
    }

    func cumulative(_ x: Double) -> Double { Sinusoid.integral(x, amplitude, frequency, phase) / total }

    func quantile(_ u: Double) -> Double {
        let wanted = 2 * .pi * frequency * u * total + phase - amplitude * cos(phase)
        let turns = ((wanted + amplitude) / (2 * .pi)).rounded(.down) * 2 * .pi
        let angle = turns + turn.place(of: wanted - turns) { angle, _ in Sinusoid.turned(angle, amplitude) }
        return min(max((angle - phase) / (2 * .pi * frequency), 0), 1)
    }
}

/// Several normal laws, each with its weight.
struct Mixture: Curve {
    private typealias Part = (law: TruncatedNormal, weight: Double)

    private let parts: [Part]
    private let table: InverseTable
    /// For each cell of the table, the laws that rise in it, and the weight of those that lie before it.
    private let cells: [(parts: [Part], before: Double)]

    private static let count = 4096

    init(_ weighted: [(TruncatedNormal, Double)]) {
        let total = weighted.reduce(0) { $0 + $1.1 }
        let parts = weighted.map { (law: $0.0, weight: $0.1 / total) }
        self.parts = parts
        cells = (0..<Mixture.count).map { cell in
            let ends = (Double(cell) / Double(Mixture.count), Double(cell + 1) / Double(Mixture.count))
            let rising = parts.filter { $0.law.cumulative(ends.0) < 1 && $0.law.cumulative(ends.1) > 1e-18 }
            return (rising, parts.reduce(0) { $0 + ($1.law.cumulative(ends.0) < 1 ? 0 : $1.weight) })
        }
        table = InverseTable(over: 0...1, cells: Mixture.count) { Mixture.sum(of: parts, at: $0) }
    }

    private static func sum(of parts: [Part], at x: Double, _ before: Double = 0) -> (value: Double, slope: Double) {
        var sum = (value: before, slope: 0.0)
        for (law, weight) in parts {
            sum.value += weight * law.cumulative(x)
            sum.slope += weight * law.density(x)
        }
        return sum
    }

    func cumulative(_ x: Double) -> Double { Mixture.sum(of: parts, at: x).value }

    func quantile(_ u: Double) -> Double {
        table.place(of: u) { x, cell in Mixture.sum(of: cells[cell].parts, at: x, cells[cell].before) }
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
