/// Newton's steps to the place where a rising function has a value, never leaving the bracket, which every step narrows.
func inverse(
    of value: Double, between low: Double, and high: Double, from guess: Double,
    _ function: (Double) -> (value: Double, slope: Double)
) -> Double {
    var (low, high, x) = (low, high, guess)
    for _ in 0..<80 {
        let (y, slope) = function(x)
        let miss = y - value
        if miss > 0 { high = x } else { low = x }
        let newton = slope > 0 ? x - miss / slope : .nan
        let isInside = newton >= low && newton <= high
        let next = isInside ? newton : (low + high) / 2
        // A step of Newton's doubles the number of digits that are right.
        if isInside && abs(next - x) <= 1e-9 || next == low || next == high { return next }
        x = next
    }
    return x
}

/// A rising function at equal distances, to find from where the place of a value is one step of Newton's away as a rule.
struct InverseTable: Sendable {
    private let low, step: Double
    private let nodes: [(value: Double, slope: Double)]

    init(over range: ClosedRange<Double>, cells: Int, _ function: (Double) -> (value: Double, slope: Double)) {
        let (low, step) = (range.lowerBound, (range.upperBound - range.lowerBound) / Double(cells))
        nodes = (0...cells).map { function(low + Double($0) * step) }
        (self.low, self.step) = (low, step)
    }

    /// - Parameter function: the one that the table is of; it is told in which cell it is asked.
    func place(of value: Double, _ function: (_ x: Double, _ cell: Int) -> (value: Double, slope: Double)) -> Double {
        let cell = min(max(nodes.firstPlace { $0.value > value }, 1), nodes.count - 1) - 1
        let left = low + Double(cell) * step
        let guess = left + step * share(of: value, in: cell)
        return inverse(of: value, between: left, and: left + step, from: guess) { function($0, cell) }
    }

    /// About how far into a cell the value lies: by the cubic through both ends, with the inverse's slopes there (Hermite).
    private func share(of value: Double, in cell: Int) -> Double {
        let (a, b) = (nodes[cell], nodes[cell + 1])
        let rise = b.value - a.value
        guard rise > 0 else { return 0.5 }
        let s = min(max((value - a.value) / rise, 0), 1)
        let (m, n) = (rise / (step * a.slope), rise / (step * b.slope))
        // Steeper ones may lead outside of the cell.
        guard m < 3, n < 3 else { return s }
        return s * (m + s * (3 - 2 * m - n + s * (m + n - 2)))
    }
}
