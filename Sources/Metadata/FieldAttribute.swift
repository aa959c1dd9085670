/// The keys that a field in a `*.object.yml` file may have.
package enum FieldAttribute: String, Sendable, Hashable, CaseIterable {
    case name, label, type, description, helpText, hidden, visibleWhen, renamedFrom
    case required, readonly, defaultValue, unique, externalId, index, searchable, nameField
    case length, pattern, rows, format
    case precision, scale, min, max
    case options, dependsOn
    case referenceTo, cascadeDelete, restrictDelete
    case formula, returnType, treatBlanksAs
    case relationship, summarizedObject, foreignKey, function, field, filters
}

extension Set<FieldAttribute> {
    /// What every field may have.
    package static let common: Set = [.name, .label, .type, .description, .helpText, .hidden, .visibleWhen, .renamedFrom]
    /// What every field may have whose value somebody enters.
    static let entered = common.union([.required, .readonly, .defaultValue])
    /// What a field may have by whose value records are found.
    static let key = entered.union([.unique, .externalId, .index])
}
