import Metadata
import SQL
import Storage
import Values

extension WriteScope {
    /// The stored records of those ids, in no order; unless said otherwise, nobody else changes them until the transaction ends.
    ///
    /// - Parameter deleted: nil for all, else only those that are (not) in the recycle bin.
    func records(of object: ObjectModel, ids: [String], deleted: Bool? = false, lock: RowLock? = .change) async throws -> [Record]
    {
        try await records(of: object, where: "Id", in: ids, deleted: deleted, lock: lock)
    }

    func records(
        of object: ObjectModel, where column: String, in keys: [String], deleted: Bool? = false, lock: RowLock? = .change
    ) async throws -> [Record] {
        if keys.isEmpty { return [] }
        let statement = statements.select(
            object.columnList, from: object.definition.name, where: column, in: keys, deleted: deleted, lock: lock)
        return try await rows(statement) { rows in
            var records: [Record] = []
            while try rows.next() { records.append(try object.record(rows, engine.cipher)) }
            return records
        }
    }

    /// Which of those ids exist outside of the recycle bin; they stay until the transaction ends.
    func existing(_ ids: Set<String>, of object: ObjectModel) async throws -> Set<String> {
        let unknown = ids.filter { !existing.contains($0) }
        if unknown.isEmpty { return ids }
        let statement = statements.select(
            ["Id"], from: object.definition.name, where: "Id", in: unknown.sorted(), deleted: false, lock: .keep)
        let found = try await rows(statement) { rows in
            var found: [String] = []
            while try rows.next() { if let id = rows.cell(0).string { found.append(id) } }
            return found
        }
        existing.formUnion(found)
        return ids.filter(existing.contains)
    }

    /// Asks at once for all parents that several requests name, which each set of them would ask for alone. Those that are made by an
    /// earlier request are not there yet.
    func findParents(of requests: [WriteRequest]) async throws {
        guard requests.count > 1 else { return }
        var named: [String: Set<String>] = [:]
        for request in requests {
            guard let values = request.values, let object = model.objects[request.object] else { continue }
            for position in object.lookups {
                let field = object.definition.fields[position]
                guard field.referenceTo.count == 1, let id = values[field.name]?.string.flatMap(RecordID.canonical) else {
                    continue
                }
                named[field.referenceTo[0], default: []].insert(id)
            }
        }
        for (name, ids) in named.sorted(by: { $0.key < $1.key }) {
            if let parent = model.objects[name] { _ = try await existing(ids, of: parent) }
        }
    }
}

extension ObjectModel {
    /// The present row of a selection of all `columns`.
    fileprivate func record(_ rows: any Rows, _ cipher: Cipher) throws -> Record {
        var record = blankRecord()
        for (index, column) in columns.enumerated() { record.values[column.position] = column.type.value(rows.cell(index)) }
        for position in encrypted { record.values[position] = try cipher.open(record.values[position]) }
        return record
    }

    /// The record's values for all `columns`.
    func binds(_ record: Record, _ cipher: Cipher) throws -> [Bind] {
        try columns.map { try bind(record, $0, cipher) }
    }

    func bind(_ record: Record, _ column: StoredColumn, _ cipher: Cipher) throws -> Bind {
        var value = record.values[column.position]
        if encrypted.contains(column.position) { value = try cipher.seal(value) }
        if let bind = Bind(value, as: column.type) { return bind }
        throw Problem(
            .unprocessable, "wrong_type", "\(definition.name).\(column.name) cannot hold \(value.json.kind)",
            errors: [.init(field: column.name, code: "wrong_type", message: "The value is not of the field's type")])
    }
}
