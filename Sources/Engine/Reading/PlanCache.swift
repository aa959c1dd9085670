import Metadata
import ObjectQL
import Storage
import Synchronization
import Values

/// Compiled queries by what they were compiled from. What depends on the moment is bound late, so a plan serves every session
/// with the same rights.
final class PlanCache: Sendable {
    enum Subject: Hashable {
        case query(Query)
        /// A record by its id: told by names, so that a read by key need not even make its query.
        case record(object: String, fields: [String])
    }

    struct Key: Hashable {
        let subject: Subject
        let rights: String
        let zone: Zone
    }

    private let plans = Mutex<[Key: CompiledQuery]>([:])
    private let texts = Mutex<[String: TextQuery]>([:])
    private static let capacity = 512
    /// Longer texts, in bytes, are read anew each time.
    private static let longestText = 10_000

    func plan(_ key: Key) -> CompiledQuery? { plans.withLock { $0[key] } }

    /// Keeps a plan. A full cache starts anew: what is asked for often is soon back.
    func keep(_ plan: CompiledQuery, for key: Key) {
        plans.withLock { plans in
            if plans.count >= PlanCache.capacity { plans.removeAll(keepingCapacity: true) }
            plans[key] = plan
        }
    }

    /// What a text asks. Its form depends on nothing else, so that a text that was read before is not read again.
    func question(_ text: String) throws(QueryProblem) -> TextQuery {
        if let known = texts.withLock({ $0[text] }) { return known }
        let question = try TextQuery(soql: text)
        guard text.utf8.count <= PlanCache.longestText else { return question }
        texts.withLock { texts in
            if texts.count >= PlanCache.capacity { texts.removeAll(keepingCapacity: true) }
            texts[text] = question
        }
        return question
    }

    func clear() { plans.withLock { $0.removeAll() } }
}

extension Engine {
    /// The compiled form of a query for a session's rights.
    func plan(_ query: Query, as session: Session, _ model: Model) throws(QueryProblem) -> CompiledQuery {
        // A cursor makes each page another query; those are not worth keeping.
        if query.cursor != nil { return try compile(query, as: session, model) }
        return try plan(.query(query), as: session, model) { query }
    }

    /// The compiled form of a subject, compiled from what `query` makes where it is asked for the first time.
    func plan(
        _ subject: PlanCache.Subject, as session: Session, _ model: Model, _ query: () -> Query
    ) throws(QueryProblem) -> CompiledQuery {
        let key = PlanCache.Key(subject: subject, rights: session.access.identity, zone: session.zone)
        if let plan = plans.plan(key) { return plan }
        let plan = try compile(query(), as: session, model)
        if registry.version == model.registry.version { plans.keep(plan, for: key) }
        return plan
    }

    private func compile(_ query: Query, as session: Session, _ model: Model) throws(QueryProblem) -> CompiledQuery {
        let scope = QueryScope(
            registry: model.registry, access: session.access, limits: settings.limits, zone: session.zone,
            calendar: session.calendar, organization: settings.organization)
        return try query.resolve(in: scope).compile(database.dialect, seal: seal.sign)
    }
}
