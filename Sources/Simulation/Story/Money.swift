import Foundation

/// What deals are worth.
enum Money {
    /// A log-normal body; the top three percent follow a Pareto tail, as large deals do. In whole dollars, at human prices.
    static func amount(_ industry: Industry, _ stream: inout Stream) -> Int {
        let u = stream.unit()
        let tail = 0.97
        let body = industry.dealAmount * exp(industry.dealSigma * Normal.quantile(min(u, tail)))
        guard u > tail else { return price(body) }
        // The share of the tail that lies above; a deal a hundred times as large as the tail's least is the largest.
        let above = max((1 - u) / (1 - tail), pow(100, -industry.paretoAlpha))
        return price(body * pow(above, -1 / industry.paretoAlpha))
    }

    /// Rounded as people round: 18,500, not 18,437.
    static func price(_ amount: Double) -> Int {
        let step: Double =
            switch amount {
            case ..<200: 5
            case ..<1_000: 10
            case ..<10_000: 50
            case ..<100_000: 500
            case ..<1_000_000: 5_000
            default: 25_000
            }
        return max(5, Int((amount / step).rounded() * step))
    }

    /// `1234500` as `1,234,500`.
    static func grouped(_ number: Int) -> String {
        let digits = Array(String(number))
        return digits.indices.reduce(into: "") { text, index in
            if index > 0, (digits.count - index) % 3 == 0 { text.append(",") }
            text.append(digits[index])
        }
    }
}
