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
    }

    struct Figure {
        var alias: String
        var function: String
        var path: String
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
    var related: [Child] = []
    var filter: Statement?
    var keys: [Key] = []
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

    private var body: JSON.Members {
        var members: JSON.Members = [:]
        if !fields.isEmpty { members["fields"] = .array(fields.map(JSON.string)) }
        if let filter { members["filters"] = filter.json }
        if let limit { members["limit"] = .number(Number(limit)) }
        if offset > 0 { members["offset"] = .number(Number(offset)) }
        if deleted != false { members["deleted"] = deleted }
        if !related.isEmpty {
            var children: JSON.Members = [:]
            for child in related { children[child.name] = .object(child.question.body) }
            members["related"] = .object(children)
        }
        if !keys.isEmpty { members["groupBy"] = .array(keys.map(\.json)) }
        if !figures.isEmpty {
            var aggregate: JSON.Members = [:]
            for figure in figures { aggregate[figure.alias] = ["$\(figure.function)": .string(figure.path)] }
            members["aggregate"] = .object(aggregate)
        }
        if let having { members["having"] = having.json }
        if !order.isEmpty { members["orderBy"] = .array(order.map(\.json)) }
        return members
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
        }
    }
}
