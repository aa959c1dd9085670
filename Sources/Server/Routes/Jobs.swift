import Engine
import HTTPTypes
import Hummingbird
import Jobs
import Values

extension Route {
    static let jobs = [
        listJobs, listDeadJobs, retryDeadJobs, listQueues, pauseQueue, resumeQueue, pauseKind, resumeKind, listWorkers,
        listSchedules, readJob, retryJob, cancelJob,
    ]

    static let listJobs = Route(
        .get, "/api/jobs", "listJobs", "Lists the jobs that wait, run or are dead, the oldest first",
        parameters: [.jobState] + .jobPage, gives: .ok(.named("Jobs"))
    ) { call in try await call.jobs(state: call.jobState) }

    static let listDeadJobs = Route(
        .get, "/api/jobs/dead", "listDeadJobs", "Lists the jobs that failed for good, the oldest first", parameters: .jobPage,
        gives: .ok(.named("Jobs"))
    ) { call in try await call.jobs(state: .dead) }

    static let retryDeadJobs = Route(
        .post, "/api/jobs/dead/retry", "retryDeadJobs", "Has up to 1000 dead jobs run again, the oldest first",
        parameters: [.jobKind, .jobQueue], gives: .ok(.named("RetriedJobs"))
    ) { call in
        let count = try await call.engine.jobs.retryDead(kind: call.parameter("kind"), queue: call.parameter("queue"))
        return .json(["retried": .number(Number(count))])
    }

    static let readJob = Route(
        .get, "/api/jobs/{id}", "readJob", "Reads a job", gives: .ok(.named("Job")), problems: [404]
    ) { call in .json(try await call.engine.jobs.job(call.id).json) }

    static let retryJob = Route(
        .post, "/api/jobs/{id}/retry", "retryJob", "Has a dead job, or one between two attempts, run at once",
        gives: .ok(.named("Job")), problems: [404, 409]
    ) { call in
        let job = try await call.engine.jobs.retry(call.id)
        return .json(job.json)
    }

    static let cancelJob = Route(
        .post, "/api/jobs/{id}/cancel", "cancelJob", "Removes a waiting or dead job; has a running one end",
        gives: .ok(.named("CancelledJob")), problems: [404]
    ) { call in
        let isGone = try await call.engine.jobs.cancel(call.id)
        return .json(["id": .string(call.id), "status": isGone ? "cancelled" : "cancelling"])
    }

    static let listQueues = Route(
        .get, "/api/jobs/queues", "listQueues", "Lists the queues and their kinds of jobs, with their numbers",
        gives: .ok(.named("Queues"))
    ) { call in .json(try await QueueBoard(call).json) }

    static let pauseQueue = Route(
        .post, "/api/jobs/queues/{queue}/pause", "pauseQueue", "Has no job of a queue begun", gives: .ok(.named("PausedJobs")),
        problems: [404]
    ) { call in try await call.hold(.queue(QueueBoard(call).queue(call.part("queue"))), isPaused: true) }

    static let resumeQueue = Route(
        .post, "/api/jobs/queues/{queue}/resume", "resumeQueue", "Lets a paused queue go on", gives: .ok(.named("PausedJobs")),
        problems: [404]
    ) { call in try await call.hold(.queue(QueueBoard(call).queue(call.part("queue"))), isPaused: false) }

    static let pauseKind = Route(
        .post, "/api/jobs/kinds/{kind}/pause", "pauseKind", "Has no job of a kind begun", gives: .ok(.named("PausedJobs")),
        problems: [404]
    ) { call in try await call.hold(.kind(QueueBoard(call).kind(call.part("kind"))), isPaused: true) }

    static let resumeKind = Route(
        .post, "/api/jobs/kinds/{kind}/resume", "resumeKind", "Lets a paused kind of jobs go on",
        gives: .ok(.named("PausedJobs")), problems: [404]
    ) { call in try await call.hold(.kind(QueueBoard(call).kind(call.part("kind"))), isPaused: false) }

    static let listWorkers = Route(
        .get, "/api/jobs/workers", "listWorkers", "Lists the workers, with what each runs", gives: .ok(.named("Workers"))
    ) { call in
        .json(["workers": .array(try await call.engine.jobs.workers().map(\.json))])
    }

    static let listSchedules = Route(
        .get, "/api/jobs/schedules", "listSchedules", "Lists what is enqueued again and again, and when next",
        gives: .ok(.named("Schedules"))
    ) { call in
        .json(["schedules": .array(try await call.engine.jobs.schedules().map(\.json))])
    }
}

extension Call {
    fileprivate var jobState: Job.State? {
        get throws(Problem) {
            guard let text = parameter("state") else { return nil }
            if let state = Job.State(rawValue: text) { return state }
            let names = Job.State.allCases.map(\.rawValue)
            throw .badParameter("state", "\(text) is none of \(names.joined(separator: ", "))\(hint(for: text, among: names))")
        }
    }

    fileprivate func jobs(state: Job.State?) async throws -> Response {
        let filter = JobFilter(state: state, kind: parameter("kind"), queue: parameter("queue"))
        let limit = try count("limit", standard: 50, most: 1000)
        if let cursor = parameter("cursor"), RecordID.canonical(cursor) == nil {
            throw Problem.badParameter("cursor", "it is not the nextCursor of a page before")
        }
        let jobs = try await engine.jobs.jobs(filter, after: parameter("cursor"), limit: limit)
        let next = jobs.count == limit ? jobs.last.map { JSON.string($0.id) } : nil
        return .json(["jobs": .array(jobs.map(\.json)), "nextCursor": next ?? .null])
    }

    fileprivate func hold(_ line: JobLine, isPaused: Bool) async throws -> Response {
        isPaused ? try await engine.jobs.pause(line) : try await engine.jobs.resume(line)
        return switch line {
        case .queue(let name): .json(["queue": .string(name), "paused": .bool(isPaused)])
        case .kind(let name): .json(["kind": .string(name), "paused": .bool(isPaused)])
        }
    }
}

extension [Route.Parameter] {
    fileprivate static let jobPage: [Route.Parameter] = [
        .jobKind, .jobQueue, .limit(standard: 50, most: 1000),
        .init("cursor", "The nextCursor of the page before", ["type": "string", "format": "uuid"]),
    ]
}

extension Route.Parameter {
    fileprivate static let jobState = Route.Parameter(
        "state", "Only jobs in this state", ["type": "string", "enum": .texts(Job.State.allCases.map(\.rawValue))])
    fileprivate static let jobKind = Route.Parameter("kind", "Only jobs of this kind", ["type": "string"])
    fileprivate static let jobQueue = Route.Parameter("queue", "Only jobs of this queue", ["type": "string"])
}
