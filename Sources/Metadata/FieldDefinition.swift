package import Formula
package import Values

package enum FieldType: String, Sendable, Hashable, CaseIterable {
    case text, textarea, richText, email, phone, url, number, currency, percent, checkbox, date, datetime, time
    case select, multiselect, lookup, masterDetail, autoNumber, formula, summary, json, file, image, geolocation, encrypted, tags
    /// The key of every record; not to be declared.
    case id
}

package struct FieldDefinition: Sendable {
    package var name: String
    package var label: String
    package var type: FieldType
    package var required = false
    package var unique = false
    package var searchable = false
    package var readonly = false
    package var hidden = false
    package var index = false
    package var externalId = false
    package var isNameField = false
    /// One of the fields that every object has and only the engine writes.
    package var isSystem = false
    /// The most characters a text may have.
    package var length: Int?
    /// All digits of a number, at most 18.
    package var precision = 18
    /// Digits after the point.
    package var scale = 0
    package var min: Number?
    package var max: Number?
    package var pattern: FieldPattern?
    package var defaultValue: DefaultValue?
    /// `defaultValue` compiled, where it is a formula.
    package var defaultFormula: CompiledFormula?
    package var options: [PicklistOption] = []
    /// The field whose value decides which options are offered (`PicklistOption.when`).
    package var dependsOn: String?
    /// The objects a lookup may point at, those that exist; several make it polymorphic.
    package var referenceTo: [String] = []
    /// Objects named in `referenceTo` that do not exist. The column stays as it is, without a foreign key to them.
    package var missingReferences: [String] = []
    package var onDelete = DeleteRule.clear
    /// How autonumbers read (`CT-{YYYY}{MM}{DD}-{0000}`, see `AutoNumberFormat`); on other types a hint for whoever shows the value.
    package var format: String?
    package var rows: Int?
    package var visibleWhen: FilterTree?
    package var helpText: String?
    package var description: String?
    package var formula: FormulaDefinition?
    /// Nil on a roll-up over a relationship whose object is not there: it stays blank.
    package var summary: SummaryDefinition?
    package var renamedFrom: String?
    package var location = SourceLocation(file: "", line: 1, column: 1)

    package init(name: String, label: String, type: FieldType) { (self.name, self.label, self.type) = (name, label, type) }
}

extension FieldDefinition {
    package var isLookup: Bool { type == .lookup || type == .masterDetail }
    package var isPolymorphic: Bool { isLookup && referenceTo.count + missingReferences.count > 1 }
    /// The name by which a path reaches the parent: `Account` for `AccountId`, `ReportsTo` for `ReportsToId`.
    package var parentName: String? { isLookup ? (name.hasSuffix("Id") ? String(name.dropLast(2)) : name + "__r") : nil }
    /// The column beside a polymorphic lookup that says of which object the parent is.
    package var typeColumn: String? { isPolymorphic ? name + "Type" : nil }
    /// Computed when read, never stored.
    package var isComputed: Bool { type == .formula }
    /// May a caller write it?
    package var isWritable: Bool { !isSystem && !readonly && ![.formula, .summary, .autoNumber].contains(type) }
}

extension FieldDefinition {
    /// The type of the values it holds: what a formula returns, what a roll-up gives, else its own type.
    package var resultType: FieldType {
        switch type {
        case .formula: formula?.returnType ?? .text
        case .summary: summary?.result ?? .number
        default: type
        }
    }

    /// The field as which a computed one's values behave: of the type of its result, with its digits.
    package var result: FieldDefinition {
        guard type == .formula || type == .summary else { return self }
        var field = self
        field.type = resultType
        return field
    }
}

/// What becomes of a record when the record goes that its lookup points at.
package enum DeleteRule: String, Sendable { case clear, cascade, restrict }

package enum DefaultValue: Sendable, Hashable {
    case value(Value)
    /// `$currentUser`, `$CurrentUser.Id`
    case currentUser
    /// `$TODAY`
    case today
    /// `$NOW`
    case now
    /// A text that starts with `=`: a formula over the new record.
    case formula(String)
}

package struct PicklistOption: Sendable, Hashable {
    package var value: String
    package var label: String
    package var color: String?
    package var isDefault = false
    package var active = true
    /// Stages of a pipeline: 0 to 100.
    package var probability: Int?
    package var isWon = false
    package var isClosed = false
    package var forecastCategory: String?
    /// With `dependsOn`: the values of the controlling field under which this option is offered; empty means always.
    package var when: [String] = []

    package init(value: String, label: String) { (self.value, self.label) = (value, label) }
}

package struct FormulaDefinition: Sendable {
    package let source: String
    package let returnType: FieldType
    package let blanks: BlankHandling
    /// Compiled after all objects are known; nil only while loading. Always blank where it reaches for an object that is not there.
    package var compiled: CompiledFormula?

    package init(source: String, returnType: FieldType, blanks: BlankHandling, compiled: CompiledFormula? = nil) {
        (self.source, self.returnType, self.blanks, self.compiled) = (source, returnType, blanks, compiled)
    }
}

package struct SummaryDefinition: Sendable, Hashable {
    package enum Function: String, Sendable, CaseIterable { case count, sum, min, max, avg }
    package let function: Function
    /// The children's object and their lookup to this one.
    package let object: String
    package let foreignKey: String
    /// The field summed; nil for a count.
    package let field: String?
    package let filter: FilterTree?
    /// The type of the result: a number for a count, else that of the field.
    package var result = FieldType.number

    package init(function: Function, object: String, foreignKey: String, field: String?, filter: FilterTree?) {
        (self.function, self.object, self.foreignKey, self.field, self.filter) = (function, object, foreignKey, field, filter)
    }
}
