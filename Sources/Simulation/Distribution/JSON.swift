package import Engine
package import Values

extension Distribution {
    /// Reads `"Bell Curve"`, or the method with its parameters: `{"method": "Bell Curve", "deviation": 0.1, "points": "poisson"}`.
    package init(json: JSON) throws(Problem) {
        switch json {
        case .string(let name): self.init(try Method.named(name))
        case .object(let members):
            guard let name = members["method"]?.string else {
                throw .setting(
                    "distributionMethod", "A distribution names its method", hint: "Send {\"method\": \"Bell Curve\", ...}")
            }
            let method = try Method.named(name)
            self.init(method, try Parameters(members, of: method))
        default:
            throw .setting(
                "distributionMethod", "A distribution is a name or an object, not \(json.kind)",
                hint: "Send \"Bell Curve\" or {\"method\": \"Bell Curve\", ...}")
        }
    }

    package var json: JSON {
        var members: JSON.Members = ["method": .string(method.name)]
        for (name, number) in parameters.numbers.sorted(by: { $0.key < $1.key }) {
            members[name] = .number(Number(number) ?? .zero)
        }
        if let list = method.list, let numbers = parameters.lists[list.name] {
            members[list.name] = .array(numbers.map { .number(Number($0) ?? .zero) })
        }
        if parameters.points != .stratified { members["points"] = .string(parameters.points.rawValue) }
        return members.count == 1 ? .string(method.name) : .object(members)
    }
}

extension Method {
    /// Written as it is told: neither case nor dashes and blanks count.
    package static func named(_ name: String) throws(Problem) -> Method {
        func plain(_ text: String) -> String { text.lowercased().filter(\.isLetter) }
        if let method = Distribution.methods.first(where: { plain($0.name) == plain(name) }) { return method }
        let names = Distribution.methods.map(\.name)
        throw .setting(
            "distributionMethod", "There is no distribution method \"\(name)\"",
            hint: suggestion(for: name, among: names).map { "Did you mean \($0)?" }
                ?? "The methods are \(names.joined(separator: ", "))")
    }
}

extension Distribution.Parameters {
    fileprivate init(_ members: JSON.Members, of method: Method) throws(Problem) {
        self.init()
        for (name, value) in members where name != "method" {
            if name == "points", !method.takesPoints {
                points = try Self.kind(value)
            } else if let list = method.list, name == list.name {
                lists[name] = try Self.numbers(value, of: list, method)
            } else {
                numbers[name] = try Self.number(value, name, method)
            }
        }
    }

    private static func kind(_ json: JSON) throws(Problem) -> Points.Kind {
        if let kind = json.string.flatMap(Points.Kind.init) { return kind }
        throw .setting("distributionMethod.points", "Points are \"stratified\" or \"poisson\"")
    }

    private static func number(_ json: JSON, _ name: String, _ method: Method) throws(Problem) -> Double {
        guard let parameter = method.parameters.first(where: { $0.name == name }) else {
            let names = method.parameters.map(\.name) + (method.list.map { [$0.name] } ?? []) + ["points"]
            throw .setting(
                "distributionMethod.\(name)", "\(method.name) has no parameter \(name)",
                hint: suggestion(for: name, among: names).map { "Did you mean \($0)?" }
                    ?? "Its parameters are \(names.joined(separator: ", "))")
        }
        guard let number = json.number?.double, parameter.range.contains(number) else {
            throw .setting(
                "distributionMethod.\(name)",
                "\(name) is a number from \(text(parameter.range.lowerBound)) to \(text(parameter.range.upperBound))")
        }
        return number
    }

    private static func numbers(_ json: JSON, of list: Method.List, _ method: Method) throws(Problem) -> [Double] {
        let field = "distributionMethod.\(list.name)"
        // Points may come as pairs: [[0, 1], [0.5, 3]].
        let items = (json.array ?? []).flatMap { $0.array ?? [$0] }
        let numbers = items.compactMap { $0.number?.double }
        guard numbers.count == items.count, numbers.allSatisfy({ $0 >= 0 && $0 <= 1e12 }), numbers.contains(where: { $0 > 0 })
        else { throw .setting(field, "\(list.name): \(list.meaning)") }
        if method.takesPoints {
            let places = stride(from: 0, to: numbers.count, by: 2).map { numbers[$0] }
            let densities = stride(from: 1, to: numbers.count, by: 2).map { numbers[$0] }
            guard numbers.count % 2 == 0, places.count > 1, places.count <= 10_000, zip(places, places.dropFirst()).allSatisfy(<),
                places.allSatisfy({ $0 <= 1 }), densities.contains(where: { $0 > 0 })
            else { throw .setting(field, "\(list.name): \(list.meaning)", hint: "Example: [[0, 1], [0.5, 3], [1, 0]]") }
        } else if numbers.count != list.standard.count {
            throw .setting(field, "\(list.name) are \(list.standard.count) numbers, not \(numbers.count)")
        }
        return numbers
    }

    private static func text(_ bound: Double) -> String { (Number(bound) ?? .zero).description }
}

extension Method {
    /// Its list is one of points, pairs of a place and a density.
    fileprivate var takesPoints: Bool { list?.name == "points" }
}
