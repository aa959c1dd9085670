package import Metadata
import ObjectQL
package import Values

extension Engine {
    /// Answers a saved query.
    ///
    /// - Parameters:
    ///   - binds: the values for `:name` in its text; those that are missing are the query's own.
    ///   - limit: records of a page, where not as many as the query says.
    ///   - cursor: the place where the page before ended.
    package func ask(
        saved name: String, binds: JSON.Members = [:], limit: Int? = nil, cursor: String? = nil, as session: Session
    ) async throws -> Answer {
        guard let saved = registry.query(name) else { throw unknownQuery(name, session) }
        let values = try problem(of: saved, session) { () throws(QueryProblem) in try saved.values(binds) }
        do {
            guard limit != nil || cursor != nil else { return try await ask(saved.text, binds: values, as: session) }
            let query = try problem(of: saved, session) { () throws(QueryProblem) in
                guard case .query(var query) = try saved.question() else {
                    throw QueryProblem(
                        "bad_cursor", "The query \(saved.name) has no pages", path: cursor == nil ? "limit" : "cursor")
                }
                query.limit = limit ?? query.limit
                if limit != nil { query.limitArgument = nil }
                query.cursor = cursor ?? query.cursor
                return try query.binding(values)
            }
            return try await read(query, as: session)
        } catch let problem as Problem { throw usable(saved, problem, session) }
    }

    /// The saved queries that a session's rights suffice for.
    package func savedQueries(for session: Session) -> [SavedQuery] {
        registry.queries.filter { saved in
            let scope = scope(of: session, model)
            return (try? saved.question().check(in: scope)) != nil
        }
    }

    private func problem<Result>(
        of saved: SavedQuery, _ session: Session, _ body: () throws(QueryProblem) -> Result
    ) throws(Problem) -> Result {
        do throws(QueryProblem) { return try body() } catch { throw Problem(error.located(in: saved.text)) }
    }

    /// A saved query was found right when it was loaded: what it cannot find now is hidden from the caller, and not told.
    private func usable(_ saved: SavedQuery, _ problem: Problem, _ session: Session) -> Problem {
        let hidden = ["unknown_object", "unknown_field", "unknown_relationship", "unknown_view", "bad_operator"]
        return hidden.contains(problem.code) ? unknownQuery(saved.name, session) : problem
    }

    private func unknownQuery(_ name: String, _ session: Session) -> Problem {
        let names = savedQueries(for: session).map(\.name)
        return Problem(
            .notFound, "unknown_query", "There is no saved query \(name), or your rights do not suffice for it",
            hint: suggestion(for: name, among: names).map { "Did you mean \($0)?" }
                ?? (names.isEmpty ? nil : "There is: \(names.joined(separator: ", "))"))
    }
}
