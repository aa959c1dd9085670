import Values

/// Reads the options of a select: bare texts, or mappings with a value and what goes with it.
struct OptionReader {
    let what: String
    let log: DiagnosticLog

    static let limit = 1000

    init(_ what: String, _ log: DiagnosticLog) { (self.what, self.log) = (what, log) }

    func options(_ node: YAMLNode) -> [PicklistOption] {
        guard let items = node.list else {
            log.error("\(what): options must be a list, not \(node.kind)", at: node.location)
            return []
        }
        guard (1...OptionReader.limit).contains(items.count) else {
            log.error("\(what) needs at least one option, and has at most \(OptionReader.limit)", at: node.location)
            return []
        }
        var names = NameSet("\(what): option", log)
        return items.compactMap { item in
            guard let option = option(item), names.insert(option.value, at: item.location) else { return nil }
            return option
        }
    }

    private func option(_ node: YAMLNode) -> PicklistOption? {
        if let text = node.text, !node.isNull { return PicklistOption(value: text, label: text) }
        guard let reader = MappingReader(node, "\(what): this option", log) else { return nil }
        let (value, label) = (reader.text("value"), reader.text("label"))
        guard let name = value ?? label else {
            log.error("\(what): this option needs a value", at: node.location)
            return nil
        }
        reader.what = "\(what): option \(name)"
        var option = PicklistOption(value: name, label: label ?? name)
        option.color = reader.text("color")
        option.isDefault = reader.bool("default") ?? false
        option.active = reader.bool("active") ?? true
        option.probability = reader.integer("probability", in: 0...100)
        option.isWon = reader.bool("isWon") ?? false
        option.isClosed = reader.bool("isClosed") ?? option.isWon
        option.forecastCategory = reader.text("forecastCategory")
        option.when = reader.texts("when").map(\.text)
        reader.finish()
        return option
    }
}
