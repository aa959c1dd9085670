package import Storage
import Synchronization
import Values

/// What does the jobs of one kind.
///
///     JobHandler(.welcome) { welcome, run in try await send(welcome) }
///
/// A job is done at least once: a handler may be called again for a job whose worker was lost. One whose effect is in the
/// database makes it exactly once by calling `run.finish(on:)` in the transaction of the effect.
package struct JobHandler: Sendable {
    package let rules: JobRules
    let work: @Sendable (JobRun) async throws -> Void

    package init<Payload>(_ kind: JobKind<Payload>, _ work: @escaping @Sendable (Payload, JobRun) async throws -> Void) {
        rules = kind.rules
        self.work = { run in
            let payload: Payload
            do { payload = try Payload(json: run.job.payload) } catch {
                throw JobFailure("The payload is not that of a job \(run.job.kind): \(error)", .never)
            }
            try await work(payload, run)
        }
    }
}

/// How a handler says that it failed, and what is to become of the job. Any other error has it tried again.
package struct JobFailure: Error, Sendable, Hashable, CustomStringConvertible {
    package enum Retry: Sendable, Hashable {
        case backoff
        /// Whoever is asked said when: too many requests, down for maintenance.
        case after(Duration)
        /// It cannot succeed: the job is dead at once.
        case never
    }

    package let message: String
    package let retry: Retry

    package init(_ message: String, _ retry: Retry = .backoff) { (self.message, self.retry) = (message, retry) }
    package var description: String { message }
}

/// A job while a handler works on it.
package final class JobRun: Sendable {
    /// Why a handler is to end before it is done.
    enum Abort: Sendable {
        case timeout
        /// Somebody cancelled the job.
        case cancelled
        /// The worker was taken off: the job is somebody else's.
        case lost
        /// The worker stops.
        case stopped
    }

    private struct State {
        var cancel: @Sendable () -> Void = {}
        var abort: Abort?
        /// Whether the handler has returned.
        var isOver = false
        var progress: JobProgress?
        var isFinished = false
    }

    package let job: Job
    let startedAt: Duration
    private let state = Mutex(State())

    init(_ job: Job, startedAt: Duration) { (self.job, self.startedAt) = (job, startedAt) }

    var fence: Fence { Fence(id: job.id, epoch: job.epoch) }

    /// Tells how far it is. Others see it within about a second.
    package func report(done: Int? = nil, of total: Int? = nil, _ note: String? = nil) {
        state.withLock { $0.progress = JobProgress(done: done, total: total, note: note) }
    }

    /// Ends the job in the transaction that holds its effect: either both are there or neither.
    ///
    /// - Throws: `JobProblem.lost` where another worker has taken the job since, so that the effect must not be kept.
    package func finish(on connection: any Connection) async throws {
        let statement = JobStatements(connection.dialect).finish([fence])
        let isHeld = try await connection.rows(statement) { try $0.next() }
        guard isHeld else { throw JobProblem.lost(id: job.id) }
        state.withLock { $0.isFinished = true }
    }

    /// Whether it was finished in a transaction of the handler's, as far as that was kept.
    var isFinished: Bool { state.withLock { $0.isFinished } }

    /// What was reported since the last call; nil for nothing.
    func takeProgress() -> JobProgress? {
        state.withLock { state in
            defer { state.progress = nil }
            return state.progress
        }
    }

    /// - Parameter cancel: has the handler's task cancelled.
    func begin(_ cancel: @escaping @Sendable () -> Void) {
        let isAborted = state.withLock { state in
            state.cancel = cancel
            return state.abort != nil
        }
        if isAborted { cancel() }
    }

    /// Has the handler's task cancelled. False where it has returned, or is cancelled for another reason already.
    @discardableResult
    func abort(_ reason: Abort) -> Bool {
        let cancel = state.withLock { state -> (@Sendable () -> Void)? in
            guard state.abort == nil, !state.isOver else { return nil }
            state.abort = reason
            return state.cancel
        }
        cancel?()
        return cancel != nil
    }

    /// Notes that the handler has returned, and gives why it was to end; nil where nobody wanted that.
    func close() -> Abort? {
        state.withLock { state in
            state.isOver = true
            return state.abort
        }
    }
}
