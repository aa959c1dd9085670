package import Formula
package import Values

package enum TriggerEvent: String, Sendable, Hashable, CaseIterable {
    case beforeInsert, beforeUpdate, beforeDelete, afterInsert, afterUpdate, afterDelete, afterUndelete
}

/// An object file's reference to a trigger written elsewhere.
package struct TriggerDeclaration: Sendable {
    package struct Condition: Sendable {
        package let field: String
        /// Fires only when the field changed.
        package let changed: Bool
        package let filter: FilterTree?
        package init(field: String, changed: Bool, filter: FilterTree?) {
            (self.field, self.changed, self.filter) = (field, changed, filter)
        }
    }

    package let name: String
    package let events: [TriggerEvent]
    /// `triggers/OpportunityTrigger.swift` or `triggers/ClosedWon.trigger.yml`.
    package let file: String?
    package let active: Bool
    /// All must hold.
    package let conditions: [Condition]

    package init(name: String, events: [TriggerEvent], file: String?, active: Bool = true, conditions: [Condition] = []) {
        (self.name, self.events, self.file, self.active, self.conditions) = (name, events, file, active, conditions)
    }
}

/// A declarative trigger: `triggers/*.trigger.yml`.
package struct TriggerDefinition: Sendable {
    /// The value a trigger sets: a formula where the text starts with `=`, else as it stands.
    package enum Setting: Sendable {
        case value(Value)
        case formula(CompiledFormula)
    }

    package indirect enum Action: Sendable {
        case create(object: String, set: [(field: String, Setting)])
        /// `record` gives the id; `object` is what it points at.
        case update(object: String, record: CompiledFormula, set: [(field: String, Setting)])
        case delete(object: String, record: CompiledFormula)
        /// Changes the record itself; in before triggers only.
        case set([(field: String, Setting)])
        case notify(to: Setting, subject: Setting, body: Setting?)
        case fail(message: Setting, field: String?)
    }

    package let name: String
    package let object: String
    package let events: [TriggerEvent]
    package let active: Bool
    /// Lesser numbers run first; equal ones by name.
    package let order: Int
    package let when: CompiledFormula?
    package let actions: [Action]
    package let location: SourceLocation

    package init(
        name: String, object: String, events: [TriggerEvent], active: Bool, order: Int, when: CompiledFormula?,
        actions: [Action], location: SourceLocation
    ) {
        (self.name, self.object, self.events, self.active, self.order) = (name, object, events, active, order)
        (self.when, self.actions, self.location) = (when, actions, location)
    }
}
