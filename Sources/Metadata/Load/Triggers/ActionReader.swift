import Formula
import Values

/// Reads one action of a declarative trigger.
struct ActionReader {
    let trigger: String
    let object: ObjectDefinition
    let events: [TriggerEvent]
    let formulas: FormulaReader
    let drafts: ObjectDrafts
    private var log: DiagnosticLog { formulas.log }
    private var registry: Registry { formulas.registry }
    private var values: SettingReader { SettingReader(object: object, formulas: formulas) }

    typealias Action = TriggerDefinition.Action
    typealias Setting = TriggerDefinition.Setting

    static let actions = ["create", "update", "delete", "set", "notify", "fail"]

    func action(_ node: YAMLNode) -> Action? {
        guard let pair = node.pairs?.first, node.pairs?.count == 1, let name = pair.key.text else {
            log.error(
                "trigger \(trigger): an action is a mapping with one key: \(ActionReader.actions.joined(separator: ", "))",
                at: node.location)
            return nil
        }
        let what = "trigger \(trigger): \(name)"
        switch name {
        case "set": return set(pair.value, at: pair.key.location, what)
        case "fail" where pair.value.text != nil: return values.text(pair.value, what).map { .fail(message: $0, field: nil) }
        case _ where ActionReader.actions.contains(name):
            guard let reader = MappingReader(pair.value, what, log) else { return nil }
            let action = action(name, reader)
            reader.finish()
            return action
        default:
            log.error(
                "trigger \(trigger): there is no action \(name)\(hint(for: name, among: ActionReader.actions))",
                at: pair.key.location)
            return nil
        }
    }

    private func action(_ name: String, _ reader: MappingReader) -> Action? {
        switch name {
        case "create": return create(reader)
        case "update":
            let (target, settings) = (target(reader), reader.node("set"))
            guard let target, let set = values.settings(settings, target.object, reader) else { return nil }
            return .update(object: target.object.name, record: target.record, set: set)
        case "delete": return target(reader).map { .delete(object: $0.object.name, record: $0.record) }
        case "notify":
            let (to, subject, body) = (
                required("to", reader), required("subject", reader),
                reader.node("body").flatMap { values.text($0, "\(reader.what): body") }
            )
            guard let to, let subject else { return nil }
            return .notify(to: to, subject: subject, body: body)
        default:
            let (message, field) = (required("message", reader), reader.text("field").flatMap { ownField($0, reader) })
            return message.map { .fail(message: $0, field: field) }
        }
    }

    // MARK: Records

    private func set(_ node: YAMLNode, at location: SourceLocation, _ what: String) -> Action? {
        if let event = events.first(where: { $0 != .beforeInsert && $0 != .beforeUpdate }) {
            log.error(
                "\(what): only beforeInsert and beforeUpdate triggers can set fields of the record itself, not \(event.rawValue); use update with record: =Id",
                at: location)
        }
        return MappingReader(node, what, log).flatMap { values.settings($0, object) }.map(Action.set)
    }

    private func create(_ reader: MappingReader) -> Action? {
        let settings = reader.node("set")
        guard let name = reader.requiredText("object"), let target = target(named: name, reader),
            let set = values.settings(settings, target, reader)
        else { return nil }
        for field in target.fields where field.required && field.defaultValue == nil && !field.isSystem {
            if set.contains(where: { $0.field == field.name }) { continue }
            log.warning("\(reader.what): \(target.name) needs \(field.name), which is not set", at: reader.location)
        }
        return .create(object: target.name, set: set)
    }

    private func target(named name: String, _ reader: MappingReader) -> ObjectDefinition? {
        if let target = registry.object(name) { return target }
        if !drafts.isUnreadable(name) {
            let names = registry.objects.map(\.name)
            log.warning(
                "\(reader.what): there is no object \(name)\(hint(for: name, among: names)); the action is left out",
                at: reader.place("object"))
        }
        return nil
    }

    /// The record that an action changes: a formula that gives its id, and the object it belongs to.
    private func target(_ reader: MappingReader) -> (object: ObjectDefinition, record: CompiledFormula)? {
        let (named, node) = (reader.text("object"), reader.node("record"))
        guard let node, let text = node.text, text.hasPrefix("=") else {
            log.error(
                "\(reader.what) needs record, a formula that gives an id: =Id, =AccountId", at: node?.location ?? reader.location)
            return nil
        }
        guard let formula = formulas.compile(node, after: 1, on: object, what: "\(reader.what): record", returning: .id)
        else { return nil }
        if let named { return target(named: named, reader).map { ($0, formula) } }
        let field = plainField(of: formula)
        if let target = field.flatMap(owner) { return (target, formula) }
        if let missing = field?.field.missingReferences.first, field?.field.isPolymorphic == false {
            log.warning("\(reader.what): there is no object \(missing); the action is left out", at: node.location)
        } else {
            log.error("\(reader.what): of which object is this record? Say object: beside it", at: node.location)
        }
        return nil
    }

    /// The field that a formula names, where it is nothing but its path.
    private func plainField(of formula: CompiledFormula) -> FieldPlace? {
        guard formula.fields.count == 1, let path = formula.fields.first?.path,
            trimmed(formula.source).caseInsensitiveEquals(path.joined(separator: "."))
        else { return nil }
        return try? registry.place(path, on: object)
    }

    /// The object whose records the field's values are ids of.
    private func owner(_ place: FieldPlace) -> ObjectDefinition? {
        if place.field.type == .id { return place.object }
        return place.field.isLookup && !place.field.isPolymorphic ? place.field.referenceTo.first.flatMap(registry.object) : nil
    }

    // MARK: Texts and fields

    private func required(_ key: String, _ reader: MappingReader) -> Setting? {
        if let node = reader.node(key) { return values.text(node, "\(reader.what): \(key)") }
        log.error("\(reader.what) needs \(key)", at: reader.location)
        return nil
    }

    private func ownField(_ name: String, _ reader: MappingReader) -> String? {
        if let field = object.field(name) { return field.name }
        log.error(
            "\(reader.what): \(object.name) has no field \(name)\(hint(for: name, among: object.fields.map(\.name)))",
            at: reader.place("field"))
        return nil
    }
}
