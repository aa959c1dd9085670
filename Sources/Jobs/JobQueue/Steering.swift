import SQL
import Storage
import Values

/// What can be held up: a queue with all its kinds, or one kind in whatever queue.
package enum JobLine: Sendable, Hashable {
    case queue(String)
    case kind(String)

    var name: String {
        switch self {
        case .queue(let name): "queue:" + name
        case .kind(let name): "kind:" + name
        }
    }

    init?(name: String) {
        guard let colon = name.firstIndex(of: ":") else { return nil }
        let rest = String(name[name.index(after: colon)...])
        switch name[..<colon] {
        case "queue": self = .queue(rest)
        case "kind": self = .kind(rest)
        default: return nil
        }
    }
}

extension JobQueue {
    /// Has a dead job, or one that waits for its next attempt, run at once. A dead one has all its attempts again.
    ///
    /// - Returns: the job as it then waits.
    @discardableResult
    package func retry(_ id: String) async throws -> Job {
        guard let id = RecordID.canonical(id) else { throw JobProblem.notFound(id: id) }
        let retried: Job?
        do { retried = try await retryNow(id) } catch StorageError.unique {
            throw JobProblem.keyTaken(id: id, key: try await job(id).key ?? "")
        }
        guard let retried else { throw JobProblem.running(id: try await job(id).id) }
        nudge()
        return retried
    }

    private func retryNow(_ id: String) async throws -> Job? {
        let statement = statements.retry(id, at: clock.now)
        return try await database.transaction(deadline: .after(patience)) { connection in
            try await connection.rows(statement) { try $0.next() ? Job($0) : nil }
        }
    }

    /// Retries up to `limit` dead jobs, the oldest first, and says how many. One whose key is taken stays dead.
    package func retryDead(kind: String? = nil, queue: String? = nil, limit: Int = 1000) async throws -> Int {
        let filter = JobFilter(state: .dead, kind: kind, queue: queue)
        let (dead, now) = (try await jobs(filter, limit: limit), clock.now)
        let retried = try await database.transaction(deadline: .after(patience)) { connection in
            var retried = 0
            for job in dead {
                do {
                    let isRetried = try await connection.nested {
                        try await connection.rows(statements.retry(job.id, at: now)) { try $0.next() }
                    }
                    if isRetried { retried += 1 }
                } catch StorageError.unique {}
            }
            return retried
        }
        nudge()
        return retried
    }

    /// Removes a job that waits or is dead, and has one that runs end soon. True where it is gone already.
    package func cancel(_ id: String) async throws -> Bool {
        guard let id = RecordID.canonical(id) else { throw JobProblem.notFound(id: id) }
        let (mark, removal) = (statements.cancel(id), statements.remove(id))
        let isGone = try await database.transaction(deadline: .after(patience)) { connection in
            // Marked first: whoever takes the job or gives it back waits for that, or has gone before.
            if try await connection.run(mark) == 0 { throw JobProblem.notFound(id: id) }
            return try await connection.run(removal) == 1
        }
        nudge()
        return isGone
    }

    /// Has nothing of it begun from now on. What runs goes on.
    package func pause(_ line: JobLine) async throws { _ = try await run(statements.pause(line.name, at: clock.now)) }

    package func resume(_ line: JobLine) async throws {
        _ = try await run(statements.resume(line.name))
        nudge()
    }

    package func paused() async throws -> [JobLine] {
        try await database.read(statements.pauses, lane: .long, deadline: .after(patience)) { rows in
            var lines: [JobLine] = []
            while try rows.next() { if let line = rows.cell(0).string.flatMap(JobLine.init(name:)) { lines.append(line) } }
            return lines
        }
    }

    private func run(_ statement: Statement) async throws -> Int {
        try await database.transaction(deadline: .after(patience)) { try await $0.run(statement) }
    }
}
