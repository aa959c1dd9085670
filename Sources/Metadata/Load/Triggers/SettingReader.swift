import Formula
import Values

/// Reads what an action sets fields to, and the texts of messages: values, or formulas over the record that triggered it.
struct SettingReader {
    /// The object of the record that triggered the action.
    let object: ObjectDefinition
    let formulas: FormulaReader
    private var log: DiagnosticLog { formulas.log }

    typealias Setting = TriggerDefinition.Setting

    func settings(_ node: YAMLNode?, _ target: ObjectDefinition, _ reader: MappingReader) -> [(field: String, Setting)]? {
        guard let node else {
            log.error("\(reader.what) needs set", at: reader.location)
            return nil
        }
        return MappingReader(node, reader.what, log).flatMap { settings($0, target) }
    }

    /// All of the settings; nil where one cannot be read, since an action is done as a whole or not at all.
    func settings(_ reader: MappingReader, _ target: ObjectDefinition) -> [(field: String, Setting)]? {
        var names = NameSet("\(reader.what): field", log)
        let entries = reader.remaining
        let settings: [(field: String, Setting)] = entries.compactMap { name, node in
            guard names.insert(name, at: node.location), let field = settable(name, target, reader),
                let setting = setting(node, field, "\(reader.what): \(name)")
            else { return nil }
            return (field.name, setting)
        }
        return settings.count == entries.count ? settings : nil
    }

    private func settable(_ name: String, _ target: ObjectDefinition, _ reader: MappingReader) -> FieldDefinition? {
        guard let field = target.field(name) else {
            log.error(
                "\(reader.what): \(target.name) has no field \(name)\(hint(for: name, among: target.fields.map(\.name)))",
                at: reader.place(name))
            return nil
        }
        guard !field.isSystem, ![.formula, .summary, .autoNumber].contains(field.type) else {
            log.error(
                "\(reader.what): \(target.name).\(field.name) is kept by the engine and cannot be set", at: reader.place(name))
            return nil
        }
        return field
    }

    /// What a field is set to: a formula after `=`, a word such as `$TODAY`, nothing, or a value of the field's type.
    private func setting(_ node: YAMLNode, _ field: FieldDefinition, _ what: String) -> Setting? {
        if node.isNull { return .value(.null) }
        if let text = node.text, let formula = SettingReader.words[text.lowercased()] {
            return self.formula(YAMLNode(content: .scalar(formula, .plain), location: node.location), field, what)
        }
        if node.text?.hasPrefix("=") ?? false { return formula(node, field, what) }
        guard let json = node.json(for: field) else {
            log.error("\(what): a value was expected, not \(node.kind)", at: node.location)
            return nil
        }
        do { return .value(try field.convert(json)) } catch {
            log.error("\(what): \(error.message)", at: node.location)
            return nil
        }
    }

    private static let words = [
        "$currentuser": "=$User.Id", "$currentuser.id": "=$User.Id", "$today": "=TODAY()", "$now": "=NOW()",
    ]

    private func formula(_ node: YAMLNode, _ field: FieldDefinition, _ what: String) -> Setting? {
        guard let type = field.settingType else {
            log.error("\(what): a \(field.type.rawValue) field cannot be set by a formula", at: node.location)
            return nil
        }
        return formulas.compile(node, after: 1, on: object, what: what, returning: type).map(Setting.formula)
    }

    /// A text, or a formula that gives one.
    func text(_ node: YAMLNode, _ what: String) -> Setting? {
        guard let text = node.text else {
            log.error("\(what): a text was expected, not \(node.kind)", at: node.location)
            return nil
        }
        guard text.hasPrefix("=") else { return .value(.text(text)) }
        return formulas.compile(node, after: 1, on: object, what: what, returning: .text).map(Setting.formula)
    }
}
