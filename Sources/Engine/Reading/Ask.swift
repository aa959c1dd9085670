import Metadata
import ObjectQL
import SQL
import Storage
package import Values

extension Engine {
    /// Answers a query's text: `SELECT` with a page of records, `EXPLAIN` with a plan, `FIND` with what was found.
    ///
    /// - Parameter binds: the values for `:name` in the text.
    package func ask(_ text: String, binds: JSON.Members = [:], as session: Session) async throws -> Answer {
        try await current {
            switch try question(text, binds: binds, as: session) {
            case .records(let plan, let arguments): return try await read(plan, as: session, arguments: arguments)
            case .explanation(let plan, let arguments): return try await explain(plan, as: session, arguments: arguments)
            case .finds(let find): return try await self.find(find, text, binds, as: session)
            }
        }
    }

    /// `{"found": [{"object": "Account", "records": [...]}]}`, the best finds of each object first.
    private func find(_ find: Find, _ text: String, _ binds: JSON.Members, as session: Session) async throws -> Answer {
        let queries = find.queries.isEmpty ? searchable(find, session) : find.queries
        var (found, left, count) = ([JSON](), find.limit ?? .max, 0)
        for query in queries where left > 0 {
            let answer = try await read(try plan(query, text, binds, session), as: session)
            let records = answer.records.prefix(left)
            found.append([
                "object": .string(model.registry.object(query.object)?.name ?? query.object), "records": .array(Array(records)),
            ])
            (left, count) = (left - records.count, count + records.count)
        }
        return Answer(body: Array(JSON.object(["found": .array(found)]).description.utf8), count: count, version: nil)
    }

    private func plan(
        _ query: Query, _ text: String, _ binds: JSON.Members, _ session: Session
    ) throws(Problem) -> CompiledQuery {
        do throws(QueryProblem) { return try plan(try query.binding(binds), as: session, model) } catch {
            throw Problem(error.located(in: text))
        }
    }

    /// A query for every object in which such fields can be searched.
    private func searchable(_ find: Find, _ session: Session) -> [Query] {
        model.registry.objects.compactMap { object in
            let query = find.query(of: object.name)
            return (try? plan(query, as: session, model)) == nil ? nil : query
        }
    }
}

extension Engine {
    /// `{"sql", "plan", "indexes", "scans", "cost"}`: how the database would answer, as it says itself.
    private func explain(_ plan: CompiledQuery, as session: Session, arguments: [String: Bind]) async throws -> Answer {
        let prefix = database.dialect == .sqlite ? "EXPLAIN QUERY PLAN " : "EXPLAIN "
        var statement = try session.fill(plan.statement, arguments: arguments)
        statement = Statement(sql: prefix + statement.sql, binds: statement.binds)
        let column = database.dialect == .sqlite ? 3 : 0
        let lines = try await database.read(
            statement, lane: .short, freshness: session.freshness, deadline: .after(settings.readDeadline)
        ) { rows in
            var lines: [String] = []
            while try rows.next() { lines.append(rows.cell(column).string ?? "") }
            return lines
        }
        return Answer(body: Array(explanation(plan, lines).description.utf8), count: lines.count, version: nil)
    }

    private func explanation(_ plan: CompiledQuery, _ lines: [String]) -> JSON {
        let words = lines.map { $0.split(separator: " ").map(String.init) }
        let indexes = words.compactMap(\.index)
        let scans = words.compactMap(\.scan)
        return [
            "sql": .string(plan.statement.sql), "plan": .array(lines.map(JSON.string)),
            "indexes": .array(Array(Set(indexes)).sorted().map(JSON.string)), "scans": .array(scans.map(JSON.string)),
            "cost": ["records": .number(Number(plan.cost.records)), "tables": .number(Number(plan.cost.tables))],
        ]
    }
}

/// The words of a line of a database's plan.
extension [String] {
    /// `SEARCH t0 USING INDEX name (...)`; `-> Index Scan using "name" on ...`, `-> Bitmap Index Scan on "name"`.
    fileprivate var index: String? {
        if let name = word(after: "INDEX") { return name }
        return contains("Index") ? word(after: "using") ?? word(after: "on") : nil
    }

    /// `SCAN t0`; `-> Seq Scan on "Account" t0`.
    fileprivate var scan: String? { first == "SCAN" ? word(after: "SCAN") : contains("Seq") ? word(after: "on") : nil }

    private func word(after other: String) -> String? {
        firstIndex(of: other).flatMap { dropFirst($0 + 1).first }?.replacing("\"", with: "")
    }
}
