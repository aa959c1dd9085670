/// Newton's steps to the place where a rising function has a value, never leaving the bracket, which every step narrows.
func inverse(
    of value: Double, between low: Double, and high: Double, _ function: (Double) -> (value: Double, slope: Double)
) -> Double {
    var (low, high) = (low, high)
    var x = (low + high) / 2
    for _ in 0..<80 {
        let (y, slope) = function(x)
        let miss = y - value
        if miss > 0 { high = x } else { low = x }
        let step = slope > 0 ? x - miss / slope : .nan
        let next = step > low && step < high ? step : (low + high) / 2
        if abs(next - x) <= 1e-16 + 4e-16 * abs(x) || next == low || next == high { return next }
        x = next
    }
    return x
}
