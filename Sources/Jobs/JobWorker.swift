import Storage
import Synchronization
package import Values

/// Takes jobs out of the queue and has their handlers do them, until it is told to stop.
///
///     let worker = JobWorker(queue, handlers: [...], schedules: [...])
///     try await worker.run()
///
/// Any number of workers, in any number of processes, share the queue. What each does is in the folder beside: `Turn` is a talk with
/// the database, `Perform` runs a handler, `Tend` is what happens every second, `Stop` the end.
package final class JobWorker: Sendable {
    let queue: JobQueue
    let handlers: [String: JobHandler]
    let schedules: [JobSchedule]
    let settings: WorkerSettings
    let observe: @Sendable (JobEvent) -> Void
    let lanes: [Lane]
    let bell = Bell()
    let state = Mutex(State())

    struct State {
        /// Of the present registration; nil where there is none.
        var id: String?
        /// When the database last heard of it.
        var beatAt = Duration.zero
        /// Taken, but not begun.
        var taken: [Job] = []
        var takenAt = Duration.zero
        var running: [String: JobRun] = [:]
        /// Over, but not written down.
        var ended: [Ended] = []
        /// How long a job took of late.
        var pace: Duration?
        /// Whether jobs may be this worker's that it knows nothing of: the answer to a talk with the database was lost.
        var isUnsure = false
        var isStopping = false
        /// Tasks that perform jobs.
        var runners = 0
        /// When the table may be compacted next, and how large it was after the last time.
        var compactAt = Duration.zero
        /// How often it was in vain since.
        var compactTries = 0
        var keptBytes = 0
        /// The other workers' beats, and since when each stands still.
        var seen: [String: (beat: Int, since: Duration)] = [:]
    }

    /// A job that is over for this worker.
    struct Ended: Sendable {
        enum Fate: Sendable {
            /// - Parameter isFinished: the handler removed it in a transaction of its own.
            case done(isFinished: Bool)
            case failed(String, JobFailure.Retry)
            /// It was cancelled.
            case dropped
            /// Not tried, or not to its end, for no fault of its own.
            case released
        }

        let job: Job
        let fate: Fate
        let took: Duration
    }

    /// - Parameters:
    ///   - observe: told what happens; it is called from many tasks.
    package init(
        _ queue: JobQueue, handlers: [JobHandler], schedules: [JobSchedule] = [], settings: WorkerSettings = WorkerSettings(),
        observe: @escaping @Sendable (JobEvent) -> Void = { _ in }
    ) {
        (self.queue, self.schedules, self.settings, self.observe) = (queue, schedules, settings, observe)
        self.handlers = Dictionary(handlers.map { ($0.rules.kind, $0) }) { first, _ in
            preconditionFailure("The jobs \(first.rules.kind) have two handlers")
        }
        let queues = Set(handlers.map(\.rules.queue)).sorted()
        lanes = JobPriority.allCases.flatMap { priority in queues.map { Lane(queue: $0, priority: priority) } }
    }

    /// Works until it is stopped, and then finishes or gives back what it has taken.
    package func run() async {
        queue.bells.add(bell)
        defer { queue.bells.remove(bell) }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.tendAlways() }
            await withDiscardingTaskGroup { runners in
                await self.takeTurns(in: &runners)
                await self.finishUp()
            }
            group.cancelAll()
        }
        await leave()
    }

    /// Has `run` take no more jobs, finish those that run within the grace period, and return.
    package func stop() {
        state.withLock { $0.isStopping = true }
        bell.ring()
    }

    var isStopping: Bool { state.withLock { $0.isStopping } }
    var clock: any JobClock { queue.clock }
    var statements: JobStatements { queue.statements }
    var deadline: Deadline { .after(queue.patience) }
}

package struct WorkerSettings: Sendable {
    /// By which people know it: machine and process.
    package var name = "worker"
    /// Jobs that run at the same time.
    package var slots = 8
    /// Jobs taken at once, at most; as many as take about a tenth of a second, and at least one for each slot.
    package var batch = 500
    /// How often the database hears of it.
    package var beat = Duration.seconds(5)
    /// How long another worker may be silent before its jobs are given to others.
    package var lease = Duration.seconds(20)
    /// How often it looks after what runs.
    package var tick = Duration.seconds(1)
    /// How long it waits between two looks for work: short after work, longer the longer there was none.
    package var idle = Duration.milliseconds(10)...Duration.milliseconds(500)
    /// How long it waits for more jobs to end when one has, to write them down at once.
    package var linger = Duration.milliseconds(2)
    /// Size of the table of jobs from which on PostgreSQL is to forget those that are gone.
    package var compactBytes = 2 << 20
    /// How long it waits with that after it could not, at most.
    package var compactPause = Duration.seconds(10)
    /// How long jobs may take to finish when it stops.
    package var grace = Duration.seconds(15)

    package init() {}
}

/// What happens in a worker, for logs and counters.
package enum JobEvent: Sendable {
    case done(Job, took: Duration)
    /// - Parameter retryAt: nil where it is dead.
    case failed(Job, error: String, retryAt: Instant?)
    case cancelled(Job)
    /// Given back, to be run by another worker.
    case released(Job)
    /// What it did for the job is not kept: another worker has taken the job since.
    case lost(jobID: String)
    /// Another worker was silent for too long; its jobs wait again.
    case tookOff(worker: String, jobs: Int)
    /// It was itself silent for too long, and begins anew.
    case takenOff
    case scheduled(name: String, at: Instant)
    /// The table of jobs was rewritten; its sizes in bytes.
    case compacted(from: Int, to: Int)
    /// The database did not do what it was asked; it is asked again.
    case trouble(String)
}
