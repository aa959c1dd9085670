import Formula
import SQL
import Values

/// A field as its file describes it, with the parts that can only be understood when all objects are known.
struct FieldDraft {
    var definition: FieldDefinition
    var formula: YAMLNode?
    var defaultValue: YAMLNode?
    var visibleWhen: YAMLNode?
    /// The mapping of a roll-up.
    var summary: MappingReader?

    init(_ definition: FieldDefinition) { self.definition = definition }

    /// Reads one entry of `fields`; nil where it has no usable name.
    init?(_ node: YAMLNode, _ log: DiagnosticLog) {
        guard let reader = MappingReader(node, "this field", log) else { return nil }
        guard let name = reader.name() else { return nil }
        reader.what = "field \(name)"
        let type = FieldDraft.type(reader)
        var field = FieldDefinition(name: name, label: "", type: type ?? .text)
        field.label = reader.text("label") ?? Names.label(name, isLookup: field.isLookup)
        field.location = node.location
        field.readAttributes(reader)
        self.init(field)
        formula = reader.node("formula")
        defaultValue = reader.node("defaultValue")
        visibleWhen = reader.node("visibleWhen")
        summary = field.type == .summary ? reader : nil
        if type != nil { checkAttributes(reader) }
        settle(reader)
        reader.finish()
    }

    private static func type(_ reader: MappingReader) -> FieldType? {
        guard reader.has("type") else {
            _ = reader.requiredText("type")
            return nil
        }
        guard let type: FieldType = reader.choice("type") else { return nil }
        guard type != .id else {
            reader.log.error(
                "\(reader.what): every object has its Id already; a reference to another object is a lookup",
                at: reader.place("type"))
            return nil
        }
        return type
    }

    /// Says which attributes do not belong to the type, and which are missing.
    private func checkAttributes(_ reader: MappingReader) {
        let (type, kind) = (definition.type, definition.kind)
        for attribute in FieldAttribute.allCases where reader.has(attribute.rawValue) && !kind.attributes.contains(attribute) {
            let types = FieldType.allCases.filter { $0 != .id && $0.kind.attributes.contains(attribute) }.map(\.rawValue)
            reader.log.error(
                "\(reader.what): a \(type.rawValue) field has no \(attribute.rawValue) (fields that have it: \(types.joined(separator: ", ")))",
                at: reader.place(attribute.rawValue))
        }
        for attribute in kind.needs where !reader.has(attribute.rawValue) {
            reader.log.error("\(reader.what): a \(type.rawValue) field needs \(attribute.rawValue)", at: reader.location)
        }
    }

    /// Applies what the type implies, then reads a default value that is no formula.
    private mutating func settle(_ reader: MappingReader) {
        do { try definition.kind.settle(&definition) } catch {
            let key = definition.format != nil ? "format" : definition.options.isEmpty ? "name" : "options"
            reader.log.error("\(reader.what): \(error.message)", at: reader.place(key))
        }
        guard let node = defaultValue, definition.kind.attributes.contains(.defaultValue) else { return }
        if definition.options.contains(where: \.isDefault) {
            return reader.log.error(
                "\(reader.what): the default stands both in the options and in defaultValue", at: node.location)
        }
        do { definition.defaultValue = try DefaultValue(node, for: definition) } catch {
            reader.log.error("\(reader.what): defaultValue: \(error.message)", at: node.location)
        }
    }
}

extension FieldDefinition {
    fileprivate mutating func readAttributes(_ reader: MappingReader) {
        readFlags(reader)
        readLimits(reader)
        (description, helpText) = (reader.text("description"), reader.text("helpText"))
        renamedFrom = reader.optionalName("renamedFrom")
        format = reader.text("format")
        if let node = reader.node("options") { options = OptionReader(reader.what, reader.log).options(node) }
        dependsOn = reader.text("dependsOn")
        referenceTo = reader.texts("referenceTo").map(\.text)
        let (returnType, blanks) = (readReturnType(reader), readBlanks(reader))
        if type == .formula, let source = reader.text("formula"), let returnType {
            formula = FormulaDefinition(source: source, returnType: returnType, blanks: blanks)
        }
        for attribute in FieldAttribute.summary { _ = reader.node(attribute.rawValue) }
    }

