import Metadata
import SQL
import Values

// What the interpreter's answers look like: JSON, letter by letter as the API gives it.

extension Interpreter {
    func write(_ record: Record, _ question: Question) -> String {
        let seesDeleted = question.deleted != false
        var tree = OutputTree()
        for path in question.fields {
            let found = value(path, record, question.object, seesDeleted)
            tree.insert(path.split(separator: ".").map(String.init)[...], found.parents[...], json(found.value, found.type))
        }
        for shown in question.shown {
            let found = value(shown.function, record, question.object, seesDeleted)
            tree.members.append(OutputTree.Member(shown.alias, .text(json(found.value, found.type))))
        }
        if let typeOf = question.typeOf {
            tree.members.append(OutputTree.Member(typeOf.parent, .text(write(typeOf, record, question.object, seesDeleted))))
        }
        for child in question.related {
            tree.members.append(OutputTree.Member(child.name, .text(children(child.name, child.question, record, question))))
        }
        return tree.text
    }

    private func write(_ typeOf: Question.TypeOf, _ record: Record, _ object: String, _ seesDeleted: Bool) -> String {
        guard let target = value("\(typeOf.parent).Type", record, object, seesDeleted).value.text else { return "null" }
        let chosen = typeOf.cases.first { $0.object == target }?.fields
        if chosen == nil, typeOf.otherwise.isEmpty { return "null" }
        var tree = OutputTree()
        for path in chosen ?? typeOf.otherwise {
            let names = path.split(separator: ".").map(String.init)
            let definition = registry.object(target)
            guard definition?.field(names[0]) != nil || definition?.lookup(parent: names[0]) != nil else { continue }
            let found = value("\(typeOf.parent).\(path)", record, object, seesDeleted)
            tree.insert(names[...], found.parents.dropFirst(), json(found.value, found.type))
        }
        return tree.text
    }

    private func children(_ name: String, _ question: Question, _ record: Record, _ parent: Question) -> String {
        guard let relationship = registry.object(parent.object)?.relationship(name) else { return "?" }
        let lookup = registry.object(relationship.object)?.field(relationship.foreignKey)
        let candidates = records[relationship.object]?.filter { child in
            let isThatObject = lookup?.typeColumn.map { child[$0] == .text(parent.object) } ?? true
            return isThatObject && child[relationship.foreignKey] == record["Id"]
        }
        var question = question
        question.object = relationship.object
        if question.deleted == false, parent.deleted != false { question.deleted = true }
        let rows = rows(question, among: candidates).prefix(question.limit ?? 50)
        return "[" + rows.map { write($0, question) }.joined(separator: ",") + "]"
    }

    func json(_ value: Value, _ type: ColumnType) -> String {
        switch (value, type) {
        case (.number(let number), .decimal(_, let scale)): number.text(scale: scale)
        default: value.json.description
        }
    }
}

/// An object that is put together member by member.
struct OutputTree {
    indirect enum Node {
        case text(String)
        case tree(OutputTree)
    }

    struct Member {
        var name: String
        var node: Node
        init(_ name: String, _ node: Node) { (self.name, self.node) = (name, node) }
    }

    var members: [Member] = []

    mutating func insert(_ names: ArraySlice<String>, _ parents: ArraySlice<Bool>, _ value: String) {
        guard let name = names.first else { return }
        let index = members.firstIndex { $0.name == name }
        guard names.count > 1 else {
            if index == nil { members.append(Member(name, .text(value))) }
            return
        }
        guard parents.first ?? true else {
            if index == nil { members.append(Member(name, .text("null"))) }
            return
        }
        var tree = OutputTree()
        if let index, case .tree(let known) = members[index].node { tree = known }
        tree.insert(names.dropFirst(), parents.dropFirst(), value)
        if let index { members[index].node = .tree(tree) } else { members.append(Member(name, .tree(tree))) }
    }

    var text: String {
        let parts = members.map { member in
            let value =
                switch member.node {
                case .text(let text): text
                case .tree(let tree): tree.text
                }
            return "\(JSON.string(member.name).description):\(value)"
        }
        return "{\(parts.joined(separator: ","))}"
    }
}

// MARK: Groups

extension Interpreter {
    private struct Group {
        var keys: [Value]
        /// The keys by which it is made; the others are summed up.
        var set: [Int]
        var records: [Record] = []
    }

    func groups(_ question: Question) -> [String] {
        let records = rows(question.plain)
        let found = sets(question).flatMap { set in
            groups(records, by: set, question).map { results($0, question) }
        }
        let kept = found.filter { result in
            question.having.map { holds($0, in: { result[$0] ?? Found(value: .null, type: .text) }) } ?? true
        }
        return sorted(kept, question).map { write($0, question) }
    }

