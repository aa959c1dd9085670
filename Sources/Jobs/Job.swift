package import Values

/// A job that waits, runs or is dead. One that is done is there no more.
package struct Job: Sendable, Hashable {
    package enum State: String, Sendable, CaseIterable {
        /// Until it is due and somebody takes it; also between two attempts.
        case waiting
        case running
        /// It failed as often as it may, or for good. It stays until it is retried or cancelled.
        case dead
    }

    package let id: String
    package let kind: String
    package let queue: String
    package let priority: JobPriority
    package let state: State
    package let payload: JSON
    package let key: String?
    /// When it is, or was, due.
    package let runAt: Instant
    /// The present or latest attempt, from 1; 0 before the first.
    package let attempt: Int
    /// How often it is tried at most.
    package let attempts: Int
    /// Counts the times it was taken: what a worker writes is refused when another has taken the job since.
    package let epoch: Int
    /// The worker that runs it.
    package let owner: String?
    package let enqueuedAt: Instant
    package let startedAt: Instant?
    /// Why the latest attempt failed.
    package let error: String?
    package let progress: JobProgress
    /// Somebody asked a running job to end.
    package let isCancelled: Bool
}

/// How far a running job says it is.
package struct JobProgress: Sendable, Hashable {
    package var done: Int?
    package var total: Int?
    package var note: String?

    package init(done: Int? = nil, total: Int? = nil, note: String? = nil) {
        (self.done, self.total, self.note) = (done, total, note)
    }
}

/// Why the queue does not do what it was asked to.
package enum JobProblem: Error, Sendable, Hashable {
    case notFound(id: String)
    /// It runs, so it can be cancelled but not retried.
    case running(id: String)
    /// Another job with the same key waits or runs.
    case keyTaken(id: String, key: String)
    case payloadTooLarge(kind: String, bytes: Int, limit: Int)
    /// Another worker has taken the job since: what the present one did for it must not be kept.
    case lost(id: String)
}

extension JobProblem: CustomStringConvertible {
    package var description: String {
        switch self {
        case .notFound(let id): "There is no job \(id): it was done or cancelled, or never was"
        case .running(let id): "The job \(id) is running"
        case .keyTaken(let id, let key): "The job \(id) cannot wait again: another with the key \(key) waits or runs"
        case .payloadTooLarge(let kind, let bytes, let limit):
            "The payload of a job \(kind) has \(bytes) bytes, \(limit) are allowed: store the data and let the job name it"
        case .lost(let id): "The job \(id) was taken by another worker meanwhile"
        }
    }
}
