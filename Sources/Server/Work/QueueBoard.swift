import Engine
import Jobs
import Values

/// The queues and kinds there are: those the program knows, those that hold jobs, and those that are paused.
struct QueueBoard {
    private var queues: [String: Set<String>] = [:]
    private let counts: [JobCount]
    private let paused: Set<JobLine>

    init(_ call: Call) async throws {
        counts = try await call.engine.jobs.counts()
        paused = Set(try await call.engine.jobs.paused())
        for rules in call.shared.jobRules { queues[rules.queue, default: []].insert(rules.kind) }
        for count in counts { queues[count.queue, default: []].insert(count.kind) }
        for case .queue(let name) in paused { queues[name, default: []].formUnion([]) }
    }

    private var kinds: Set<String> {
        paused.reduce(into: queues.values.reduce(into: []) { $0.formUnion($1) }) { kinds, line in
            if case .kind(let name) = line { kinds.insert(name) }
        }
    }

    /// The name, if there is such a queue.
    func queue(_ name: String) throws(Problem) -> String { try known(name, "queue", Set(queues.keys)) }

    /// The name, if there is such a kind of jobs.
    func kind(_ name: String) throws(Problem) -> String { try known(name, "kind of jobs", kinds) }

    private func known(_ name: String, _ what: String, _ names: Set<String>) throws(Problem) -> String {
        if names.contains(name) { return name }
        throw Problem(
            .notFound, "unknown_\(what.prefix { $0 != " " })", "There is no \(what) \(name)",
            hint: suggestion(for: name, among: names.sorted()).map { "Did you mean \($0)?" }
                ?? "GET /api/jobs/queues lists what there is")
    }

    var json: JSON {
        [
            "queues": .array(
                queues.sorted { $0.key < $1.key }.map { queue, kinds in
                    var members = numbers { $0.queue == queue }
                    members["kinds"] = .array(
                        kinds.sorted().map { kind in entry(kind, .kind(kind)) { $0.kind == kind && $0.queue == queue } })
                    return .object(heading(queue, .queue(queue), members))
                })
        ]
    }

    private func entry(_ name: String, _ line: JobLine, _ isMeant: (JobCount) -> Bool) -> JSON {
        .object(heading(name, line, numbers(isMeant)))
    }

    private func heading(_ name: String, _ line: JobLine, _ more: JSON.Members) -> JSON.Members {
        var members: JSON.Members = ["name": .string(name), "paused": .bool(paused.contains(line))]
        for (name, value) in more { members[name] = value }
        return members
    }

    private func numbers(_ isMeant: (JobCount) -> Bool) -> JSON.Members {
        var members = JSON.Members()
        for state in Job.State.allCases {
            let count = counts.filter { isMeant($0) && $0.state == state }.reduce(0) { $0 + $1.count }
            members[state.rawValue] = .number(Number(count))
        }
        return members
    }
}
