import Formula
import Values

/// What an object's file says that can only be read when all fields are known: defaults, visibility, views, layout, rules.
struct Details {
    let draft: ObjectDraft
    let object: ObjectDefinition
    let formulas: FormulaReader
    let triggerFiles: Set<String>
    var log: DiagnosticLog { formulas.log }
    var registry: Registry { formulas.registry }

    func definition() -> ObjectDefinition {
        ObjectDefinition(
            draft, fields: fields(), relationships: object.relationships, listViews: listViews(), pageLayout: pageLayout(),
            validationRules: validationRules(), triggers: triggers())
    }

    private func fields() -> [FieldDefinition] {
        zip(draft.fields, object.fields).map { draft, field in
            var field = field
            field.visibleWhen = draft.visibleWhen.flatMap { filters("field \(field.name): visibleWhen").tree($0) }
            if case .formula? = field.defaultValue, let node = draft.defaultValue {
                field.defaultFormula = formulas.compile(
                    node, after: 1, on: object, what: "field \(field.name): defaultValue", returning: field.settingType)
                if field.defaultFormula == nil { field.defaultValue = nil }
            }
            return field
        }
    }

    func filters(_ what: String, allowsPaths: Bool = false) -> FilterReader {
        FilterReader(object: object, registry: registry, what: what, log: log, allowsPaths: allowsPaths)
    }

    /// The canonical spelling of a path to a field.
    func path(_ text: String, at location: SourceLocation, _ what: String) -> String? {
        if log.isFull { return nil }
        do {
            let steps = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
            return try registry.place(steps, on: object).names.joined(separator: ".")
        } catch {
            log.report(error, what, at: location)
            return nil
        }
    }

    /// The canonical spelling of one of the object's own fields.
    func ownField(_ entry: (text: String, location: SourceLocation), _ what: String) -> String? {
        if let field = object.field(entry.text) { return field.name }
        log.error(
            "\(what): \(object.name) has no field \(entry.text)\(hint(for: entry.text, among: object.fields.map(\.name)))",
            at: entry.location)
        return nil
    }
}
