import SQL
package import Storage
package import Values

/// The durable queue: whoever has work for later puts it in, workers take it out, and people look after it.
///
///     try await database.transaction(deadline: deadline) { connection in
///         try await change(connection)
///         try await queue.enqueue(NewJob(.welcome, Welcome(user: id)), on: connection)   // exists exactly when the change does
///     }
///     queue.nudge()
package struct JobQueue: Sendable {
    package static let payloadLimit = 1 << 20

    let database: any Database
    let clock: any JobClock
    let bells = Bells()
    let statements: JobStatements
    /// How long a call of the database may take.
    let patience: Duration

    package init(_ database: any Database, clock: any JobClock = SystemClock(), patience: Duration = .seconds(10)) {
        (self.database, self.clock, self.patience) = (database, clock, patience)
        statements = JobStatements(database.dialect)
    }

    /// The queue's time.
    package var now: Instant { clock.now }

    /// Tells the workers of this process that there may be something to do. To be called after the commit: a job is seen then.
    package func nudge() { bells.ring() }
}

// MARK: Enqueueing

extension JobQueue {
    /// Puts a job in, in a transaction of the caller's, and gives its id; nil where one with its key waits or runs already.
    @discardableResult
    package func enqueue(_ job: NewJob, on connection: any Connection) async throws -> String? {
        let id = RecordID.make(at: clock.now)
        let binds = try values(of: job, id)
        return try await connection.run(Statement(sql: statements.insert, binds: binds)) == 1 ? id : nil
    }

    /// Puts many in at once, and says how many there are that were not there by their key.
    @discardableResult
    package func enqueue(_ jobs: [NewJob], on connection: any Connection) async throws -> Int {
        let now = clock.now
        let binds = try jobs.enumerated().map { try values(of: $1, RecordID.make(at: now, count: UInt64($0))) }
        return try await connection.run(statements.insert, each: binds)
    }

    /// Puts a job in, in a transaction of its own.
    @discardableResult
    package func enqueue(_ job: NewJob) async throws -> String? {
        let id = try await database.transaction(deadline: .after(patience)) { try await enqueue(job, on: $0) }
        nudge()
        return id
    }

    private func values(of job: NewJob, _ id: String) throws(JobProblem) -> [Bind] {
        let payload = job.payload.description
        guard payload.utf8.count <= JobQueue.payloadLimit else {
            throw .payloadTooLarge(kind: job.rules.kind, bytes: payload.utf8.count, limit: JobQueue.payloadLimit)
        }
        return statements.values(job, id: id, payload: payload, at: clock.now)
    }
}
