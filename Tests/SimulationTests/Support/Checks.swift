import Foundation
import Simulation
import Values

/// What can be said against a list of arrivals; nothing where it is as it should be.
struct Checks {
    let window: Window
    var objections: [String] = []

    init(_ window: Window) { self.window = window }

    mutating func arrivals(_ dues: [Instant], count: Int) {
        if dues.count != count { objections.append("\(dues.count) arrivals instead of \(count)") }
        if zip(dues, dues.dropFirst()).contains(where: { $0 > $1 }) { objections.append("they are not sorted") }
        if dues.contains(where: { $0 < window.start || $0 >= window.end }) { objections.append("some lie outside of the window") }
    }

    /// The Kolmogorov-Smirnov distance between the arrivals and the law they should follow.
    mutating func distance(_ dues: [Instant], to cumulative: (Double) -> Double, atMost bound: Double) {
        let n = Double(dues.count)
        var worst = 0.0
        for (index, due) in dues.enumerated() {
            let share = cumulative(Double(due - window.start) / Double(window.microseconds))
            worst = max(worst, abs(share - Double(index) / n), abs(share - Double(index + 1) / n))
        }
        if worst > bound { objections.append("the distance to the law is \(worst), above \(bound)") }
    }

    mutating func share(_ dues: [Instant], in part: ClosedRange<Double>, is expected: Double, within tolerance: Double = 0.002) {
        let inside = dues.count { part.contains(Double($0 - window.start) / Double(window.microseconds)) }
        let share = Double(inside) / Double(max(1, dues.count))
        if abs(share - expected) > tolerance { objections.append("\(part) holds \(share) instead of \(expected)") }
    }
}

func day(_ year: Int, _ month: Int, _ day: Int) -> Day { Day(year: year, month: month, day: day) ?? .earliest }

func moment(_ text: String) -> Instant { Instant(text) ?? .earliest }

let year2026 = Window(Instant(day(2026, 1, 1)), Instant(day(2027, 1, 1)), seed: 42)
