import Formula
import Metadata
import Values

/// A trigger at its object: when it runs, for which changes.
struct BoundTrigger: Sendable {
    let name: String
    let trigger: any Trigger
    let order: Int
    let conditions: [TriggerDeclaration.Condition]
    let when: BoundFormula?

    /// The triggers of an object by event, in the order in which they run: by `order`, then by name.
    static func all(
        of object: ObjectDefinition, registry: Registry, swift: [any Trigger], binder: FormulaBinder
    ) throws(Problem) -> [TriggerEvent: [BoundTrigger]] {
        var byEvent: [TriggerEvent: [BoundTrigger]] = [:]
        for declaration in object.triggers where declaration.active {
            guard let trigger = swift.first(where: { declaration.file == "triggers/\($0.name).swift" }) else { continue }
            let bound = BoundTrigger(
                name: declaration.name, trigger: trigger, order: 0, conditions: declaration.conditions, when: nil)
            for event in declaration.events { byEvent[event, default: []].append(bound) }
        }
        for definition in registry.triggers where definition.active && definition.object == object.name {
            let declared = object.triggers.first { $0.file?.hasSuffix("/\(definition.name).trigger.yml") ?? false }
            if let declared, !declared.active { continue }
            let bound = BoundTrigger(
                name: definition.name, trigger: try DeclarativeTrigger(definition, of: object, binder: binder),
                order: definition.order, conditions: declared?.conditions ?? [],
                when: definition.when.map { binder.bind($0, in: object) })
            for event in definition.events { byEvent[event, default: []].append(bound) }
        }
        return byEvent.mapValues { $0.sorted { ($0.order, $0.name) < ($1.order, $1.name) } }
    }

    /// The changes it runs for.
    func selected(_ changes: [Change], _ scope: WriteScope) async throws -> [Change] {
        let meeting = conditions.isEmpty ? changes : changes.filter { meetsConditions($0, scope.ownSession(of: $0)) }
        guard let when, !meeting.isEmpty else { return meeting }
        try await scope.loadParents(of: meeting, for: [when])
        var selected: [Change] = []
        for change in meeting
        where try scope.evaluate(when, change, naming: "The condition of the trigger \(name)") == .bool(true) {
            selected.append(change)
        }
        return selected
    }

    private func meetsConditions(_ change: Change, _ session: Session) -> Bool {
        conditions.allSatisfy { condition in
            (!condition.changed || change.changed(condition.field))
                && (condition.filter?.matches(change.new, session) ?? true)
        }
    }
}

extension TriggerEvent {
    var isBefore: Bool { [.beforeInsert, .beforeUpdate, .beforeDelete].contains(self) }
}
