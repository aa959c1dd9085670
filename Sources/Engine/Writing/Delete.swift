import Metadata
import SQL
import Values

extension WriteScope {
    /// Moves records to the recycle bin, with what hangs on them: cascaded children go too, other children lose their
    /// lookup, and a restricting child refuses the whole.
    func delete(_ intents: [Intent], of object: ObjectModel) async throws -> [Change] {
        guard !isCaller || session.access.mayDelete(object.definition) else {
            throw Problem(.forbidden, "forbidden", "You may not delete records of \(object.definition.name)")
        }
        var changes = try await loaded(intents, of: object, .delete)
        try await runTriggers(before: true, .delete, &changes, of: object)
        mark(&changes, of: object)
        try await step("store", "delete", object, changes.count) { try await store(changes, of: object, .delete) }
        existing.subtract(changes.map(\.id))
        try await release(changes, of: object)
        try await runTriggers(before: false, .delete, &changes, of: object)
        owed.note(changes, of: object)
        try await step("log", "change log", object, changes.count) { log(changes, of: object) }
        return changes
    }

    private func mark(_ changes: inout [Change], of object: ObjectModel) {
        for index in changes.indices {
            let version = changes[index].old?.values[object.system.version].number?.integer ?? 0
            changes[index].new.values[object.system.isDeleted] = .bool(true)
            changes[index].new.values[object.system.modifiedDate] = .datetime(now(changes[index]))
            changes[index].new.values[object.system.modifiedBy] = .text(user(changes[index]).id)
            changes[index].new.values[object.system.version] = .number(Number(version + 1))
        }
    }

    /// What happens to the children of deleted records.
    private func release(_ changes: [Change], of object: ObjectModel) async throws {
        for link in object.children {
            let child = try model.named(link.object)
            let orphans = try await records(of: child, where: link.field.name, in: changes.map(\.id))
            if orphans.isEmpty { continue }
            switch link.field.onDelete {
            case .cascade:
                try await deeper(naming: "a cascading delete") {
                    _ = try await delete(orphans.enumerated().map { Intent(place: $0, id: $1.id, values: [:]) }, of: child)
                }
            case .clear where !link.field.required:
                try await deeper(naming: "a delete") {
                    let blank: JSON.Members = [link.field.name: .null]
                    _ = try await write(
                        orphans.enumerated().map { Intent(place: $0, id: $1.id, values: blank) }, to: child, .update)
                }
            case .clear, .restrict:
                throw Problem.deleteRestricted(object.definition, by: orphans.map(\.id), child.definition, link.field)
            }
        }
    }
}

extension Problem {
    fileprivate static func deleteRestricted(
        _ object: ObjectDefinition, by ids: [String], _ child: ObjectDefinition, _ lookup: FieldDefinition
    ) -> Problem {
        let (who, what) =
            ids.count == 1
            ? ("1 \(child.label) still points at it", "Delete it, or change its \(lookup.name), first")
            : ("\(ids.count) \(child.labelPlural) still point at it", "Delete them, or change their \(lookup.name), first")
        return Problem(
            .conflict, "delete_restricted", "This \(object.label) cannot be deleted: \(who) (\(child.name) \(ids.first ?? ""))",
            hint: what)
    }
}
