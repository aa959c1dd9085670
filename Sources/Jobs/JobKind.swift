package import Values

/// A kind of jobs: what they are called, what they carry, and how they are run.
///
///     static let welcome = JobKind<Welcome>("mail.welcome", queue: "mail", attempts: 5)
///
/// Kinds are values of the program: whoever enqueues and whoever works names the same one.
package struct JobKind<Payload: JobPayload>: Sendable {
    package let rules: JobRules

    /// - Parameters:
    ///   - queue: which jobs it stands in a line with, and is paused with.
    ///   - attempts: how often it is tried before it is dead.
    ///   - timeout: how long one attempt may take; it is cancelled then, and has failed.
    package init(
        _ name: String, queue: String = "default", priority: JobPriority = .normal, attempts: Int = 10,
        timeout: Duration = .seconds(300), backoff: Backoff = Backoff()
    ) {
        rules = JobRules(
            kind: name, queue: queue, priority: priority, attempts: attempts, timeout: timeout, backoff: backoff)
    }
}

/// How the jobs of a kind are run.
package struct JobRules: Sendable, Hashable {
    package let kind: String
    package let queue: String
    package let priority: JobPriority
    package let attempts: Int
    package let timeout: Duration
    package let backoff: Backoff
}

/// A waiting job of a higher priority is begun before all of lower ones.
package enum JobPriority: Int, Sendable, CaseIterable {
    case high
    case normal
    case low
}

/// What a job carries: it is stored as JSON and checked when it is read.
package protocol JobPayload: Sendable {
    var json: JSON { get }

    /// Throws where the document is not what the kind's jobs carry.
    init(json: JSON) throws
}

extension JSON: JobPayload {
    package var json: JSON { self }
    package init(json: JSON) { self = json }
}

/// The payload of jobs that carry nothing.
package struct NoPayload: JobPayload {
    package init() {}
    package init(json: JSON) {}
    package var json: JSON { [:] }
}
