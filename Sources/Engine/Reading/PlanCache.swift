import Metadata
package import ObjectQL
package import SQL
import Storage
import Synchronization
package import Values

/// A model's compiled queries by what they were compiled from. What depends on the moment is bound late, so a plan serves every session
/// with the same rights.
final class PlanCache: Sendable {
    enum Subject: Hashable, Sendable {
        case query(Query)
        /// The later pages of a query, by which keys of their cursor are null.
        case pages(Query, nulls: [Bool])
        /// A record by its id: told by names, so that a read by key need not even make its query.
        case record(object: String, fields: FieldList)
    }

    struct Key<Subject: Hashable & Sendable>: Hashable, Sendable {
        let subject: Subject
        let rights: String
        let zone: Zone

        init(_ subject: Subject, _ session: Session) {
            (self.subject, rights, zone) = (subject, session.access.identity, session.zone)
        }
    }

    /// What a text asks and, where that is the same whatever values are given with it, its plan.
    struct Prepared: Sendable {
        let question: TextQuery
        var plan: CompiledQuery?
    }

    private let plans = Mutex<[Key<Subject>: CompiledQuery]>([:])
    private let texts = Mutex<[Key<String>: Prepared]>([:])
    private static let capacity = 512
    /// Longer texts, in bytes, are read anew each time.
    private static let longestText = 10_000

    func plan(_ key: Key<Subject>) -> CompiledQuery? { plans.withLock { $0[key] } }
    func prepared(_ key: Key<String>) -> Prepared? { texts.withLock { $0[key] } }

    func keep(_ plan: CompiledQuery, for key: Key<Subject>) { plans.withLock { PlanCache.keep(plan, for: key, in: &$0) } }

    func keep(_ prepared: Prepared, for key: Key<String>) {
        guard key.subject.utf8.count <= PlanCache.longestText else { return }
        texts.withLock { PlanCache.keep(prepared, for: key, in: &$0) }
    }

    /// A full cache starts anew: what is asked for often is soon back.
    private static func keep<Subject, Content: Sendable>(
        _ content: Content, for key: Key<Subject>, in contents: inout [Key<Subject>: Content]
    ) {
        if contents.count >= PlanCache.capacity { contents.removeAll(keepingCapacity: true) }
        contents[key] = content
    }
}

extension Engine {
    /// What a text asks, with everything found that can be wrong with it.
    package enum Question: Sendable {
        case records(CompiledQuery, [String: Bind])
        case explanation(CompiledQuery, [String: Bind])
        case finds(Find)
    }

    /// Reads and compiles a text, or finds again what was made of it before: all that `ask` does before it goes to the database.
    ///
    /// - Parameter binds: the values for `:name` in the text.
    package func question(_ text: String, binds: JSON.Members = [:], as session: Session) throws(Problem) -> Question {
        do throws(QueryProblem) {
            let prepared = try prepared(text, as: session)
            let (query, isExplained): (Query, Bool)
            switch prepared.question {
            case .find(let find): return .finds(find)
            case .query(let asked): (query, isExplained) = (asked, false)
            case .explain(let asked): (query, isExplained) = (asked, true)
            }
            if let plan = prepared.plan, let arguments = plan.arguments(binds) {
                return isExplained ? .explanation(plan, arguments) : .records(plan, arguments)
            }
            let plan = try plan(try query.binding(binds), as: session, model)
            return isExplained ? .explanation(plan, [:]) : .records(plan, [:])
        } catch { throw Problem(error.located(in: text)) }
    }

    private func prepared(_ text: String, as session: Session) throws(QueryProblem) -> PlanCache.Prepared {
        let (key, model) = (PlanCache.Key(text, session), model)
        if let known = model.plans.prepared(key) { return known }
        var prepared = PlanCache.Prepared(question: try TextQuery(soql: text))
        switch prepared.question {
        // A cursor makes each page another text: what is kept is the plan.
        case .query(let query) where query.cursor != nil:
            prepared.plan = try? plan(query, as: session, model)
            return prepared
        // What cannot be compiled yet needs its values first; what never can is refused when it has them.
        case .query(let query), .explain(let query): prepared.plan = try? compile(query, as: session, model)
        case .find: break
        }
        model.plans.keep(prepared, for: key)
        return prepared
    }

    /// The compiled form of a query for a session's rights.
    func plan(_ query: Query, as session: Session, _ model: Model) throws(QueryProblem) -> CompiledQuery {
        guard let cursor = query.cursor else { return try plan(.query(query), as: session, model) }
        let start = try Cursor(cursor, seal: seal.sign)
        var first = query
        first.cursor = nil
        return try plan(.pages(first, nulls: start.nulls), as: session, model, of: query, after: start).continued(after: start)
    }

    /// The compiled form of a subject.
    ///
    /// - Parameter query: what it is compiled from, where the subject does not say that itself.
    func plan(
        _ subject: PlanCache.Subject, as session: Session, _ model: Model, of query: Query? = nil, after start: Cursor? = nil
    ) throws(QueryProblem) -> CompiledQuery {
        let key = PlanCache.Key(subject, session)
        if let plan = model.plans.plan(key) { return plan }
        let plan: CompiledQuery
        switch subject {
        case .query(let asked): plan = try compile(asked, as: session, model)
        case .pages(let first, _): plan = try compile(query ?? first, as: session, model, after: start)
        case .record(let object, let fields): plan = try compile(recordOf: object, fields.names, as: session, model)
        }
        model.plans.keep(plan, for: key)
        return plan
    }

    /// Of a record by the id that is given as the argument `id`. Where many records are asked for, PostgreSQL is asked for some together.
    private func compile(
        recordOf object: String, _ fields: [String], as session: Session, _ model: Model
    ) throws(QueryProblem) -> CompiledQuery {
        var plan = try compile(Query(recordOf: object, id: "id", fields: fields), as: session, model)
        if database.dialect == .postgres {
            let list = try compile(Query(recordsOf: object, ids: "id", fields: fields), as: session, model)
            plan.allowSeveral(by: list, id: "id")
        }
        return plan
    }

    private func compile(
        _ query: Query, as session: Session, _ model: Model, after start: Cursor? = nil
    ) throws(QueryProblem) -> CompiledQuery {
        try query.resolve(in: scope(of: session, model)).compile(database.dialect, after: start)
    }

    func scope(of session: Session, _ model: Model) -> QueryScope {
        QueryScope(
            registry: model.registry, access: session.access, limits: settings.limits, zone: session.zone,
            calendar: session.calendar, organization: settings.organization, currency: settings.currency)
    }
}
