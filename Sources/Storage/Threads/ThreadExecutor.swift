import Dispatch
import Foundation
import Synchronization

/// Runs one actor on a thread of its own, so that calls that block never stand on the cooperative pool.
///
/// The actor's task is to prefer it: a task that prefers none is resumed by a thread of the pool, which only hands it over.
final class ThreadExecutor: SerialExecutor, TaskExecutor {
    private struct State {
        var jobs: [UnownedJob] = []
        var isStopped = false
    }

    private let state = Mutex(State())
    private let wake = DispatchSemaphore(value: 0)

    init(name: String) {
        let thread = Thread { [self] in work() }
        thread.name = name
        thread.start()
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let wasEmpty = state.withLock { state in
            defer { state.jobs.append(job) }
            return state.jobs.isEmpty
        }
        if wasEmpty { wake.signal() }
    }

    /// Ends the thread once nothing is left to run; called by the actor as its last act.
    func stop() {
        state.withLock { $0.isStopped = true }
        wake.signal()
    }

    private func work() {
        while let jobs = next() {
            for job in jobs {
                job.runSynchronously(isolatedTo: asUnownedSerialExecutor(), taskExecutor: asUnownedTaskExecutor())
            }
        }
    }

    private func next() -> [UnownedJob]? {
        while true {
            let (jobs, isStopped) = state.withLock { state in
                defer { state.jobs.removeAll() }
                return (state.jobs, state.isStopped)
            }
            if !jobs.isEmpty { return jobs }
            if isStopped { return nil }
            wake.wait()
        }
    }
}
