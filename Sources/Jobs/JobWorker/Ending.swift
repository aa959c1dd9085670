import SQL
import Storage
import Values

extension JobWorker {
    /// Removes what is done and gives back the rest, and tells what came of each job.
    func write(_ ended: [Ended], on connection: any Connection, at now: Instant) async throws -> [JobEvent] {
        var (gone, events): ([Ended], [JobEvent]) = ([], [])
        for one in ended {
            guard let (settlement, event) = settlement(of: one, at: now) else {
                gone.append(one)
                continue
            }
            var isHeld = false
            for statement in statements.settle(settlement) { isHeld = try await connection.run(statement) > 0 || isHeld }
            events.append(isHeld ? event : .lost(jobID: one.job.id))
        }
        if gone.isEmpty { return events }
        let held = try await connection.rows(statements.finish(gone.map(\.job.fence))) { rows in
            var ids: Set<String> = []
            while try rows.next() { if let id = rows.cell(0).string { ids.insert(id) } }
            return ids
        }
        for one in gone {
            switch one.fate {
            case .dropped: events.append(.cancelled(one.job))
            case .done(let isFinished):
                let isHeld = isFinished || held.contains(one.job.id)
                events.append(isHeld ? .done(one.job, took: one.took) : .lost(jobID: one.job.id))
            case .failed, .released: break
            }
        }
        return events
    }

    /// How a job is given back; nil for one that is to be removed.
    private func settlement(of ended: Ended, at now: Instant) -> (Settlement, JobEvent)? {
        let job = ended.job
        switch ended.fate {
        case .done, .dropped: return nil
        case .released:
            let settlement = Settlement(
                fence: job.fence, state: .waiting, runAt: job.runAt, attempt: job.attempt - 1, error: job.error)
            return (settlement, .released(job))
        case .failed(let error, let retry):
            let wait = wait(before: retry, job)
            let settlement = Settlement(
                fence: job.fence, state: wait == nil ? .dead : .waiting, runAt: now + (wait ?? .zero), attempt: job.attempt,
                error: error)
            return (settlement, .failed(job, error: error, retryAt: wait.map { now + $0 }))
        }
    }

    /// How long the job waits for its next attempt; nil where there is none.
    private func wait(before retry: JobFailure.Retry, _ job: Job) -> Duration? {
        if job.attempt >= job.attempts { return nil }
        return switch retry {
        case .never: nil
        case .after(let duration): duration
        case .backoff: (handlers[job.kind]?.rules.backoff ?? Backoff()).wait(after: job.attempt, of: job.id)
        }
    }
}

extension Job {
    var fence: Fence { Fence(id: id, epoch: epoch) }
}
