import Metadata
import ObjectQL
import Storage
import Synchronization
import Values

/// Compiled queries by what they were compiled from. What depends on the moment is bound late, so a plan serves every session
/// with the same rights.
final class PlanCache: Sendable {
    struct Key: Hashable {
        let query: Query
        let rights: String
        let zone: Zone
    }

    private let plans = Mutex<[Key: CompiledQuery]>([:])
    private static let capacity = 512

    func plan(_ key: Key) -> CompiledQuery? { plans.withLock { $0[key] } }

    /// Keeps a plan. A full cache starts anew: what is asked for often is soon back.
    func keep(_ plan: CompiledQuery, for key: Key) {
        plans.withLock { plans in
            if plans.count >= PlanCache.capacity { plans.removeAll(keepingCapacity: true) }
            plans[key] = plan
        }
    }

    func clear() { plans.withLock { $0.removeAll() } }
}

extension Engine {
    /// The compiled form of a query for a session's rights.
    func plan(_ query: Query, as session: Session, _ model: Model) throws(QueryProblem) -> CompiledQuery {
        let key = PlanCache.Key(query: query, rights: session.access.identity, zone: session.zone)
        // A cursor makes each page another query; those are not worth keeping.
        if query.cursor == nil, let plan = plans.plan(key) { return plan }
        let scope = QueryScope(
            registry: model.registry, access: session.access, limits: settings.limits, zone: session.zone,
            calendar: session.calendar)
        let plan = try query.resolve(in: scope).compile(database.dialect, seal: seal.sign)
        if query.cursor == nil, registry.version == model.registry.version { plans.keep(plan, for: key) }
        return plan
    }
}
