package import Metadata
import SQL
package import Values

// Queries that the metadata stores under a name.

extension SavedQuery {
    /// The name of a value that it takes, in the order of the text; required where it says nothing of its own.
    package typealias Variable = (name: String, standard: JSON?)

    package func question() throws(QueryProblem) -> TextQuery { try TextQuery(soql: text) }

    package var variables: [Variable] {
        let names = (try? TextQuery.variables(of: text)) ?? []
        return names.map { ($0, defaults[$0]) }
    }

    /// The values for its names: those that are given, else its own.
    ///
    /// - Throws: a problem where a value is given for a name that it does not have.
    package func values(_ given: JSON.Members) throws(QueryProblem) -> JSON.Members {
        let known = variables.map(\.name)
        var values = defaults
        for (name, value) in given {
            guard known.contains(name) else {
                throw QueryProblem(
                    unknown: "unknown_bind", "The query \(self.name) reads no :\(name)", name, among: known,
                    at: Place("binds")[name])
            }
            values[name] = value
        }
        return values
    }
}

extension Registry {
    /// Every mistake in the saved queries, at its place in their files.
    package func mistakesInQueries() -> [Diagnostic] {
        queries.flatMap { saved in
            let mistake: Diagnostic?
            do throws(QueryProblem) {
                try saved.check(in: QueryScope(registry: self))
                mistake = nil
            } catch { mistake = saved.diagnostic(error.located(in: saved.text)) }
            return [mistake].compactMap(\.self) + saved.defaultsWithoutName
        }
    }
}

extension SavedQuery {
    fileprivate func check(in scope: QueryScope) throws(QueryProblem) {
        let question = try question()
        if case .query(let query) = question, let object = scope.registry.object(query.object),
            let view = object.listViews.first(where: { $0.name.caseInsensitiveEquals(name) })
        {
            throw QueryProblem(
                "malformed", "\(object.name) has a list view \(view.name): nobody could tell them apart", at: query.place,
                hint: "Give the query another name")
        }
        try question.check(in: scope, values: defaults)
    }

    fileprivate func diagnostic(_ problem: QueryProblem) -> Diagnostic {
        let hint = problem.hint.map { " (\($0))" } ?? ""
        let place = problem.location.map { self.place(line: $0.line, column: $0.column) } ?? location
        return Diagnostic(.error, "query \(name): \(problem.message)\(hint)", at: place)
    }

    fileprivate var defaultsWithoutName: [Diagnostic] {
        guard let names = try? TextQuery.variables(of: text) else { return [] }
        return defaults.names.filter { !names.contains($0) }.map { name in
            Diagnostic(
                .error, "query \(self.name) reads no :\(name)\(hint(for: name, among: names))",
                at: defaultPlaces[name] ?? location)
        }
    }
}

extension TextQuery {
    /// The names of the values that a text takes, each once.
    package static func variables(of text: String) throws(QueryProblem) -> [String] {
        var names: [String] = []
        _ = try TextParser.read(text) { parser throws(QueryProblem) in
            let question = try parser.question()
            for name in parser.variables where !names.contains(name) { names.append(name) }
            return question
        }
        return names
    }

    /// Looks for everything that can be wrong with it, whatever values are given with it later.
    ///
    /// - Parameter values: those that are known already.
    package func check(in scope: QueryScope, values: JSON.Members = [:]) throws(QueryProblem) {
        switch self {
        case .query(let query), .explain(let query): try query.check(in: scope, values)
        case .find(let find):
            for query in find.queries { try query.check(in: scope, values) }
        }
    }
}

extension Query {
    fileprivate func check(in scope: QueryScope, _ values: JSON.Members) throws(QueryProblem) {
        do throws(QueryProblem) { try binding(values).compile(in: scope) } catch {
            guard error.code == "missing_bind" else { throw error }
            do throws(QueryProblem) { try compile(in: scope) } catch { if error.code != "missing_bind" { throw error } }
        }
    }

    private func compile(in scope: QueryScope) throws(QueryProblem) { _ = try resolve(in: scope).compile(.sqlite) }
}
