import Foundation

extension Method {
    package static let exponential = Method(
        "Exponential", "Growing by the same factor in equal times",
        [Parameter("ratio", 20, 1.000_001...1_000_000, "How much denser the end is than the beginning")]
    ) { settings, _ in Exponential(g: log(settings["ratio"])) }

    package static let sCurve = Method(
        "S-Curve", "A slow start, a steep middle, a slow end: the count follows a logistic curve",
        [
            Parameter("steepness", 10, 0.01...200, "How steep the middle is"),
            Parameter("midpoint", 0.5, 0...1, "Where in the window the middle is"),
        ]
    ) { settings, _ in Logistic(k: settings["steepness"], m: settings["midpoint"]) }

    package static let bellCurve = Method(
        "Bell Curve", "Few at both ends, most around the mean: a normal law cut to the window",
        [
            Parameter("mean", 0.5, 0...1, "Where in the window the middle is"),
            Parameter("deviation", 1.0 / 6, 0.001...10, "The standard deviation, as a share of the window"),
        ]
    ) { settings, _ in TruncatedNormal(mean: settings["mean"], deviation: settings["deviation"]) }
}

/// F = expm1(gx) / expm1(g), with g the logarithm of the ratio of the densities at both ends.
struct Exponential: Curve {
    let g: Double

    func cumulative(_ x: Double) -> Double { expm1(g * x) / expm1(g) }
    func quantile(_ u: Double) -> Double { log1p(u * expm1(g)) / g }
}

/// F = (sigma(k(x - m)) - L) / (H - L), L and H being sigma at both ends of the window.
struct Logistic: Curve {
    let k, m: Double
    private let low, high: Double

    init(k: Double, m: Double) {
        (self.k, self.m) = (k, m)
        (low, high) = (Logistic.sigma(-k * m), Logistic.sigma(k * (1 - m)))
    }

    private static func sigma(_ z: Double) -> Double { 1 / (1 + exp(-z)) }

    func cumulative(_ x: Double) -> Double { (Logistic.sigma(k * (x - m)) - low) / (high - low) }

    func quantile(_ u: Double) -> Double {
        let p = low + u * (high - low)
        return min(max(m + log(p / (1 - p)) / k, 0), 1)
    }
}

/// A normal law, cut to [0, 1].
struct TruncatedNormal: Curve {
    let mean, deviation: Double
    private let below, within: Double

    init(mean: Double, deviation: Double) {
        (self.mean, self.deviation) = (mean, deviation)
        below = Normal.cumulative(-mean / deviation)
        within = Normal.cumulative((1 - mean) / deviation) - below
    }

    func cumulative(_ x: Double) -> Double { (Normal.cumulative((x - mean) / deviation) - below) / within }

    func quantile(_ u: Double) -> Double {
        min(max(mean + deviation * Normal.quantile(below + u * within), 0), 1)
    }

    func density(_ x: Double) -> Double { Normal.density((x - mean) / deviation) / (deviation * within) }
}
