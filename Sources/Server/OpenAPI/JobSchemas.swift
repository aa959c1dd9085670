import Jobs
import Values

extension OpenAPI {
    static let jobSchemas: JSON.Members = [
        "Job": object(
            [
                "id": text, "kind": text, "queue": text, "priority": oneOf(JobPriority.allCases.map { "\($0)" }),
                "state": oneOf(Job.State.allCases.map(\.rawValue)),
                "payload": ["description": "What the job carries; its kind says what that is"], "key": nullableText,
                "runAt": moment, "attempt": integer, "attempts": integer, "worker": nullableText, "enqueuedAt": moment,
                "startedAt": ["type": ["string", "null"], "format": "date-time"], "error": nullableText,
                "progress": [
                    "type": ["object", "null"],
                    "properties": [
                        "done": ["type": ["integer", "null"]], "total": ["type": ["integer", "null"]], "note": nullableText,
                    ],
                ],
                "cancelling": boolean,
            ],
            required: ["id", "kind", "queue", "priority", "state", "payload", "runAt", "attempt", "attempts", "enqueuedAt"]),
        "Jobs": object(["jobs": list(reference("Job")), "nextCursor": nullableText], required: ["jobs", "nextCursor"]),
        "RetriedJobs": object(["retried": integer], required: ["retried"]),
        "CancelledJob": object(["id": text, "status": oneOf(["cancelled", "cancelling"])], required: ["id", "status"]),
        "PausedJobs": object(["queue": text, "kind": text, "paused": boolean], required: ["paused"]),
        "Queues": object(
            ["queues": list(object(numbered.merging(["kinds": list(object(numbered, required: numbered.names))])))],
            required: ["queues"]),
        "Workers": object(
            ["workers": list(object(["id": text, "name": text, "startedAt": moment, "seenAt": moment, "jobs": integer]))],
            required: ["workers"]),
        "Schedules": object(
            [
                "schedules": list(
                    object([
                        "name": text, "pattern": text, "zone": text, "nextAt": moment,
                        "lastAt": ["type": ["string", "null"], "format": "date-time"],
                    ]))
            ],
            required: ["schedules"]),
    ]

    private static let numbered: JSON.Members = [
        "name": text, "paused": boolean, "waiting": integer, "running": integer, "dead": integer,
    ]
    private static let moment: JSON = ["type": "string", "format": "date-time"]
    private static func oneOf(_ names: [String]) -> JSON { ["type": "string", "enum": .texts(names)] }
}

extension JSON.Members {
    fileprivate func merging(_ others: JSON.Members) -> JSON.Members {
        var all = self
        for (name, value) in others { all[name] = value }
        return all
    }
}
