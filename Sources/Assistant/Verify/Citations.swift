import Engine
import Metadata
import ObjectQL
import SQL
import Values

/// Checks citations against the database, as the session sees it now: the record exists, the field may be seen, the value stands there.
struct CitationCheck {
    let engine: Engine
    let session: Session

    /// Those that hold, with the value as it really stands there.
    func holding(_ citations: [Briefing.Citation]) async throws -> [Briefing.Citation] {
        let registry = engine.registry
        var wanted: [(object: ObjectDefinition, field: FieldDefinition, id: String, citation: Briefing.Citation)] = []
        for citation in citations {
            guard let object = registry.object(citation.object), session.access.mayRead(object),
                let field = object.field(citation.field),
                session.access.mayRead(field, of: object), let id = RecordID.canonical(citation.id)
            else { continue }
            wanted.append((object, field, id, citation))
        }
        var records: [String: JSON] = [:]
        for (object, group) in Dictionary(grouping: wanted, by: \.object.name).sorted(by: { $0.key < $1.key }) {
            records.merge(try await read(object, Set(group.map(\.id)), Set(group.map(\.field.name)))) { $1 }
        }
        return wanted.compactMap { wanted in
            guard let value = records[wanted.id]?[wanted.field.name], Self.agrees(wanted.citation.value, value) else {
                return nil
            }
            var citation = wanted.citation
            (citation.object, citation.id, citation.field, citation.value) = (
                wanted.object.name, wanted.id, wanted.field.name, value
            )
            return citation
        }
    }

    /// The records by their ids, in one query.
    private func read(_ object: String, _ ids: Set<String>, _ fields: Set<String>) async throws -> [String: JSON] {
        var query = Query(object: object)
        query.select = (["Id"] + fields.subtracting(["Id"]).sorted()).map { .term(.field(FieldPath($0)), as: nil, .top) }
        query.filter = .among(.field("Id"), ids.sorted().map { .value(.text($0)) }, .top)
        query.limit = ids.count
        let records = try await engine.read(query, as: session).records
        return Dictionary(records.compactMap { record in record["Id"]?.string.map { ($0, record) } }) { first, _ in first }
    }

    /// Whether what is cited is what stands there: numbers by their value, moments by their day, long texts by an excerpt.
    private static func agrees(_ cited: JSON, _ real: JSON) -> Bool {
        switch (cited, real) {
        case (.null, _), (_, .null): return false
        case (.string(let cited), .number(let real)): return Numerals.all(in: cited).first == real
        case (.string(let cited), .bool(let real)): return cited.lowercased() == (real ? "true" : "false")
        case (.string(let cited), .string(let real)):
            if cited == real || cited.trimmed == real.trimmed { return true }
            if Instant(real) != nil {
                return cited.count >= 10 && real.hasPrefix(cited.prefix(10)) && Day(cited.prefix(10)) != nil
            }
            let (cited, real) = (Vocabulary.flat(cited), Vocabulary.flat(PlainText.of(real)))
            return cited == real || cited.count >= 12 && real.contains(cited)
        default: return cited == real
        }
    }
}
