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
    /// How many parts each formula has, with those that it reads; not kept for what is wrong.
    private var sizes: [Key: Int] = [:]
    /// The fields that are being compiled, each because the one before reads it.
    private var stack: [Key] = []

    /// How far formula fields may build upon each other.
    static let depthLimit = 10
    /// How many parts a formula field may have with those that it reads, each as often as it is read.
    static let sizeLimit = 2_000

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
        result.formula?.compiled = compiled.flatMap { isTooLarge($0, field, object, node) ? nil : $0 } ?? blank(field)
        return result
    }

    /// Databases compute a field as often as it is read: formulas that read another twice, and so on, would take for ever.
    private func isTooLarge(
        _ formula: CompiledFormula, _ field: FieldDefinition, _ object: ObjectDefinition, _ node: YAMLNode
    ) -> Bool {
        let size = formula.size { read in
            guard let place = try? registry.place(read.path, on: object) else { return 1 }
            return sizes[Key(object: place.object.name, field: place.field.name)] ?? 1
        }
        guard size > ComputedFields.sizeLimit else {
            sizes[Key(object: object.name, field: field.name)] = size
            return false
        }
        drafts.log.error(
            "field \(field.name): with the formulas that it reads, each as often as it is read, it has more than "
                + "\(ComputedFields.sizeLimit) parts", at: node.location)
        return true
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
