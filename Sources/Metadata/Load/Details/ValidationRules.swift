import Formula

extension Details {
    func validationRules() -> [ValidationRule] {
        var names = NameSet("validation rule", log)
        return draft.validationRules.compactMap { node in
            guard let rule = validationRule(node), names.insert(rule.name, at: node.location) else { return nil }
            return rule
        }
    }

    private func validationRule(_ node: YAMLNode) -> ValidationRule? {
        guard let reader = MappingReader(node, "this validation rule", log), let name = reader.name() else { return nil }
        reader.what = "validation rule \(name)"
        let message = reader.requiredText("errorMessage")
        let field = reader.text("errorField").flatMap { ownField(($0, reader.place("errorField")), reader.what) }
        let active = reader.bool("active") ?? true
        _ = reader.text("description")
        let source = reader.node("formula")
        if source == nil { log.error("\(reader.what) needs formula", at: node.location) }
        reader.finish()
        let formula = source.flatMap { formulas.compile($0, on: object, what: reader.what, returning: .boolean) }
        guard let message, let formula else { return nil }
        return ValidationRule(name: name, errorMessage: message, errorField: field, active: active, formula: formula)
    }
}
