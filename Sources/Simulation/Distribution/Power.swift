import Foundation

extension Method {
    package static let linear = Method("Linear", "The same number in every stretch of time") { _, _ in Uniform() }

    package static let trickle = Method(
        "Trickle", "Evenly, with hardly any irregularity",
        [Parameter("jitter", 0.2, 0...1, "How irregular the distances are")], jitter: 0.2
    ) { _, _ in Uniform() }

    package static let frontLoaded = Method(
        "Front-loaded", "Most at the beginning", [Parameter("power", 2, 1...20, "How strongly")]
    ) { settings, _ in FrontLoaded(k: settings["power"]) }

    package static let backLoaded = Method(
        "Back-loaded", "Most at the end", [Parameter("power", 2, 1...20, "How strongly")]
    ) { settings, _ in BackLoaded(k: settings["power"]) }

    package static let surge = Method(
        "Surge", "Rising to a peak and falling again", [Parameter("peak", 0.5, 0...1, "Where in the window the peak is")]
    ) { settings, _ in Triangle(peak: settings["peak"]) }
}

struct Uniform: Curve {
    func cumulative(_ x: Double) -> Double { x }
    func quantile(_ u: Double) -> Double { u }
}

/// F = 1 - (1 - x)^k
struct FrontLoaded: Curve {
    let k: Double

    func cumulative(_ x: Double) -> Double { -expm1(k * log1p(-x)) }
    func quantile(_ u: Double) -> Double { -expm1(log1p(-u) / k) }
}

/// F = x^k
struct BackLoaded: Curve {
    let k: Double

    func cumulative(_ x: Double) -> Double { pow(x, k) }
    func quantile(_ u: Double) -> Double { pow(u, 1 / k) }
}

/// A triangle with its peak at `peak`.
struct Triangle: Curve {
    let peak: Double

    func cumulative(_ x: Double) -> Double {
        x < peak ? x * x / peak : 1 - (1 - x) * (1 - x) / (1 - peak)
    }

    func quantile(_ u: Double) -> Double {
        u < peak ? (u * peak).squareRoot() : 1 - ((1 - u) * (1 - peak)).squareRoot()
    }
}
