import Engine
import Hummingbird
import Metadata
import ObjectQL
import Values

extension Route {
    static let dashboard = Route(
        .get, "/api/ui/dashboard/{name}", "dashboard", "Gives a dashboard with the data of each of its components",
        gives: .ok(.named("Dashboard")), problems: [404]
    ) { call in
        let dashboard = try call.dashboard
        let answers = try await call.answers(to: dashboard.components)
        return .json(dashboard.json(with: answers))
    }
}

extension Call {
    fileprivate var dashboard: Dashboard {
        get throws(Problem) {
            let (name, dashboards) = (part("name"), engine.registry.dashboards)
            if let found = dashboards.first(where: { $0.name.lowercased() == name.lowercased() }) { return found }
            let names = dashboards.map(\.name)
            throw Problem(
                .notFound, "unknown_dashboard", "There is no dashboard \(name)",
                hint: suggestion(for: name, among: names).map { "Did you mean \($0)?" }
                    ?? (names.isEmpty ? nil : "There is: \(names.joined(separator: ", "))"))
        }
    }

    /// The answers to the components' queries, in their order; a query that is refused spoils its own component only.
    fileprivate func answers(to components: [Dashboard.Component]) async throws -> [Result<Answer, Problem>] {
        try await withThrowingTaskGroup { group in
            for (index, component) in components.enumerated() {
                group.addTask { (index, try await answer(to: component)) }
            }
            var answers: [Int: Result<Answer, Problem>] = [:]
            for try await (index, answer) in group { answers[index] = answer }
            return components.indices.compactMap { answers[$0] }
        }
    }

    private func answer(to component: Dashboard.Component) async throws -> Result<Answer, Problem> {
        do {
            return .success(try await engine.read(Query(json: component.query), as: session))
        } catch let problem as Problem where problem.kind == .malformed { return .failure(problem) } catch let problem
            as QueryProblem
        {
            return .failure(Problem(problem))
        }
    }
}

extension Dashboard {
    fileprivate func json(with answers: [Result<Answer, Problem>]) -> [UInt8] {
        let heading: JSON.Members = [
            "name": .string(name), "label": .string(label), "description": .text(description), "icon": .text(icon),
        ]
        var writer = JSONWriter(capacity: 4096)
        writer.raw("{")
        writer.members(heading)
        writer.raw(",\"components\":[")
        for (index, (component, answer)) in zip(components, answers).enumerated() {
            if index > 0 { writer.raw(",") }
            component.write(answer, to: &writer)
        }
        writer.raw("]}")
        return writer.array
    }
}

extension Dashboard.Component {
    /// What the file says of the component, with `data` (or `error`) beside it.
    fileprivate func write(_ answer: Result<Answer, Problem>, to writer: inout JSONWriter) {
        var members: JSON.Members = ["name": .string(name), "label": .string(label), "type": .string(type)]
        for (name, value) in options.object ?? [:] { members[name] = value }
        members["query"] = query
        writer.raw("{")
        writer.members(members)
        switch answer {
        case .success(let page):
            writer.raw(",\"data\":")
            writer.raw(page.body)
        case .failure(let problem):
            writer.raw(",\"error\":")
            writer.value(.object(problem.members()))
        }
        writer.raw("}")
    }
}
