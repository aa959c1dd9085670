import Measuring
import Simulation
import Values

/// Ten million events by each method: all chunks made and packed, on two threads, as workers make them.
func planning(_ report: inout Report) async {
    let year = Window(Instant("2026-01-01T00:00:00Z") ?? .earliest, Instant("2027-01-01T00:00:00Z") ?? .latest, seed: 1)
    var figures: [(name: String, seconds: Double, megabytes: Double)] = []
    for method in Distribution.methods {
        for kind in Points.Kind.allCases where kind == .stratified || method.name == "Linear" {
            var bytes = 0
            let time = await seconds {
                let plan = Plan(Distribution(method, .init(points: kind)), over: year, count: 10_000_000)
                bytes = await withTaskGroup(of: Int.self) { group in
                    for first in 0..<2 {
                        group.addTask {
                            stride(from: first, to: plan.chunkCount, by: 2).reduce(0) { $0 + plan.chunk($1).packed.count }
                        }
                    }
                    return await group.reduce(0, +)
                }
            }
            figures.append((kind == .stratified ? method.name : "\(method.name), poisson", time, Double(bytes) / 1e6))
        }
    }
    let all = figures.map { "\($0.name) \(rounded($0.seconds)) s" }.joined(separator: ", ")
    report.line("Planning 10,000,000 events, the slowest method, in s", figures.map(\.seconds).max() ?? 0, .atMost(2), all)
    report.line("Its size, the largest, in MB", figures.map(\.megabytes).max() ?? 0, .atMost(60), "all chunks, packed")
}
