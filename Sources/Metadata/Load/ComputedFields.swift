import Formula

/// Compiles formula fields and roll-ups, each after those it reads.
final class ComputedFields {
    private struct Key: Hashable {
        let object: String
        let field: String
    }

    private let registry: Registry
    private let drafts: ObjectDrafts
    private let sources: SourceTexts
    private var done: [Key: FieldDefinition] = [:]
    /// The fields that are being compiled, each because the one before reads it.
    private var stack: [Key] = []

    /// How far formula fields may build upon each other.
    static let depthLimit = 32

    init(_ registry: Registry, _ drafts: ObjectDrafts, _ sources: SourceTexts) {
        (self.registry, self.drafts, self.sources) = (registry, drafts, sources)
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

    /// A formula that is wrong, or reaches for an object that is not there, is always blank.
    private func formula(_ field: FieldDefinition, _ object: ObjectDefinition) -> FieldDefinition {
        guard let node = draft(field, object)?.formula, let formula = field.formula else { return field }
        let reader = FormulaReader(registry: registry, sources: sources, log: drafts.log, computed: self)
        let compiled = reader.compile(
            node, on: object, what: "field \(field.name)", returning: field.formulaType,
            scale: field.result.kind is any Numeric ? field.scale : nil, blanks: formula.blanks, isQueried: true)
        var result = field
        result.formula?.compiled = compiled ?? blank(field)
        return result
    }

    private func blank(_ field: FieldDefinition) -> CompiledFormula? {
        guard let object = registry.objects.first else { return nil }
        return try? CompiledFormula.compile("NULL", returning: field.formulaType, scope: RecordScope(object, in: registry))
    }

    private func summary(_ field: FieldDefinition, _ object: ObjectDefinition) -> FieldDefinition {
        guard let draft = drafts.draft(object.name), let reader = self.draft(field, object)?.summary else { return field }
        return SummaryReader(
            field: field, object: object, registry: registry, reader: reader, computed: self,
            leftOut: draft.relationshipNames.subtracting(object.relationships.map { $0.name.lowercased() })
        ).read()
    }
}
