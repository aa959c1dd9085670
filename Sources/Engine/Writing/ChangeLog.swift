import Metadata
import SQL
import Storage
import Values

extension WriteScope {
    /// One entry for each changed record, in the change's own transaction: an entry exists exactly when the change does.
    func log(_ changes: [Change], of object: ObjectModel, kind: String? = nil) {
        logged += changes.map { LoggedChange(object: object.definition.name, id: $0.id, at: now($0)) }
        entries += changes.map { change -> [Bind] in
            let (before, after) = difference(change, object)
            return [
                .id(engine.makeID(at: now(change))), .datetime(now(change)), .id(user(change).id), .text(object.definition.name),
                .id(change.id), .text(kind ?? change.kind.rawValue),
                .integer(Int64(change.new.values[object.system.version].number?.integer ?? 0)), .id(transaction(change)),
                before.map(Bind.json) ?? .null, after.map(Bind.json) ?? .null,
            ]
        }
    }

    /// The end of the transaction: one statement for all that it changed.
    func writeLog() async throws {
        if entries.isEmpty { return }
        try await insert(model.insertChange, entries)
        entries = []
    }

    /// The changed fields before and after, as JSON objects. Encrypted values are not told, only that they changed.
    private func difference(_ change: Change, _ object: ObjectModel) -> (before: String?, after: String?) {
        var before = JSONWriter(capacity: 256)
        var after = JSONWriter(capacity: 512)
        before.byte(UInt8(ascii: "{"))
        after.byte(UInt8(ascii: "{"))
        for column in object.logged where change.changed(at: column.position) {
            let secret = object.encrypted.contains(column.position)
            after.member(column.name, secret ? "***" : change.new.values[column.position].json)
            if let old = change.old { before.member(column.name, secret ? "***" : old.values[column.position].json) }
        }
        before.byte(UInt8(ascii: "}"))
        after.byte(UInt8(ascii: "}"))
        return (change.old == nil ? nil : before.string, after.string)
    }
}

extension JSONWriter {
    fileprivate mutating func member(_ name: String, _ value: JSON) {
        if count > 1 { byte(UInt8(ascii: ",")) }
        string(name)
        byte(UInt8(ascii: ":"))
        self.value(value)
    }
}
