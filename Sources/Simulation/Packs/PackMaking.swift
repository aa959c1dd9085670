import Engine
package import Jobs
import SQL
import Storage
package import Values

/// Has a pack written: question by question, each answer kept before the next is asked for, so that whoever goes on pays for nothing
/// twice.
struct PackMaking {
    let simulations: Simulations
    let writer: any PackWriter
    /// The most tokens that the pack may cost.
    let budget: Int
    let job: JobRun

    func make(_ key: String) async throws {
        guard var entry = try await simulations.packEntry(key), entry.hash == nil else { return }
        guard entry.order.key == key else { throw JobFailure("Another version of this program has asked for it", .never) }
        guard entry.order.writer == writer.name else {
            throw JobFailure("\(entry.order.writer) is to write it, and here \(writer.name) is set up", .after(.seconds(300)))
        }
        let blank = try Blank(entry.order)
        while let page = entry.draft.page(blank), entry.draft.tokens + page.cost <= budget {
            job.report(done: entry.draft.words.count, of: entry.slots)
            do {
                entry.draft.take(try await writer.write(page), blank)
            } catch let failure as WriterFailure {
                try await bear(failure, &entry, key, blank)
            }
            try await keep(&entry, key, error: nil)
        }
        try await finish(&entry, key, blank)
    }

    /// An answer of no use is an answer; whatever else went wrong, the queue tries again, or shows why not.
    private func bear(_ failure: WriterFailure, _ entry: inout PackEntry, _ key: String, _ blank: Blank) async throws {
        if failure.kind == .unusable { return entry.draft.takeNothing(failure, blank) }
        entry.draft.pay(failure.tokens)
        try await keep(&entry, key, error: failure.description)
        throw JobFailure(failure)
    }

    private func finish(_ entry: inout PackEntry, _ key: String, _ blank: Blank) async throws {
        if let error = shortfall(entry, blank) {
            try await keep(&entry, key, error: error)
            throw JobFailure(error, .never)
        }
        let pack = blank.pack(entry.draft.words)
        let (keep, change) = (
            simulations.keep(pack), simulations.packs.change(key, at: entry.version, to: [("Hash", .text(pack.hash))])
        )
        let job = job
        try await simulations.problems {
            try await simulations.engine.database.transaction(deadline: deadline) { connection in
                try await job.finish(on: connection)
                try await connection.run(keep)
                guard try await connection.run(change) == 1 else { throw JobProblem.lost(id: job.job.id) }
            }
        }
    }

    /// Why there is no pack of what was written. A pack is kept for good: a bad day of the model's is not.
    private func shortfall(_ entry: PackEntry, _ blank: Blank) -> String? {
        let draft = entry.draft
        if draft.words.count * 2 >= entry.slots { return nil }
        let missing = "only \(draft.words.count) of \(entry.slots) slots hold words that can be used"
        return draft.page(blank) == nil
            ? "After all repairs \(missing)"
            : "Its \(budget) tokens are used up (\(draft.tokens)), and \(missing): MARTLET_AI_PACK_TOKENS allows for more"
    }

    private func keep(_ entry: inout PackEntry, _ key: String, error: String?) async throws {
        let change = simulations.packs.change(
            key, at: entry.version,
            to: [("Draft", .json(entry.draft.json.description)), ("Error", error.map { .text($0) } ?? .null)])
        let isKept = try await simulations.problems {
            try await simulations.engine.database.transaction(deadline: deadline) { try await $0.run(change) == 1 }
        }
        guard isKept else { throw JobProblem.lost(id: job.job.id) }
        entry.version += 1
    }

    private var deadline: Deadline { .after(simulations.engine.settings.writeDeadline) }
}

/// What a job carries that has a pack written.
package struct PackErrand: JobPayload {
    let key: String

    init(_ key: String) { self.key = key }

    package init(json: JSON) throws {
        guard let key = json["pack"]?.string else { throw JobFailure("It names no pack", .never) }
        self.key = key
    }

    package var json: JSON { ["pack": .string(key)] }

    var jobKey: String { "pack:" + key }

    /// Of the attempts, one is taken by each outage; what was written before it is kept.
    package static let kind = JobKind<PackErrand>(
        "simulation.pack", queue: "personas", attempts: 10, timeout: .seconds(1800),
        backoff: Backoff(first: .seconds(5), longest: .seconds(600)))
}

extension NewJob {
    static func pack(_ order: PackOrder) -> NewJob {
        let errand = PackErrand(order.key)
        return NewJob(PackErrand.kind, errand, key: errand.jobKey)
    }
}

extension JobFailure {
    fileprivate init(_ failure: WriterFailure) {
        switch failure.kind {
        case .passing(let wait?): self.init(failure.description, .after(wait))
        case .passing(nil), .unusable: self.init(failure.description)
        case .closed: self.init(failure.description, .never)
        }
    }
}