    private mutating func readFlags(_ reader: MappingReader) {
        required = reader.bool("required") ?? false
        unique = reader.bool("unique") ?? false
        searchable = reader.bool("searchable") ?? false
        readonly = reader.bool("readonly") ?? false
        hidden = reader.bool("hidden") ?? false
        index = reader.bool("index") ?? false
        externalId = reader.bool("externalId") ?? false
        isNameField = reader.bool("nameField") ?? false
        let (cascade, restrict) = (reader.bool("cascadeDelete") ?? false, reader.bool("restrictDelete") ?? false)
        if cascade, restrict {
            reader.log.error(
                "\(reader.what) has both cascadeDelete and restrictDelete: keep one", at: reader.place("restrictDelete"))
        }
        onDelete = cascade ? .cascade : restrict ? .restrict : .clear
    }

    private mutating func readLimits(_ reader: MappingReader) {
        length = reader.integer("length", in: 1...1_000_000)
        rows = reader.integer("rows", in: 1...100)
        precision = reader.integer("precision", in: 1...18) ?? 18
        let defaultScale = type == .formula ? 2 : (type.kind as? any Numeric)?.defaultScale ?? 0
        scale = reader.integer("scale", in: 0...precision) ?? Swift.min(defaultScale, precision)
        (min, max) = (reader.number("min"), reader.number("max"))
        guard let pattern = reader.text("pattern") else { return }
        do { self.pattern = try FieldPattern(pattern) } catch {
            reader.log.error("\(reader.what): pattern: \(error.message)", at: reader.place("pattern"))
        }
    }

    private func readReturnType(_ reader: MappingReader) -> FieldType? {
        guard let type: FieldType = reader.choice("returnType") else { return nil }
        let allowed: [FieldType] = [.text, .number, .currency, .percent, .checkbox, .date, .datetime, .time]
        if allowed.contains(type) { return type }
        let names = allowed.map(\.rawValue).joined(separator: ", ")
        reader.log.error(
            "\(reader.what): a formula cannot return \(type.rawValue) (one of \(names))", at: reader.place("returnType"))
        return nil
    }

    private func readBlanks(_ reader: MappingReader) -> BlankHandling {
        switch reader.text("treatBlanksAs")?.lowercased() {
        case nil, "zero": return .zero
        case "blank": return .blank
        default:
            reader.log.error("\(reader.what): treatBlanksAs must be zero or blank", at: reader.place("treatBlanksAs"))
            return .zero
        }
    }
}

extension FieldAttribute {
    /// The attributes of roll-ups, read when all objects are known.
    static let summary: [FieldAttribute] = [.relationship, .summarizedObject, .foreignKey, .function, .field, .filters]
}

extension DefaultValue {
    /// A value of the field's type, `$currentUser`, `$TODAY`, `$NOW`, or a formula after `=`.
    init(_ node: YAMLNode, for field: FieldDefinition) throws(FieldProblem) {
        if let text = node.text, text.hasPrefix("="), field.settingType != nil {
            self = .formula(String(text.dropFirst()))
        } else if let text = node.text, text.hasPrefix("$"), let word = try DefaultValue.word(text, field) {
            self = word
        } else {
            guard let json = node.json(for: field) else {
                throw FieldProblem(.badAttribute, "a value was expected, not \(node.kind)")
            }
            self = .value(try field.convert(json))
        }
    }

    /// The meaning of a `$` word; nil where the field is one whose values may begin so.
    private static func word(_ text: String, _ field: FieldDefinition) throws(FieldProblem) -> DefaultValue? {
        switch text.lowercased() {
        case "$currentuser" where field.isLookup, "$currentuser.id" where field.isLookup: return .currentUser
        case "$today" where field.type == .date: return .today
        case "$now" where field.type == .datetime: return .now
        case "$currentuser", "$currentuser.id": throw FieldProblem(.badAttribute, "\(text) is for lookups to User")
        case "$today": throw FieldProblem(.badAttribute, "\(text) is for date fields (a datetime takes $NOW)")
        case "$now": throw FieldProblem(.badAttribute, "\(text) is for datetime fields (a date takes $TODAY)")
        default:
            if field.column == .text || field.column == .list { return nil }
            throw FieldProblem(.badAttribute, "there is no \(text)\(hint(for: text, among: ["$currentUser", "$TODAY", "$NOW"]))")
        }
    }
}
