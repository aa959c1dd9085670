package import Formula
package import Values

package struct ListView: Sendable {
    package var name: String
    package var label: String
    package var filter: FilterTree?
    package var sortBy: String?
    package var descending = false
    package var columns: [String]
    package var isDefault = false

    package init(name: String, label: String, columns: [String]) { (self.name, self.label, self.columns) = (name, label, columns) }
}

package struct PageLayout: Sendable {
    package struct Section: Sendable {
        package var label: String
        package var columns = 2
        package var fields: [String]
        package var collapsed = false
        package var visibleWhen: FilterTree?

        package init(label: String, fields: [String]) { (self.label, self.fields) = (label, fields) }
    }

    package var sections: [Section]
    /// The relationships shown beside the record, in order; nil shows all.
    package var relatedLists: [String]?

    package init(sections: [Section], relatedLists: [String]? = nil) { (self.sections, self.relatedLists) = (sections, relatedLists) }
}

/// A rule that refuses a record for which its formula is true.
package struct ValidationRule: Sendable {
    package let name: String
    package let errorMessage: String
    /// The field the message belongs to; nil for the whole record.
    package let errorField: String?
    package let active: Bool
    package let formula: CompiledFormula

    package init(name: String, errorMessage: String, errorField: String?, active: Bool = true, formula: CompiledFormula) {
        (self.name, self.errorMessage, self.errorField, self.active, self.formula) = (name, errorMessage, errorField, active, formula)
    }
}

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

/// A page of figures: `*.dashboard.yml`. Its queries are ObjectQL in JSON form, checked where ObjectQL is known.
package struct Dashboard: Sendable {
    package struct Component: Sendable {
        package let name: String
        package let label: String
        package let type: String
        package let query: JSON
        /// Everything else the file says about how it looks, in JSON form (`format`, `x`, `y`, `size`, ...).
        package let options: JSON
        package let location: SourceLocation
        package init(name: String, label: String, type: String, query: JSON, options: JSON, location: SourceLocation) {
            (self.name, self.label, self.type) = (name, label, type)
            (self.query, self.options, self.location) = (query, options, location)
        }
    }

    package let name: String
    package let label: String
    package let components: [Component]
    package let location: SourceLocation

    package init(name: String, label: String, components: [Component], location: SourceLocation) {
        (self.name, self.label, self.components, self.location) = (name, label, components, location)
    }
}
