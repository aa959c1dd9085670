import SQL
import Storage
package import Values

/// Which jobs are meant; nil for any.
package struct JobFilter: Sendable, Hashable {
    package var state: Job.State?
    package var kind: String?
    package var queue: String?

    package init(state: Job.State? = nil, kind: String? = nil, queue: String? = nil) {
        (self.state, self.kind, self.queue) = (state, kind, queue)
    }
}

/// How many jobs a queue holds of one kind and state.
package struct JobCount: Sendable, Hashable {
    package let queue: String
    package let kind: String
    package let state: Job.State
    package let count: Int

    package init(queue: String, kind: String, state: Job.State, count: Int) {
        (self.queue, self.kind, self.state, self.count) = (queue, kind, state, count)
    }
}

/// A worker that is not known to be gone.
package struct WorkerEntry: Sendable, Hashable {
    package let id: String
    /// Where it runs: machine and process.
    package let name: String
    package let startedAt: Instant
    package let seenAt: Instant
    /// How many jobs it has taken.
    package let jobs: Int
}

/// A schedule as the database knows it; its program may know it no more.
package struct ScheduleEntry: Sendable, Hashable {
    package let name: String
    package let pattern: String
    package let zone: String
    package let nextAt: Instant
    package let lastAt: Instant?
}

extension JobQueue {
    package func job(_ id: String) async throws -> Job {
        guard let id = RecordID.canonical(id), let job = try await jobs(statements.job(id)).first else {
            throw JobProblem.notFound(id: id)
        }
        return job
    }

    /// Jobs in the order in which they were enqueued, from after the job of that id on.
    package func jobs(_ filter: JobFilter = JobFilter(), after id: String? = nil, limit: Int = 100) async throws -> [Job] {
        try await jobs(statements.page(filter, after: id.map { RecordID.canonical($0) ?? $0 }, limit: limit))
    }

    func jobs(_ statement: Statement) async throws -> [Job] {
        try await database.read(statement, lane: .long, deadline: .after(patience)) { rows in
            var jobs: [Job] = []
            while try rows.next() { jobs.append(Job(rows)) }
            return jobs
        }
    }

    package func counts() async throws -> [JobCount] {
        try await database.read(statements.counts, lane: .long, deadline: .after(patience)) { rows in
            var counts: [JobCount] = []
            while try rows.next() {
                let state = rows.cell(2).string.flatMap(Job.State.init) ?? .dead
                let (queue, kind) = (rows.cell(0).string ?? "", rows.cell(1).string ?? "")
                counts.append(JobCount(queue: queue, kind: kind, state: state, count: Int(rows.cell(3).integer ?? 0)))
            }
            return counts
        }
    }

    package func workers() async throws -> [WorkerEntry] {
        try await database.read(statements.workers, lane: .long, deadline: .after(patience)) { rows in
            var workers: [WorkerEntry] = []
            while try rows.next() {
                workers.append(
                    WorkerEntry(
                        id: rows.cell(0).string ?? "", name: rows.cell(1).string ?? "",
                        startedAt: rows.cell(2).instant ?? .earliest, seenAt: rows.cell(3).instant ?? .earliest,
                        jobs: Int(rows.cell(4).integer ?? 0)))
            }
            return workers
        }
    }
}

extension JobQueue {
    package func schedules() async throws -> [ScheduleEntry] {
        try await database.read(statements.scheduleBoard, lane: .long, deadline: .after(patience)) { rows in
            var schedules: [ScheduleEntry] = []
            while try rows.next() {
                schedules.append(
                    ScheduleEntry(
                        name: rows.cell(0).string ?? "", pattern: rows.cell(1).string ?? "", zone: rows.cell(2).string ?? "",
                        nextAt: rows.cell(3).instant ?? .earliest, lastAt: rows.cell(4).instant))
            }
            return schedules
        }
    }
}

extension Cell {
    var instant: Instant? {
        if case .datetime(let instant) = ColumnType.datetime.value(self) { instant } else { nil }
    }
}
