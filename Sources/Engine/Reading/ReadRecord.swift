import Metadata
import ObjectQL
import SQL
import Storage
package import Values

extension Engine {
    /// One record, as a flat JSON object.
    ///
    /// - Parameter fields: what it holds, parents by path; empty for all that the session may read.
    package func record(_ object: String, id: String, fields: FieldList = [], as session: Session) async throws -> Answer {
        try await current {
            let model = self.model
            let definition = try model.object(object, for: session.access).definition
            guard let id = RecordID.canonical(id) else { throw Problem.notFound(definition.name, id) }
            let plan = try plan(.record(object: definition.name, fields: fields), as: session, model)
            let statement = try session.fill(plan.statement, arguments: ["id": .id(id)])
            let page = try await database.read(
                statement, lane: .short, freshness: session.freshness, deadline: .after(settings.readDeadline)
            ) { rows in
                try PageWriter(plan, self).page(&rows)
            }
            guard page.count == 1 else { throw Problem.notFound(definition.name, id) }
            return Answer(body: page.records, count: 1, version: page.version)
        }
    }

    /// The changes of a record, the newest first: `[{"at", "user": {"Id", "Name"}, "kind", "version", "before", "after"}]`.
    ///
    /// A record that may not be seen has no history; a field that may not be seen is left out.
    package func history(_ object: String, id: String, as session: Session, limit: Int = 200) async throws -> JSON {
        let definition = try model.object(object, for: session.access).definition
        _ = try await record(object, id: id, fields: ["Id"], as: session)
        guard let id = RecordID.canonical(id) else { throw Problem.notFound(definition.name, id) }
        return try await problems {
            let entries = try await database.read(
                RowStatements(database.dialect).history(of: id, limit: limit), lane: .short, freshness: session.freshness,
                deadline: .after(settings.readDeadline)
            ) { rows in
                var entries: [JSON] = []
                while try rows.next() { entries.append(entry(rows) { self.mayRead($0, of: definition, session) }) }
                return entries
            }
            return .array(entries)
        }
    }

    private func mayRead(_ name: String, of object: ObjectDefinition, _ session: Session) -> Bool {
        object.field(name).map { session.access.mayRead($0, of: object) } ?? true
    }
}

private func entry(_ rows: any Rows, _ mayRead: (String) -> Bool) -> JSON {
    func values(_ index: Int) -> JSON {
        guard case .json(.object(let members)) = ColumnType.json.value(rows.cell(index)) else { return .null }
        var seen = JSON.Members()
        for (name, value) in members where mayRead(name) { seen.append(name, value) }
        return .object(seen)
    }
    return [
        "at": ColumnType.datetime.value(rows.cell(0)).json,
        "user": ["Id": .string(rows.cell(1).string ?? ""), "Name": rows.cell(2).string.map(JSON.string) ?? .null],
        "kind": .string(rows.cell(3).string ?? ""), "version": .number(Number(Int(rows.cell(4).integer ?? 0))),
        "before": values(5), "after": values(6),
    ]
}
