import Engine
import Jobs
import Values

extension Job {
    var json: JSON {
        [
            "id": .string(id), "kind": .string(kind), "queue": .string(queue), "priority": .string("\(priority)"),
            "state": .string(state.rawValue), "payload": payload, "key": JSON(optional: key), "runAt": .string(runAt.description),
            "attempt": .number(Number(attempt)), "attempts": .number(Number(attempts)), "worker": JSON(optional: owner),
            "enqueuedAt": .string(enqueuedAt.description), "startedAt": JSON(optional: startedAt?.description),
            "error": JSON(optional: error), "progress": progress.json, "cancelling": .bool(isCancelled),
        ]
    }
}

extension JobProgress {
    fileprivate var json: JSON {
        if done == nil && total == nil && note == nil { return .null }
        return [
            "done": done.map { .number(Number($0)) } ?? .null, "total": total.map { .number(Number($0)) } ?? .null,
            "note": JSON(optional: note),
        ]
    }
}

extension WorkerEntry {
    var json: JSON {
        [
            "id": .string(id), "name": .string(name), "startedAt": .string(startedAt.description),
            "seenAt": .string(seenAt.description), "jobs": .number(Number(jobs)),
        ]
    }
}

extension ScheduleEntry {
    var json: JSON {
        [
            "name": .string(name), "pattern": .string(pattern), "zone": .string(zone), "nextAt": .string(nextAt.description),
            "lastAt": JSON(optional: lastAt?.description),
        ]
    }
}

extension JSON {
    fileprivate init(optional text: String?) { self = text.map(JSON.string) ?? .null }
}

extension Problem {
    /// What the queue's refusals mean to the caller.
    init(_ problem: JobProblem) {
        switch problem {
        case .notFound: self.init(.notFound, "unknown_job", "\(problem)", hint: "GET /api/jobs lists the jobs there are")
        case .running:
            self.init(.conflict, "job_running", "\(problem)", hint: "Wait for its end, or cancel it first")
        case .keyTaken: self.init(.conflict, "job_key_taken", "\(problem)", hint: "Cancel this job: the other does its work")
        case .payloadTooLarge: self.init(.tooLarge, "payload_too_large", "\(problem)")
        case .lost: self.init(.failure, "job_lost", "\(problem)")
        }
    }
}
