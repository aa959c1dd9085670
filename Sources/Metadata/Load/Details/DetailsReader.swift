import Formula
import Values

/// Reads what an object's file says about its fields once all fields are known: defaults, visibility, views, layout, rules.
struct DetailsReader {
    let draft: ObjectDraft
    let object: ObjectDefinition
    let formulas: FormulaReader
    let triggerFiles: Set<String>
    var log: DiagnosticLog { formulas.log }
    private var registry: Registry { formulas.registry }

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

    private func filters(_ what: String, allowsPaths: Bool = false) -> FilterReader {
        FilterReader(object: object, registry: registry, what: what, log: log, allowsPaths: allowsPaths)
    }

    // MARK: Views and layout

    private func listViews() -> [ListView] {
        var names = NameSet("list view", log)
        let views: [ListView] = draft.listViews.compactMap { node in
            guard let view = listView(node), names.insert(view.name, at: node.location) else { return nil }
            return view
        }
        for view in views.filter(\.isDefault).dropFirst() {
            log.error("list view \(view.name): only one list view can be the default", at: draft.location)
        }
        return views
    }

    private func listView(_ node: YAMLNode) -> ListView? {
        guard let reader = MappingReader(node, "this list view", log), let name = reader.name() else { return nil }
        reader.what = "list view \(name)"
        let columns = reader.texts("columns").compactMap { path($0.text, at: $0.location, "list view \(name)") }
        if !reader.has("columns") { log.error("list view \(name) needs columns", at: node.location) }
        var view = ListView(name: name, label: reader.text("label") ?? Names.label(name), columns: columns)
        view.filter = reader.node("filters").flatMap { filters("list view \(name): filters", allowsPaths: true).tree($0) }
        view.sortBy = reader.text("sortBy").flatMap { path($0, at: reader.place("sortBy"), "list view \(name): sortBy") }
        let order: SortOrder? = reader.choice("sortOrder")
        view.descending = order == .desc || order == .descending
        view.isDefault = reader.bool("default") ?? false
        reader.finish()
        if reader.has("filters"), view.filter == nil { return nil }
        return view
    }

    private enum SortOrder: String, CaseIterable { case asc, desc, ascending, descending }

    /// The canonical spelling of a path to a field.
    private func path(_ text: String, at location: SourceLocation, _ what: String) -> String? {
        do {
            let steps = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
            return try registry.place(steps, on: object).names.joined(separator: ".")
        } catch {
            log.report(error, what, at: location)
            return nil
        }
    }

    private func pageLayout() -> PageLayout? {
        guard let node = draft.pageLayout, let reader = MappingReader(node, "pageLayout", log) else { return nil }
        let sections = reader.list("sections").compactMap(section)
        let lists = reader.has("relatedLists") ? reader.texts("relatedLists").compactMap(relatedList) : nil
        reader.finish()
        return PageLayout(sections: sections, relatedLists: lists)
    }

    private func section(_ node: YAMLNode) -> PageLayout.Section? {
        guard let reader = MappingReader(node, "this section", log), let label = reader.requiredText("label") else { return nil }
        reader.what = "section \(label)"
        var section = PageLayout.Section(label: label, fields: reader.texts("fields").compactMap { ownField($0, reader.what) })
        section.columns = reader.integer("columns", in: 1...4) ?? 2
        section.collapsed = reader.bool("collapsed") ?? false
        section.visibleWhen = reader.node("visibleWhen").flatMap { filters("section \(label): visibleWhen").tree($0) }
        reader.finish()
        return section
    }

    private func ownField(_ entry: (text: String, location: SourceLocation), _ what: String) -> String? {
        if let field = object.field(entry.text) { return field.name }
        log.error(
            "\(what): \(object.name) has no field \(entry.text)\(hint(for: entry.text, among: object.fields.map(\.name)))",
            at: entry.location)
        return nil
    }

    private func relatedList(_ entry: (text: String, location: SourceLocation)) -> String? {
        if let relationship = object.relationship(entry.text) { return relationship.name }
        if draft.relationshipNames.contains(entry.text.lowercased()) { return nil }
        let names = object.relationships.map(\.name)
        log.error(
            "relatedLists: \(object.name) has no relationship \(entry.text)\(hint(for: entry.text, among: names))",
            at: entry.location)
        return nil
    }

    // MARK: Rules and triggers

    private func validationRules() -> [ValidationRule] {
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

    private func triggers() -> [TriggerDeclaration] {
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

extension TriggerEvent {
    /// The events of `event` or `events`: a list, or one text with commas between them.
    static func read(_ reader: MappingReader) -> [TriggerEvent] {
        guard let node = reader.node(anyOf: "events", "event") else {
            reader.log.error("\(reader.what) needs events", at: reader.location)
            return []
        }
        var events: [TriggerEvent] = []
        for (text, location) in reader.texts(node, "events") {
            let wanted = text.lowercased().filter { $0 != "_" }
            guard let event = allCases.first(where: { $0.rawValue.lowercased() == wanted }) else {
                let names = allCases.map(\.rawValue)
                let near =
                    suggestion(for: text, among: names).map { "did you mean \($0)?" } ?? "one of \(names.joined(separator: ", "))"
                reader.log.error("\(reader.what): there is no event \(text) (\(near))", at: location)
                continue
            }
            if !events.contains(event) { events.append(event) }
        }
        return events
    }
}
