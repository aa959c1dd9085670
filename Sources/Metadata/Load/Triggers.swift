import Formula
import Values

/// Reads declarative triggers: when they fire, and what they do.
struct TriggerReader {
    let formulas: FormulaReader
    let drafts: ObjectDrafts
    private var log: DiagnosticLog { formulas.log }
    private var registry: Registry { formulas.registry }

    init(_ formulas: FormulaReader, _ drafts: ObjectDrafts) { (self.formulas, self.drafts) = (formulas, drafts) }

    func triggers(_ nodes: [YAMLNode]) -> [TriggerDefinition] {
        var names = NameSet("trigger", log)
        let triggers = nodes.compactMap { node -> TriggerDefinition? in
            guard let trigger = trigger(node), names.insert(trigger.name, at: node.location) else { return nil }
            return trigger
        }
        return triggers.sorted { $0.name < $1.name }
    }

    private func trigger(_ node: YAMLNode) -> TriggerDefinition? {
        guard let reader = MappingReader(node, "this trigger", log), let name = reader.name() else { return nil }
        reader.what = "trigger \(name)"
        let (objectName, events) = (reader.requiredText("object"), TriggerEvent.read(reader))
        let active = reader.bool("active") ?? true
        let order = reader.integer("order", in: -10_000...10_000) ?? 0
        let (condition, actions) = (reader.node("when"), reader.list("actions"))
        _ = (reader.text("label"), reader.text("description"))
        reader.finish()
        if actions.isEmpty { log.error("trigger \(name) needs actions", at: reader.place("actions")) }
        guard let objectName, let object = object(objectName, at: reader.place("object"), reader.what) else { return nil }
        let when = condition.flatMap { formulas.compile($0, on: object, what: "trigger \(name): when", returning: .boolean) }
        if condition != nil, when == nil { return nil }
        let reading = ActionReader(trigger: name, object: object, events: events, formulas: formulas, drafts: drafts)
        return TriggerDefinition(
            name: name, object: object.name, events: events, active: active, order: order, when: when,
            actions: actions.compactMap(reading.action), location: node.location)
    }

    /// A trigger for an object that is not there is left out with a warning.
    private func object(_ name: String, at location: SourceLocation, _ what: String) -> ObjectDefinition? {
        if let object = registry.object(name) { return object }
        if !drafts.isUnreadable(name) {
            let names = registry.objects.map(\.name)
            log.warning(
                "\(what): there is no object \(name)\(hint(for: name, among: names)); the trigger is left out", at: location)
        }
        return nil
    }
}
