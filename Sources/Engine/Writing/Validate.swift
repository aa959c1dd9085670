import Formula
import Metadata
import SQL
import Storage
import Values

extension WriteScope {
    /// Required fields, lookups that point at something, unique values; after triggers also the types of what they set.
    ///
    /// - Parameter since: the changes as they were when last validated; only what differs is looked at again.
    func validate(_ changes: inout [Change], of object: ObjectModel, since earlier: [Change]? = nil) async throws {
        var problems = RecordProblems()
        for index in changes.indices {
            let last = earlier?[index].new ?? changes[index].old
            if earlier != nil, last == changes[index].new { continue }
            if earlier != nil { checkTypes(&changes[index], since: last, of: object, &problems) }
            checkRequired(changes[index], since: last, of: object, &problems)
            checkDependents(changes[index], since: last, of: object, &problems)
        }
        try problems.throwIfAny()
        try await checkLookups(&changes, since: earlier, of: object, &problems)
        try await checkUnique(changes, since: earlier, of: object, &problems)
        try problems.throwIfAny()
    }

    private func checkTypes(_ change: inout Change, since last: Record?, of object: ObjectModel, _ problems: inout RecordProblems)
    {
        for position in object.entered where change.new.values[position] != last?.values[position] ?? .null {
            let field = object.definition.fields[position]
            do throws(FieldProblem) {
                change.new.values[position] = try field.convert(change.new.values[position].json)
            } catch { problems.add(change.place, field.name, error.code.rawValue, error.message) }
        }
    }

    /// A required field must not be left blank in a new record, nor be made blank in an old one.
    private func checkRequired(_ change: Change, since last: Record?, of object: ObjectModel, _ problems: inout RecordProblems) {
        for position in object.required where change.new.values[position].isNull {
            if change.old != nil, last?.values[position].isNull ?? true { continue }
            let field = object.definition.fields[position]
            problems.add(change.place, field.name, "required", "\(field.label) must have a value")
        }
    }

    /// An option that is offered only under some values of another field needs one of these.
    private func checkDependents(_ change: Change, since last: Record?, of object: ObjectModel, _ problems: inout RecordProblems)
    {
        for (position, controlling) in object.dependents {
            let (value, other) = (change.new.values[position], change.new.values[controlling])
            if value.isNull || (value == last?.values[position] && other == last?.values[controlling]) { continue }
            let field = object.definition.fields[position]
            do throws(FieldProblem) { try field.checkDependency(of: value, on: other) } catch {
                problems.add(change.place, field.name, error.code.rawValue, error.message)
            }
        }
    }

    private func checkLookups(
        _ changes: inout [Change], since earlier: [Change]?, of object: ObjectModel, _ problems: inout RecordProblems
    ) async throws {
        for position in object.lookups {
            var wanted: [Int: String] = [:]
            for index in changes.indices {
                let last = earlier?[index].new ?? changes[index].old
                let value = changes[index].new.values[position]
                if let place = object.typePositions[position], value.isNull { changes[index].new.values[place] = .null }
                guard let id = value.text, value != last?.values[position] ?? .null else { continue }
                wanted[index] = id
            }
            if wanted.isEmpty { continue }
            let field = object.definition.fields[position]
            var unknown = Set(wanted.values)
            for name in field.referenceTo {
                guard !unknown.isEmpty, let parent = model.objects[name] else { continue }
                let found = try await existing(unknown, of: parent)
                unknown.subtract(found)
                guard let place = object.typePositions[position] else { continue }
                for (index, id) in wanted where found.contains(id) { changes[index].new.values[place] = .text(name) }
            }
            for (index, id) in wanted where unknown.contains(id) {
                let names = field.referenceTo.joined(separator: " or ")
                problems.add(
                    changes[index].place, field.name, "not_found", "\(field.label): there is no \(names) with the id \(id)")
            }
            try await checkAncestry(changes, wanted, at: position, of: object, &problems)
        }
    }

    /// A hierarchy has no circles: no record is its own ancestor.
    private func checkAncestry(
        _ changes: [Change], _ wanted: [Int: String], at position: Int, of object: ObjectModel, _ problems: inout RecordProblems
    ) async throws {
        let field = object.definition.fields[position]
        guard field.referenceTo == [object.definition.name] else { return }
        for (index, parent) in wanted where changes[index].old != nil {
            var (next, steps) = (Optional(parent), 0)
            while let id = next, id != changes[index].id, steps < 100 {
                next = try await records(of: object, ids: [id], lock: nil).first?.values[position].text
                steps += 1
            }
            if next != nil {
                problems.add(
                    changes[index].place, field.name, "circular", "\(field.label) would make the record its own ancestor")
            }
        }
    }

    /// Says which record has the value; the unique index stands behind it.
    private func checkUnique(
        _ changes: [Change], since earlier: [Change]?, of object: ObjectModel, _ problems: inout RecordProblems
    ) async throws {
        for position in object.uniques {
            let field = object.definition.fields[position]
            var seen: [Value: String] = [:]
            for (index, change) in changes.enumerated() {
                let value = change.new.values[position]
                let last = earlier?[index].new ?? change.old
                if value.isNull { continue }
                if let other = seen.updateValue(change.id, forKey: value) {
                    problems.add(
                        change.place, field.name, "duplicate", "\(field.label) is the same as that of \(other) in this request")
                    continue
                }
                guard value != last?.values[position] || change.kind == .undelete,
                    let other = try await holder(of: value, field, object), other != change.id
                else { continue }
                problems.add(
                    change.place, field.name, "duplicate",
                    "\(field.label): the \(object.definition.label) \(other) has this value already")
            }
        }
    }

    private func holder(of value: Value, _ field: FieldDefinition, _ object: ObjectModel) async throws -> String? {
        guard let bind = Bind(value, as: field.column) else { return nil }
        let statement = statements.select(["Id", "IsDeleted"], from: object.definition.name, matching: [(field.name, bind)])
        return try await rows(statement) { rows in
            while try rows.next() { if ColumnType.boolean.value(rows.cell(1)) != .bool(true) { return rows.cell(0).string } }
            return nil
        }
    }

    /// The business's validation rules: each refuses the records for which its formula is true.
    func checkRules(_ changes: [Change], of object: ObjectModel) async throws {
        if object.rules.isEmpty { return }
        try await loadParents(of: changes, for: object.rules.map(\.formula))
        var problems = RecordProblems()
        for (rule, formula) in object.rules {
            try await step("rule", rule.name, object, changes.count) {
                for change in changes {
                    guard try evaluate(formula, change, naming: "The validation rule \(rule.name)") == .bool(true) else {
                        continue
                    }
                    problems.add(change.place, rule.errorField, "rule", rule.errorMessage)
                }
            }
        }
        try problems.throwIfAny()
    }
}