    private func sets(_ question: Question) -> [[Int]] {
        let all = Array(question.keys.indices)
        return switch question.sums {
        case "rollup": (0...all.count).map { Array(all.prefix($0)) }
        case "cube": all.reduce([[]]) { sets, key in sets + sets.map { $0 + [key] } }
        default: [all]
        }
    }

    private func groups(_ records: [Record], by set: [Int], _ question: Question) -> [Group] {
        var groups: [Group] = set.isEmpty ? [Group(keys: question.keys.map { _ in .null }, set: set)] : []
        for record in records {
            let keys = question.keys.indices.map { set.contains($0) ? key(question.keys[$0], record, question) : .null }
            if let index = groups.firstIndex(where: { $0.keys == keys }) {
                groups[index].records.append(record)
            } else {
                groups.append(Group(keys: keys, set: set, records: [record]))
            }
        }
        return groups
    }

    private func results(_ group: Group, _ question: Question) -> [String: Found] {
        var results: [String: Found] = [:]
        for (index, (key, value)) in zip(question.keys, group.keys).enumerated() {
            let type = self.value(key.path, nil, question.object).type
            results[key.name] = Found(value: value, type: key.unit == nil ? type : .date)
            results["GROUPING(\(key.term))"] = Found(value: group.set.contains(index) ? 0 : 1, type: .integer)
        }
        for figure in question.figures {
            results[figure.alias] =
                figure.function == "grouping"
                ? results["GROUPING(\(figure.path))"] : self.figure(figure, group.records, question)
        }
        return results
    }

    private func key(_ key: Question.Key, _ record: Record, _ question: Question) -> Value {
        let found = value(key.path, record, question.object, question.deleted != false).value
        guard let unit = key.unit.flatMap({ DateWord.Unit(rawValue: $0) }) else { return found }
        switch found {
        case .date(let day): return .date(unit.start(day, 0, calendar))
        case .datetime(let instant): return .date(unit.start(zone.day(instant), 0, calendar))
        default: return .null
        }
    }

    private func figure(_ figure: Question.Figure, _ records: [Record], _ question: Question) -> Found {
        if figure.path == "*" { return Found(value: .number(Number(records.count)), type: .integer) }
        let found = records.map { value(figure.path, $0, question.object, question.deleted != false) }
        let type = value(figure.path, nil, question.object).type
        let values = found.map(\.value).filter { !$0.isNull }
        let scale = if case .decimal(_, let scale) = type { scale } else { 0 }
        let total = values.compactMap(\.number).reduce(Number.zero, +)
        switch figure.function {
        case "count": return Found(value: .number(Number(values.count)), type: .integer)
        case "countDistinct": return Found(value: .number(Number(Set(values).count)), type: .integer)
        case "sum": return Found(value: values.isEmpty ? .null : .number(total), type: .decimal(precision: 38, scale: scale))
        case "avg":
            let average = total / Number(values.count)
            return Found(
                value: average.map { .number($0.rounded(to: scale + 4)) } ?? .null,
                type: .decimal(precision: 38, scale: scale + 4))
        case "min": return Found(value: values.min { compare($0, $1) ?? 0 < 0 } ?? .null, type: type)
        default: return Found(value: values.max { compare($0, $1) ?? 0 < 0 } ?? .null, type: type)
        }
    }

    private func sorted(_ results: [[String: Found]], _ question: Question) -> [[String: Found]] {
        let named = question.order.map(\.name)
        let rest = question.keys.map(\.name).filter { !named.contains($0) }
        let marks = question.sums == nil ? [] : question.keys.map { "GROUPING(\($0.term))" }
        let order = question.order + (rest + marks).map { Question.Order(name: $0, descending: false, nulls: nil) }
        return results.sorted { a, b in
            for order in order {
                if let before = precedes(a[order.name]?.value ?? .null, b[order.name]?.value ?? .null, order) { return before }
            }
            return false
        }
    }

    private func write(_ result: [String: Found], _ question: Question) -> String {
        var tree = OutputTree()
        for key in question.keys {
            guard let found = result[key.name] else { continue }
            let names = key.alias.map { [$0] } ?? key.path.split(separator: ".").map(String.init)
            let parents = (1..<max(names.count, 1)).map { count in
                let prefix = names.prefix(count).joined(separator: ".") + "."
                return question.keys.contains { $0.field.hasPrefix(prefix) && result[$0.name]?.value.isNull == false }
            }
            tree.insert(names[...], parents[...], json(found.value, found.type))
        }
        for figure in question.figures {
            guard let found = result[figure.alias] else { continue }
            tree.members.append(OutputTree.Member(figure.alias, .text(json(found.value, found.type))))
        }
        return tree.text
    }
}

extension Question {
    /// Only what decides which records are looked at.
    fileprivate var plain: Question {
        var question = Question(object: object)
        (question.filter, question.deleted) = (filter, deleted)
        return question
    }
}
