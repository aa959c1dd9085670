import Values

extension Details {
    func pageLayout() -> PageLayout? {
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

    private func relatedList(_ entry: (text: String, location: SourceLocation)) -> String? {
        if let relationship = object.relationship(entry.text) { return relationship.name }
        if draft.relationshipNames.contains(entry.text.lowercased()) { return nil }
        let names = object.relationships.map(\.name)
        log.error(
            "relatedLists: \(object.name) has no relationship \(entry.text)\(hint(for: entry.text, among: names))",
            at: entry.location)
        return nil
    }
}
