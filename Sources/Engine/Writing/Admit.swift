import Formula
import Metadata
import ObjectQL
import SQL
import Values

extension WriteScope {
    /// From what the caller sent to changes of records: rights, known and writable fields, values of the right type, defaults.
    func admit(_ intents: [Intent], to object: ObjectModel, _ kind: Change.Kind) async throws -> [Change] {
        try allow(kind, object)
        var changes = try await loaded(intents, of: object, kind)
        var problems = RecordProblems()
        for index in changes.indices {
            assign(intents[index], to: &changes[index], of: object, &problems)
        }
        try problems.throwIfAny()
        if kind == .create { try await fillDefaults(&changes, of: object) }
        stamp(&changes, of: object)
        return changes
    }

    private func allow(_ kind: Change.Kind, _ object: ObjectModel) throws(Problem) {
        guard isCaller else { return }
        let allowed =
            switch kind {
            case .create: session.access.mayCreate(object.definition)
            case .update, .undelete: session.access.mayEdit(object.definition)
            case .delete: session.access.mayDelete(object.definition)
            }
        if !allowed {
            throw Problem(.forbidden, "forbidden", "You may not \(kind.rawValue) records of \(object.definition.name)")
        }
    }

    /// New records begin blank; others as they are stored.
    func loaded(_ intents: [Intent], of object: ObjectModel, _ kind: Change.Kind) async throws -> [Change] {
        if kind == .create {
            return intents.map { intent in
                var record = object.blankRecord()
                record.values[ObjectDefinition.idPosition] = .text(intent.id)
                return Change(.create, new: record, place: intent.place, on: intent.occasion)
            }
        }
        try await settleRollUps(before: intents.lazy.map(\.id), of: object)
        let lock = kind == .delete ? RowLock.remove : .change
        let records = try await records(of: object, ids: intents.map(\.id), deleted: kind == .undelete, lock: lock)
        let byID = Dictionary(records.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        var problems = RecordProblems()
        let changes = intents.compactMap { intent -> Change? in
            guard let record = byID[intent.id] else {
                problems.refuse(intent.place, .notFound(object.definition.name, intent.id))
                return nil
            }
            if let problem = conflict(intent.version, with: record, object) { problems.refuse(intent.place, problem) }
            return Change(kind, old: record, new: record, place: intent.place, on: intent.occasion)
        }
        try problems.throwIfAny()
        return changes
    }

    private func conflict(_ expected: Int?, with record: Record, _ object: ObjectModel) -> Problem? {
        guard let expected, let version = record.values[object.system.version].number?.integer, version != expected
        else { return nil }
        return Problem(
            .versionMismatch, "version_mismatch",
            "This \(object.definition.name) is at version \(version); the change was made for version \(expected)",
            hint: "Read the record again and repeat the change")
    }

    private func assign(_ intent: Intent, to change: inout Change, of object: ObjectModel, _ problems: inout RecordProblems) {
        for (name, json) in intent.values {
            guard let position = object.definition.position(of: name), mayName(object.definition.fields[position], object) else {
                problems.refuse(intent.place, unknownField(name, object))
                continue
            }
            assign(json, to: &change, of: object, at: position, object.definition.fields[position], intent.place, &problems)
        }
    }

    private func assign(
        _ json: JSON, to change: inout Change, of object: ObjectModel, at position: Int, _ field: FieldDefinition, _ place: Int,
        _ problems: inout RecordProblems
    ) {
        // A record sent back as it was read is fine: what the caller may not write is then unchanged.
        if json == change.new.values[position].json, change.old != nil || field.type == .id { return }
        guard isCaller ? field.isWritable && session.access.mayEdit(field, of: object.definition) : field.isSettable else {
            return problems.add(place, field.name, "read_only", "\(field.name) cannot be written")
        }
        do throws(FieldProblem) {
            change.new.values[position] = try field.convert(resolved(json, field))
        } catch { problems.add(place, field.name, error.code.rawValue, error.message) }
    }

    private func mayName(_ field: FieldDefinition, _ object: ObjectModel) -> Bool {
        !isCaller || session.access.mayRead(field, of: object.definition)
    }

    /// `@name` in a lookup is the id of a record made earlier in the request.
    private func resolved(_ json: JSON, _ field: FieldDefinition) -> JSON {
        guard field.isLookup, let text = json.string, text.hasPrefix("@"), let id = references[String(text.dropFirst())]
        else { return json }
        return .string(id)
    }

    func converted(_ json: JSON, _ field: FieldDefinition, _ place: Int) throws(RecordProblems) -> Value {
        do throws(FieldProblem) { return try field.convert(json) } catch {
            throw RecordProblems([place: [.init(field: field.name, code: error.code.rawValue, message: error.message)]])
        }
    }

    private func unknownField(_ name: String, _ object: ObjectModel) -> Problem {
        let names = object.definition.fields.filter { session.access.mayRead($0, of: object.definition) }.map(\.name)
        let message = "\(object.definition.name) has no field \(name)"
        return Problem(
            .malformed, "unknown_field", message, errors: [.init(field: name, code: "unknown_field", message: message)],
            hint: suggestion(for: name, among: names).map { "Did you mean \($0)?" }
                ?? "GET /api/metadata/objects/\(object.definition.name) lists the fields")
    }

    /// The engine's own fields: who and when, version.
    private func stamp(_ changes: inout [Change], of object: ObjectModel) {
        let system = object.system
        for index in changes.indices {
            let (old, now, user) = (changes[index].old, now(changes[index]), user(changes[index]).id)
            if old == nil {
                changes[index].new.values[system.createdDate] = .datetime(now)
                changes[index].new.values[system.createdBy] = .text(user)
            }
            changes[index].new.values[system.modifiedDate] = .datetime(now)
            changes[index].new.values[system.modifiedBy] = .text(user)
            changes[index].new.values[system.isDeleted] = .bool(false)
            let version = old?.values[system.version].number?.integer ?? 0
            changes[index].new.values[system.version] = .number(Number(version + 1))
        }
    }
}

extension FieldDefinition {
    /// May a trigger set it? Read-only fields are for triggers; computed ones and the engine's own are for nobody.
    fileprivate var isSettable: Bool { !isSystem && ![.formula, .summary, .autoNumber, .id].contains(type) }
}
