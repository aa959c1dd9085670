import Metadata
import SQL
import Storage
import Values

extension WriteScope {
    /// Brings back what went to the recycle bin in the same transaction as these records, children after parents.
    func restoreCompanions(of changes: [Change]) async throws {
        guard isCaller else { return }
        for (name, ids) in try await companions(of: changes) {
            let object = try model.named(name)
            let deleted = try await records(of: object, ids: ids, deleted: true)
            if deleted.isEmpty { continue }
            try await deeper(naming: "an undelete") {
                _ = try await write(deleted.enumerated().map { Intent(place: $0, id: $1.id, values: [:]) }, to: object, .undelete)
            }
        }
    }

    /// Ids of the records that were deleted together with these, by object, the last deleted last.
    private func companions(of changes: [Change]) async throws -> [(object: String, ids: [String])] {
        var groups: [(object: String, ids: [String])] = []
        // They may have been deleted in the same write.
        try await writeLog()
        for change in changes {
            let own = statements.select(
                ["TransactionId", "Kind"], from: EngineTables.changes.name,
                matching: [("RecordId", .id(change.id)), ("Kind", .text("delete"))],
                orderedBy: ["Id"])
            let transaction = try await rows(own) { rows in
                var last: String?
                while try rows.next() { last = rows.cell(0).string }
                return last
            }
            guard let transaction else { continue }
            try await rows(statements.deleted(in: transaction)) { rows in
                while try rows.next() {
                    guard let object = rows.cell(0).string, let id = rows.cell(1).string, id != change.id else { continue }
                    if let index = groups.firstIndex(where: { $0.object == object }) {
                        groups[index].ids.append(id)
                    } else {
                        groups.append((object, [id]))
                    }
                }
            }
        }
        return groups
    }
}
