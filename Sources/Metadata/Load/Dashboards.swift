import Values

/// Reads dashboards. Their queries are ObjectQL, which is checked where it is known.
struct DashboardReader {
    let log: DiagnosticLog

    init(_ log: DiagnosticLog) { self.log = log }

    func dashboards(_ nodes: [YAMLNode]) -> [Dashboard] {
        var names = NameSet("dashboard", log)
        let dashboards = nodes.compactMap { node -> Dashboard? in
            guard let dashboard = dashboard(node), names.insert(dashboard.name, at: node.location) else { return nil }
            return dashboard
        }
        return dashboards.sorted { $0.name < $1.name }
    }

    private func dashboard(_ node: YAMLNode) -> Dashboard? {
        guard let reader = MappingReader(node, "this file", log), let name = reader.name() else { return nil }
        reader.what = "dashboard \(name)"
        let label = reader.text("label") ?? Names.label(name)
        let (description, icon) = (reader.text("description"), reader.text("icon"))
        let nodes = reader.list("components")
        if nodes.isEmpty { log.error("dashboard \(name) needs components", at: reader.place("components")) }
        reader.finish()
        var names = NameSet("component", log)
        let components = nodes.compactMap { node -> Dashboard.Component? in
            guard let component = component(node), names.insert(component.name, at: node.location) else { return nil }
            return component
        }
        return Dashboard(
            name: name, label: label, description: description, icon: icon, components: components, location: node.location)
    }

    private func component(_ node: YAMLNode) -> Dashboard.Component? {
        guard let reader = MappingReader(node, "this component", log), let name = reader.name() else { return nil }
        reader.what = "component \(name)"
        let (label, type) = (reader.text("label") ?? Names.label(name), reader.requiredText("type"))
        guard let query = reader.node("query") else {
            log.error("component \(name) needs query", at: node.location)
            return nil
        }
        var options = JSON.Members()
        for (key, node) in reader.remaining { options[key] = node.json }
        guard let type else { return nil }
        return Dashboard.Component(
            name: name, label: label, type: type, query: query.json, options: .object(options), location: query.location)
    }
}
