import Jobs
import Measuring
import SQL
import Storage
import Synchronization

/// Empty jobs from the first that is enqueued to the last that is done, all in batches of 1000.
func throughput(_ bench: Bench, _ name: String, bound: Double, _ report: inout Report) async throws {
    let (count, workers) = (100_000, bench.database.dialect == .postgres ? 2 : 1)
    let rates = Rates()
    _ = try await bench.withWorkers(workers) {
        for _ in 0..<3 {
            let time = try await seconds {
                for _ in 0..<count / 1000 { try await bench.enqueue(1000) }
                try await bench.drained()
            }
            rates.add(Double(count) / time)
        }
    }
    let rounds = rates.all.map(rounded).joined(separator: ", ")
    report.line("Empty jobs a second, \(name)", median(rates.all), .atLeast(bound), "rounds \(rounds)")
}

/// How long a job waits from its enqueuing to its handler, at 1000 a second.
func latency(_ bench: Bench, seconds: Int, _ report: inout Report) async throws {
    let waits = try await bench.withWorkers(2) { try await bench.load(perSecond: 1000, seconds: seconds) }.sorted()
    let (middle, worst) = (rounded(quantile(waits, 0.5)), rounded(waits.last ?? 0))
    report.line(
        "Wait of a job at 1000 a second, p99 in ms", quantile(waits, 0.99), .atMost(100),
        "median \(middle), longest \(worst), \(waits.count) jobs")
}

/// What stays in the table at 1000 jobs a second, as long as somebody holds a snapshot that no vacuum may pass.
func snapshot(_ bench: Bench, seconds: Int, _ report: inout Report) async throws {
    let watch = DeadRows()
    let waits = try await bench.withWorkers(2) {
        try await withThrowingTaskGroup { group in
            group.addTask {
                try await bench.database.snapshot(deadline: .after(.seconds(seconds + 60))) { connection in
                    while !watch.isOver {
                        _ = try await connection.rows(Statement(sql: "SELECT count(*) FROM martlet_worker")) { try $0.next() }
                        try await Task.sleep(for: .seconds(1))
                    }
                }
            }
            group.addTask {
                while !watch.isOver {
                    let dead = try await bench.integer("SELECT n_dead_tup FROM pg_stat_user_tables WHERE relname = 'martlet_job'")
                    watch.saw(dead)
                    try await Task.sleep(for: .milliseconds(500))
                }
            }
            try await bench.load(perSecond: 1000, seconds: seconds)
            watch.end()
            try await group.waitForAll()
        }
    }.sorted()
    let detail = "a snapshot open for \(seconds) s, \(waits.count) jobs"
    report.line("Dead rows of the queue, at most", Double(watch.most), .atMost(50_000), detail)
    report.line("Wait of a job meanwhile, p99 in ms", quantile(waits, 0.99), .atMost(100), "longest \(rounded(waits.last ?? 0))")
}

private final class Rates: Sendable {
    private let list = Mutex<[Double]>([])
    var all: [Double] { list.withLock { $0 } }
    func add(_ rate: Double) { list.withLock { $0.append(rate) } }
}

/// How many dead rows were seen at most.
private final class DeadRows: Sendable {
    private let state = Mutex((most: 0, isOver: false))

    var most: Int { state.withLock { $0.most } }
    var isOver: Bool { state.withLock { $0.isOver } }
    func saw(_ count: Int) { state.withLock { $0.most = max($0.most, count) } }
    func end() { state.withLock { $0.isOver = true } }
}

/// Of values in order.
private func quantile(_ values: [Double], _ share: Double) -> Double {
    values.isEmpty ? 0 : values[min(values.count - 1, Int(Double(values.count) * share))]
}
