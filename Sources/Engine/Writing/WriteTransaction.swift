package import Jobs
import Metadata
package import Storage
package import Values

extension Engine {
    /// One transaction for records and for rows of machinery that must agree with them: both are there, or neither.
    ///
    /// `body` may run again from the start, as that of `Database.transaction`.
    package func transaction<Result: Sendable>(
        as session: Session, deadline: Deadline? = nil,
        _ body: @escaping @Sendable (WriteTransaction) async throws -> Result
    ) async throws -> Result {
        try await current {
            try await write(under: model, as: session, deadline: deadline) { try await body(WriteTransaction($0)) }
        }
    }

    /// One transaction in which records are written by a model: `body`, and what is kept for the end.
    func write<Result: Sendable>(
        under model: Model, as session: Session, deadline: Deadline? = nil, explain: Bool = false,
        _ body: @escaping @Sendable (WriteScope) async throws -> Result
    ) async throws -> Result {
        let deadline = deadline ?? .after(settings.writeDeadline)
        let version = model.registry.version
        let (result, hasJobs) = try await database.transaction(under: version, deadline: deadline) { connection in
            let scope = WriteScope(connection, model, session, self, explain: explain)
            do {
                let result = try await body(scope)
                try await scope.complete()
                return (result, scope.hasJobs)
            } catch {
                scope.numbers.giveBack()
                throw error
            }
        }
        if hasJobs { jobs.nudge() }
        return result
    }
}

/// A transaction in which records are written, in the way of all records, beside rows of machinery.
package struct WriteTransaction {
    private let scope: WriteScope

    init(_ scope: WriteScope) { self.scope = scope }

    package var connection: any Connection { scope.connection }

    /// What the change log has of the transaction, in order.
    package var changes: [LoggedChange] { scope.logged }

    /// Puts a job in that exists exactly when the changes do, unless one with its key waits or runs; its worker is told at once.
    package func enqueue(_ job: NewJob) async throws {
        if try await scope.engine.jobs.enqueue(job, on: connection) != nil { scope.hasJobs = true }
    }

    /// Carries out all requests, each on its occasion, or none: then the problem says why, and what was done before stays.
    package func attempt(_ requests: [WriteRequest], on occasions: [Occasion]) async throws -> Result<
        [WriteOutcome.Done], Problem
    > {
        do { return .success(try await scope.nested { try await write(requests, on: occasions) }) } catch {
            return .failure(try Problem.refusal(error))
        }
    }

    /// Carries out all requests, each on its occasion; without these at the session's time and as its user. Where one is refused,
    /// the whole transaction is to be undone.
    @discardableResult
    package func write(_ requests: [WriteRequest], on occasions: [Occasion] = []) async throws -> [WriteOutcome.Done] {
        let done = try await scope.perform(requests, on: occasions)
        // Rows of machinery may go by what the log has.
        try await scope.complete()
        return done
    }
}

/// That a record was changed, as the change log has it.
package struct LoggedChange: Sendable {
    package let object: String
    package let id: String
    package let at: Instant
}
