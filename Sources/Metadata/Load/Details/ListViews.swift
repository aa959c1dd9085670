import SQL

extension Details {
    func listViews() -> [ListView] {
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
        view.sortBy = reader.text("sortBy").flatMap { sortPath($0, at: reader.place("sortBy"), "list view \(name): sortBy") }
        let order: SortOrder? = reader.choice("sortOrder")
        view.descending = order == .desc || order == .descending
        view.isDefault = reader.bool("default") ?? false
        reader.finish()
        if reader.has("filters"), view.filter == nil { return nil }
        return view
    }

    /// The canonical spelling of a path to a field whose values have an order.
    private func sortPath(_ text: String, at location: SourceLocation, _ what: String) -> String? {
        guard let path = path(text, at: location, what) else { return nil }
        let field = try? registry.place(path.split(separator: ".").map(String.init), on: object).field
        guard let field, [.list, .json].contains(field.column) || field.type == .encrypted else { return path }
        log.error("\(what): \(path) is of the type \(field.resultType.rawValue): nothing can be sorted by it", at: location)
        return nil
    }

    private enum SortOrder: String, CaseIterable { case asc, desc, ascending, descending }
}
