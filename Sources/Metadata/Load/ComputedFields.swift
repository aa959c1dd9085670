import Formula

/// Compiles formula fields and roll-ups, each after those it reads.
final class ComputedFields {
    private struct Key: Hashable {
        let object: String
        let field: String
    }

    private let registry: Registry
    private let drafts: ObjectDrafts
    private let formulas: FormulaReader
    private var done: [Key: FieldDefinition] = [:]
    /// The fields that are being compiled, each because the one before reads it.
    private var stack: [Key] = []

    /// How far formula fields may build upon each other.
    static let depthLimit = 32

    init(_ registry: Registry, _ drafts: ObjectDrafts, _ formulas: FormulaReader) {
        (self.registry, self.drafts, self.formulas) = (registry, drafts, formulas)
    }

    /// The registry with all of them compiled.
    func compiled() -> Registry {
        let objects = registry.objects.map { object in
            object.with(fields: object.fields.map { (try? compiled($0, of: object)) ?? $0 })
        }
        return Registry(objects: objects, version: registry.version)
    }

    /// The field with its formula or roll-up compiled; throws where it is being compiled already, because it reads itself.
    func compiled(_ field: FieldDefinition, of object: ObjectDefinition) throws(FormulaScopeError) -> FieldDefinition {
        guard field.type == .formula || field.type == .summary else { return field }
        let key = Key(object: object.name, field: field.name)
        if let known = done[key] { return known }
        if stack.contains(key) { throw FormulaScopeError("Formulas read each other in a circle: \(circle(key))") }
        guard stack.count < ComputedFields.depthLimit
        else { throw FormulaScopeError("Formulas build upon each other more than \(ComputedFields.depthLimit) deep") }
        stack.append(key)
        let result = field.type == .formula ? formula(field, object) : summary(field, object)
        stack.removeLast()
        done[key] = result
        return result
    }

    private func circle(_ key: Key) -> String {
        let keys = stack.drop { $0 != key } + [key]
        let isOneObject = Set(keys.map(\.object)).count == 1
        return keys.map { isOneObject ? $0.field : "\($0.object).\($0.field)" }.joined(separator: " -> ")
    }

    private func draft(_ field: FieldDefinition, _ object: ObjectDefinition) -> FieldDraft? {
        guard let draft = drafts.draft(object.name) else { return nil }
        return draft.index(of: field.name).map { draft.fields[$0] }
    }

    private func formula(_ field: FieldDefinition, _ object: ObjectDefinition) -> FieldDefinition {
        guard let node = draft(field, object)?.formula, let formula = field.formula else { return field }
        let compiled = formulas.compile(
            node, what: "field \(field.name)", returning: field.formulaType,
            scale: field.result.kind is any Numeric ? field.scale : nil, blanks: formula.blanks,
            scope: ComputedScope(object: object, registry: registry, computed: self))
        var field = field
        field.formula?.compiled = compiled
        return field
    }

    private func summary(_ field: FieldDefinition, _ object: ObjectDefinition) -> FieldDefinition {
        guard let reader = draft(field, object)?.summary else { return field }
        return SummaryReader(field: field, object: object, registry: registry, reader: reader, computed: self).read()
    }
}

/// Names as `RecordScope` knows them, with the computed fields among them compiled first.
private struct ComputedScope: FormulaScope {
    let object: ObjectDefinition
    let registry: Registry
    let computed: ComputedFields

    func field(_ path: [String]) throws(FormulaScopeError) -> FormulaField {
        let scope = RecordScope(object, in: registry)
        if path.first?.hasPrefix("$") ?? false { return try scope.field(path) }
        let place = try scope.place(path)
        return try computed.compiled(place.field, of: place.object).formulaField(place.names)
    }
}
