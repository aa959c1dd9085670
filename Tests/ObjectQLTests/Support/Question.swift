import Metadata
import SQL
import Values

/// A query as the test means it: the generator makes it, the interpreter answers it, and as JSON it goes to the compiler.
struct Question {
    struct Key {
        var path: String
        var unit: String?
        var alias: String?
        var name: String { alias ?? path }
        /// The path to the field, also where the key is a function of it.
        var field: String { DateFunction(path)?.path ?? path }
        /// What `GROUPING` takes.
        var term: String { unit.map { "START_OF_\($0.uppercased())(\(path))" } ?? path }
    }

    struct Figure {
        var alias: String
        var function: String
        var path: String
    }

    /// A function of a field, shown under a name.
    struct Shown {
        var alias: String
        var function: String
    }

    /// What is shown of a parent that may be of several objects.
    struct TypeOf {
        var parent: String
        var cases: [(object: String, fields: [String])]
        var otherwise: [String]
    }

    struct Child {
        var name: String
        var question: Question
    }

    struct Order {
        var name: String
        var descending: Bool
        var nulls: String?
    }

    var object: String
    var fields: [String] = []
    var shown: [Shown] = []
    var typeOf: TypeOf?
    var related: [Child] = []
    var filter: Statement?
    var keys: [Key] = []
    /// `rollup` or `cube`; nil for plain groups.
    var sums: String?
    var figures: [Figure] = []
    var having: Statement?
    var order: [Order] = []
    var limit: Int?
    var offset = 0
    var deleted: JSON = false

    indirect enum Statement {
        case all([Statement])
        case any([Statement])
        case not(Statement)
        case compare(String, String, JSON)
        /// Among the values of a field that another question finds.
        case within(String, isNegated: Bool, Question)
    }

    var isGrouped: Bool { !keys.isEmpty || !figures.isEmpty }
}

extension Question {
    var json: JSON {
        var members: JSON.Members = ["object": .string(object)]
        for (name, value) in body { members[name] = value }
        members["count"] = true
        return .object(members)
    }

    fileprivate var plainJSON: JSON {
        var members: JSON.Members = ["object": .string(object)]
        for (name, value) in body { members[name] = value }
        return .object(members)
    }

    private var body: JSON.Members {
        var members: JSON.Members = [:]
        let fields = isGrouped ? groupFields : self.fields.map(JSON.string) + shown.map(\.json) + (typeOf.map { [$0.json] } ?? [])
        if !fields.isEmpty { members["fields"] = .array(fields) }
        if let filter { members["filters"] = filter.json }
        if let limit { members["limit"] = .number(Number(limit)) }
        if offset > 0 { members["offset"] = .number(Number(offset)) }
        if deleted != false { members["deleted"] = deleted }
        if !related.isEmpty {
            var children: JSON.Members = [:]
            for child in related { children[child.name] = .object(child.question.body) }
            members["related"] = .object(children)
        }
        if !keys.isEmpty {
            let list = JSON.array(keys.map(\.json))
            members["groupBy"] = sums.map { .object([$0: list]) } ?? list
        }
        let aggregated = figures.filter { $0.function != "grouping" }
        if !aggregated.isEmpty {
            var aggregate: JSON.Members = [:]
            for figure in aggregated { aggregate[figure.alias] = ["$\(figure.function)": .string(figure.path)] }
            members["aggregate"] = .object(aggregate)
        }
        if let having { members["having"] = having.json }
        if !order.isEmpty { members["orderBy"] = .array(order.map(\.json)) }
        return members
    }

    /// Said only where the marks of sums are shown, too.
    private var groupFields: [JSON] {
        guard sums != nil else { return [] }
        return keys.map { .string($0.name) }
            + figures.map { figure in
                let isMark = figure.function == "grouping"
                return isMark
                    ? ["field": .string("GROUPING(\(figure.path))"), "as": .string(figure.alias)] : .string(figure.alias)
            }
    }
}

extension Question.Shown {
    fileprivate var json: JSON { ["field": .string(function), "as": .string(alias)] }
}

extension Question.TypeOf {
    fileprivate var json: JSON {
        var when: JSON.Members = [:]
        for entry in cases { when[entry.object] = .array(entry.fields.map(JSON.string)) }
        var members: JSON.Members = ["typeof": .string(parent), "when": .object(when)]
        if !otherwise.isEmpty { members["else"] = .array(otherwise.map(JSON.string)) }
        return .object(members)
    }
}

extension Question.Key {
    fileprivate var json: JSON {
        guard unit != nil || alias != nil else { return .string(path) }
        var members: JSON.Members = ["field": .string(path)]
        if let unit { members["by"] = .string(unit) }
        if let alias { members["as"] = .string(alias) }
        return .object(members)
    }
}

extension Question.Order {
    fileprivate var json: JSON {
        var members: JSON.Members = ["field": .string(name)]
        if descending { members["direction"] = "desc" }
        if let nulls { members["nulls"] = .string(nulls) }
        return .object(members)
    }
}

extension Question.Statement {
    var json: JSON {
        switch self {
        case .all(let parts): .object(["$and": .array(parts.map(\.json))])
        case .any(let parts): .object(["$or": .array(parts.map(\.json))])
        case .not(let part): .object(["$not": part.json])
        case .compare(let path, "$eq", let operand) where operand.array == nil: .object([path: operand])
        case .compare(let path, let name, let operand): .object([path: .object([name: operand])])
        case .within(let path, let isNegated, let question):
            .object([path: .object([isNegated ? "$nin" : "$in": question.plainJSON])])
        }
    }
}
