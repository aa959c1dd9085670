import Metadata
import SQL
import Values

extension WriteScope {
    /// Inserts new records; of old ones, writes the columns that changed.
    func store(_ changes: [Change], of object: ObjectModel, _ kind: Change.Kind) async throws {
        if kind == .create {
            try await insert(object.insertion, try changes.map { try object.binds($0.new, engine.cipher) })
            existing.formUnion(changes.map(\.id))
            return
        }
        var byColumns: [[Int]: [[Bind]]] = [:]
        for change in changes {
            let changed = object.columns.indices.filter { change.changed(at: object.columns[$0].position) }
            let binds = try changed.map { try object.bind(change.new, object.columns[$0], engine.cipher) }
            byColumns[changed, default: []].append(binds + [.id(change.id)])
            parents[change.id] = nil
        }
        for (columns, binds) in byColumns where !columns.isEmpty {
            let columns = columns.map { (object.columns[$0].name, object.columns[$0].type) }
            try await update(statements.alteration(of: object.definition.name, columns: columns), binds)
        }
    }
}
