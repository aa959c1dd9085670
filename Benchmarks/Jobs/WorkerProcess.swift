import Foundation
import Jobs
import Storage
import Synchronization
import Values

/// A worker as a process of its own, which prints at its end how many milliseconds each job waited.
enum WorkerProcess {
    /// Paused when the workers are to stop: every one of them sees that.
    static let stop = JobLine.queue("stop")

    static func main(_ address: String) async throws {
        let bench = try await Bench.open(address)
        let waits = Waits()
        let handler = JobHandler(Bench.empty) { _, run in waits.add(Double(Instant.wallClock - run.job.enqueuedAt) / 1000) }
        let worker = JobWorker(bench.queue, handlers: [handler])
        try await withThrowingTaskGroup { group in
            group.addTask { await worker.run() }
            while try await !bench.queue.paused().contains(stop) { try await Task.sleep(for: .milliseconds(200)) }
            worker.stop()
            try await group.waitForAll()
        }
        await bench.database.close()
        FileHandle.standardOutput.write(Data(waits.all.map { "\($0)\n" }.joined().utf8))
    }
}

private final class Waits: Sendable {
    private let list = Mutex<[Double]>([])
    var all: [Double] { list.withLock { $0 } }
    func add(_ wait: Double) { list.withLock { $0.append(wait) } }
}
