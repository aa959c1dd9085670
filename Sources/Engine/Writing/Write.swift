import Jobs
import Metadata
import SQL
import Storage

extension Engine {
    /// The only way to change records: all of `requests` in one transaction, with everything that follows from them.
    ///
    /// With `allOrNone` the first refused request undoes all, and the others' results say so; without, each stands for itself.
    package func write(
        _ requests: [WriteRequest], as session: Session, options: WriteOptions = WriteOptions()
    ) async throws -> WriteOutcome {
        try await current {
            if let request = requests.first, isShared(requests, options) { return try await share(request, as: session) }
            do { return try await attempt(requests, session, options) } catch {
                guard options.idempotency != nil, Engine.isSettledByKey(error) else { throw error }
                return try await attempt(requests, session, options)
            }
        }
    }

    /// SQLite's writer has no way to go, and commits transactions together that stay apart.
    private func isShared(_ requests: [WriteRequest], _ options: WriteOptions) -> Bool {
        database.dialect == .postgres && requests.count == 1 && requests[0].isShareable && options.idempotency == nil
            && !options.explain
    }

    /// Whether a request with a key is to be tried once more, since the key tells what became of it the first time: it may have
    /// been refused because it came twice at the same time, and the other one was carried out; or a commit had no answer.
    private static func isSettledByKey(_ error: any Error) -> Bool {
        error as? StorageError == .uncertain || error is BatchProblem || (try? Problem.refusal(error)) != nil
    }

    func attempt(
        _ requests: [WriteRequest], _ session: Session, _ options: WriteOptions, deadline: Deadline? = nil
    ) async throws -> WriteOutcome {
        try await write(under: model, as: session, deadline: deadline, explain: options.explain) {
            try await $0.answer(requests, options)
        }
    }
}

extension WriteScope {
    /// The whole way of records of one object and one kind of change, in the order of execution that admins can rely on.
    func write(_ intents: [Intent], to object: ObjectModel, _ kind: Change.Kind) async throws -> [Change] {
        var changes = try await step("admit", "rights, values, defaults", object, intents.count) {
            try await admit(intents, to: object, kind)
        }
        try await validate(&changes, of: object)
        let before = changes
        try await runTriggers(before: true, kind, &changes, of: object)
        try await validate(&changes, of: object, since: before)
        try await checkRules(changes, of: object)
        try await step("store", kind.rawValue, object, changes.count) { try await store(changes, of: object, kind) }
        if kind == .undelete { try await restoreCompanions(of: changes) }
        try await runTriggers(before: false, kind, &changes, of: object)
        owed.note(changes, of: object)
        try await step("log", "change log", object, changes.count) { log(changes, of: object) }
        return changes
    }
}
