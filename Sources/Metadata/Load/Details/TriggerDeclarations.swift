import Values

extension Details {
    func triggers() -> [TriggerDeclaration] {
        var names = NameSet("trigger", log)
        return draft.triggers.compactMap { node in
            guard let trigger = trigger(node), names.insert(trigger.name, at: node.location) else { return nil }
            return trigger
        }
    }

    private func trigger(_ node: YAMLNode) -> TriggerDeclaration? {
        guard let reader = MappingReader(node, "this trigger", log), let name = reader.name() else { return nil }
        reader.what = "trigger \(name)"
        let events = TriggerEvent.read(reader)
        let active = reader.bool("active") ?? true
        let file = reader.text("file")
        if let file { checkFile(file, reader) }
        let conditions = reader.list("conditions").compactMap { condition($0, reader.what) }
        _ = reader.text("description")
        reader.finish()
        return TriggerDeclaration(name: name, events: events, file: file, active: active, conditions: conditions)
    }

    /// A file that is not there is a warning: the rest of the object works without it.
    private func checkFile(_ file: String, _ reader: MappingReader) {
        let path = file.hasPrefix("triggers/") ? String(file.dropFirst("triggers/".count)) : file
        guard !triggerFiles.contains(path) else { return }
        log.warning(
            "\(reader.what): there is no file \(file)\(hint(for: path, among: triggerFiles.sorted()))", at: reader.place("file"))
    }

    private func condition(_ node: YAMLNode, _ what: String) -> TriggerDeclaration.Condition? {
        guard let reader = MappingReader(node, "\(what): this condition", log), let name = reader.requiredText("field"),
            let field = ownField((name, reader.place("field")), what)
        else { return nil }
        let changed = reader.bool("changed") ?? false
        let filter = reader.has("operator") ? filters(what).comparison(reader) : nil
        if !changed, !reader.has("operator") {
            log.error("\(what): the condition on \(field) needs changed: true or an operator", at: node.location)
        }
        reader.finish()
        return TriggerDeclaration.Condition(field: field, changed: changed, filter: filter)
    }
}
