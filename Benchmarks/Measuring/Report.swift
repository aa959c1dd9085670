import Foundation
import Values

/// The lines of a benchmark's result, and whether each holds.
package struct Report {
    private var missed = 0

    package init() {}

    package mutating func line(_ name: String, _ value: Double, _ bound: Bound, _ detail: String) {
        let holds = bound.holds(value)
        if !holds { missed += 1 }
        print("\(holds ? "holds " : "MISSED")  \(name): \(rounded(value)) (\(bound.text)); \(detail)")
        fflush(nil)
    }

    package func finish() { print(missed == 0 ? "All bounds hold." : "\(missed) missed.") }

    package enum Bound {
        case atLeast(Double)
        case atMost(Double)

        func holds(_ value: Double) -> Bool {
            switch self {
            case .atLeast(let bound): value >= bound
            case .atMost(let bound): value <= bound
            }
        }

        var text: String {
            switch self {
            case .atLeast(let bound): "at least \(rounded(bound))"
            case .atMost(let bound): "at most \(rounded(bound))"
            }
        }
    }
}

package func rounded(_ value: Double) -> String { (Number(value) ?? .zero).rounded(to: value < 10 ? 2 : 0).description }

package func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

/// Seconds that `body` takes.
package func seconds(_ body: () async throws -> Void) async rethrows -> Double {
    let start = ContinuousClock.now
    try await body()
    return (ContinuousClock.now - start) / .seconds(1)
}

/// Seconds that `body` takes.
package func seconds(_ body: () throws -> Void) rethrows -> Double {
    let start = ContinuousClock.now
    try body()
    return (ContinuousClock.now - start) / .seconds(1)
}
