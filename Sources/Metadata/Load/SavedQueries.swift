import Values

/// Reads saved queries. Their texts are ObjectQL, which is checked where it is known.
struct SavedQueryReader {
    let sources: SourceTexts
    let log: DiagnosticLog

    init(_ sources: SourceTexts, _ log: DiagnosticLog) { (self.sources, self.log) = (sources, log) }

    func queries(_ nodes: [YAMLNode]) -> [SavedQuery] {
        var names = NameSet("query", log)
        let queries = nodes.compactMap { node -> SavedQuery? in
            guard let query = query(node), names.insert(query.name, at: node.location) else { return nil }
            return query
        }
        return queries.sorted { $0.name < $1.name }
    }

    private func query(_ node: YAMLNode) -> SavedQuery? {
        guard let reader = MappingReader(node, "this file", log), let name = reader.name() else { return nil }
        reader.what = "query \(name)"
        let label = reader.text("label") ?? Names.label(name)
        let (description, text, textNode) = (reader.text("description"), reader.requiredText("query"), reader.node("query"))
        let defaults = reader.mapping("binds", "binds of query \(name)")?.remaining ?? []
        reader.finish()
        guard var text, let textNode else { return nil }
        while text.last?.isWhitespace ?? false { text.removeLast() }
        return SavedQuery(
            name: name, label: label, description: description, text: text,
            defaults: defaults.reduce(into: [:]) { $0[$1.name] = $1.node.json },
            defaultPlaces: Dictionary(defaults.map { ($0.name, $0.node.location) }, uniquingKeysWith: { first, _ in first }),
            location: node.location, places: { [sources] in sources.place(line: $0, column: $1, in: textNode) })
    }
}
