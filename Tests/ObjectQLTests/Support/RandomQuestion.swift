import Metadata
import SQL
import Values

/// Makes questions about `Business`, of every kind.
struct RandomQuestion {
    let registry = Business.registry
    var generator: SeededGenerator

    init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    mutating func question() -> Question {
        var question = Question(object: generator.pick(["Account", "Contact", "Opportunity", "Activity"]))
        if generator.chance(25) { group(&question) } else { select(&question, level: 0) }
        if generator.chance(75) { question.filter = statement(question.object, depth: 3) }
        if generator.chance(15) { question.deleted = generator.pick([true, "only"]) }
        return question
    }

    // MARK: Records

    private mutating func select(_ question: inout Question, level: Int) {
        let paths = paths(question.object)
        question.fields = (0...generator.below(6)).map { _ in generator.pick(paths).path }
        if generator.chance(70) {
            question.order = (0...generator.below(2)).map { _ in
                Question.Order(
                    name: generator.pick(paths.filter { $0.type.isSortable }).path, descending: generator.chance(50),
                    nulls: generator.chance(40) ? generator.pick(["first", "last"]) : nil)
            }
        }
        if generator.chance(60) { question.limit = 1 + generator.below(12) }
        if level == 0, generator.chance(20) { question.offset = generator.below(6) }
        let relationships = registry.object(question.object)?.relationships.filter { $0.object != "Secret" } ?? []
        guard level < 2, generator.chance(level == 0 ? 35 : 25), !relationships.isEmpty else { return }
        let relationship = generator.pick(relationships)
        var child = Question(object: relationship.object)
        select(&child, level: level + 1)
        if generator.chance(50) { child.filter = statement(child.object, depth: 1) }
        question.related = [Question.Child(name: relationship.name, question: child)]
    }

    /// The object's own fields, and those of its parents and their parents.
    private func paths(_ object: String, depth: Int = 2) -> [Path] { RandomQuestion.known["\(object) \(depth)"] ?? [] }

    typealias Path = (path: String, type: ColumnType)

    private static let known: [String: [Path]] = Dictionary(
        uniqueKeysWithValues: Business.registry.objects.flatMap { object in
            (0...2).map { ("\(object.name) \($0)", paths(object.name, depth: $0)) }
        })

    private static func paths(_ object: String, depth: Int) -> [Path] {
        let registry = Business.registry
        guard let definition = registry.object(object) else { return [] }
        var paths = definition.fields.filter { $0.type != .encrypted }.map { (path: $0.name, type: $0.column) }
        guard depth > 0 else { return paths }
        for lookup in definition.fields {
            guard let parent = lookup.parentName, !lookup.isSystem else { continue }
            if lookup.isPolymorphic {
                paths += ["Name", "Owner.Name", "AnnualRevenue", "Stage", "Type", "CreatedDate"].map {
                    let type: ColumnType =
                        $0 == "AnnualRevenue" ? .decimal(precision: 18, scale: 2) : $0 == "CreatedDate" ? .datetime : .text
                    return (path: "\(parent).\($0)", type: type)
                }
            } else if let target = lookup.referenceTo.first {
                paths += RandomQuestion.paths(target, depth: depth - 1).map { (path: "\(parent).\($0.path)", type: $0.type) }
            }
        }
        return paths
    }

    // MARK: Conditions

    private mutating func statement(_ object: String, depth: Int) -> Question.Statement {
        if depth > 0, generator.chance(45) {
            let parts = (0..<generator.below(4)).map { _ in statement(object, depth: depth - 1) }
            switch generator.below(3) {
            case 0: return .all(parts)
            case 1: return .any(parts)
            default: return .not(statement(object, depth: depth - 1))
            }
        }
        let paths = paths(object)
        let (path, type) = generator.pick(
            generator.chance(60) ? Array(paths.prefix(registry.object(object)?.fields.count ?? 1)) : paths)
        if generator.chance(10), type.isSortable {
            let others = paths.filter { $0.type.isLike(type) }
            let comparator =
                type == .boolean ? generator.pick(["$eq", "$ne"]) : generator.pick(["$eq", "$ne", "$gt", "$gte", "$lt", "$lte"])
            if let other = others.randomElement(using: &generator) {
                return .compare(path, comparator, ["$field": .string(other.path)])
            }
        }
        return comparison(path, type)
    }

    mutating func comparison(_ path: String, _ type: ColumnType) -> Question.Statement {
        if generator.chance(8) { return .compare(path, "$null", .bool(generator.chance(50))) }
        if generator.chance(5) { return .compare(path, generator.pick(["$eq", "$ne"]), .null) }
        switch type {
        case .json, .bytes: return .compare(path, "$null", true)
        case .boolean: return .compare(path, generator.pick(["$eq", "$ne"]), operand(type))
        case .list:
            let choices = path.hasSuffix("Tags") ? ["red", "green", "blue"] : ["Golf", "Opera", "Chess"]
            let sets: [JSON] = [.string(generator.pick(choices)), .array([.string(choices[0]), .string(choices[1])])]
            let operand: JSON =
                generator.chance(50) ? sets[0] : .array((0...generator.below(2)).map { _ in generator.pick(sets) })
            if generator.chance(20) { return .compare(path, generator.pick(["$eq", "$ne"]), sets[0]) }
            return .compare(path, generator.pick(["$includes", "$excludes"]), operand)
        default: break
        }
        if type == .text, generator.chance(50) { return pattern(path) }
        switch generator.below(8) {
        case 0, 1: return .compare(path, "$eq", operand(type))
        case 2: return .compare(path, "$ne", operand(type))
        case 3:
            return .compare(
                path, generator.pick(["$in", "$nin"]),
                .array((0..<generator.below(4)).map { _ in generator.chance(10) ? .null : operand(type) }))
        case 4: return .compare(path, "$between", .array([operand(type), operand(type)]))
        default: return .compare(path, generator.pick(["$gt", "$gte", "$lt", "$lte"]), operand(type))
        }
    }

    private mutating func pattern(_ path: String) -> Question.Statement {
        let name = generator.pick(["$like", "$ilike", "$contains", "$icontains", "$startsWith", "$endsWith"])
        let text = generator.pick(Pool.texts)
        if name == "$like" || name == "$ilike" {
            return .compare(
                path, name,
                .string(
                    generator.pick([
                        "%", "A%", "a%", "%e", "%c%", "_cme", "100\\%", "%\\_%", "%\\\\%", "%[x]", "a*%", "Ü_al", "_a%_e%",
                        "acme",
                    ])))
        }
        let part = text.isEmpty ? "" : String(text.prefix(1 + generator.below(3)))
        return .compare(path, name, .string(generator.pick([part, String(text.suffix(2)), text, "%", "_", ""])))
    }

    private mutating func operand(_ type: ColumnType) -> JSON {
        switch type {
        case .id: generator.chance(30) ? .string(Laboratory.me) : .string("01890a5d-ac96-7b1c-8f3e-2b7c5d1e9f00")
        case .decimal, .integer:
            .number(Number(generator.pick(Pool.numbers + ["2.555", "-0.00001", "1e30", "-1e30", "0.3333333", "33.33335"])) ?? 0)
        case .date:
            .string(
                generator.pick(
                    Pool.days + [
                        "TODAY", "THIS_WEEK", "LAST_MONTH", "LAST_N_DAYS:90", "THIS_QUARTER", "NEXT_N_MONTHS:2", "N_DAYS_AGO:1",
                        "THIS_FISCAL_YEAR",
                    ]))
        case .datetime:
            .string(
                generator.pick(
                    Pool.moments + Pool.days + ["TODAY", "YESTERDAY", "THIS_WEEK", "LAST_N_DAYS:3", "2026-03-31T14:00:00+02:00"]))
        default:
            switch Pool.value(type, options: generator.chance(30) ? ["Technology", "Closed Won", "Account"] : [], &generator) {
            case .text(let text): .string(text)
            case let value: value.json
            }
        }
    }

    // MARK: Groups

    private mutating func group(_ question: inout Question) {
        let paths = paths(question.object, depth: 1)
        for index in 0..<generator.below(3) {
            let (path, type) = generator.pick(paths.filter { $0.type.isSortable })
            guard !question.keys.contains(where: { $0.path == path }) else { continue }
            let isDate = type == .date || type == .datetime
            let unit = isDate && generator.chance(70) ? generator.pick(["day", "week", "month", "quarter", "year"]) : nil
            question.keys.append(
                Question.Key(path: path, unit: unit, alias: unit != nil || generator.chance(30) ? "Key\(index)" : nil))
        }
        for index in 0...generator.below(3) {
            let (path, type) = generator.pick(paths.filter { $0.type.isSortable })
            var functions = ["count", "countDistinct"]
            if type != .id, type != .boolean { functions += ["min", "max"] }
            if type.isNumber { functions += ["sum", "avg", "sum", "avg"] }
            let function = generator.pick(functions)
            question.figures.append(
                Question.Figure(
                    alias: "F\(index)", function: function, path: function == "count" && generator.chance(50) ? "*" : path))
        }
        if generator.chance(30) {
            question.having = .compare("F0", generator.pick(["$gt", "$lte", "$ne"]), 2)
            if !["count", "countDistinct", "sum", "avg"].contains(question.figures[0].function) {
                question.having = .compare("F0", "$null", false)
            }
        }
        let names = question.figures.map(\.alias) + question.keys.map(\.name)
        if generator.chance(60) {
            question.order = [
                Question.Order(
                    name: generator.pick(names), descending: generator.chance(50), nulls: generator.chance(40) ? "last" : nil)
            ]
        }
    }
}

extension ColumnType {
    fileprivate var isSortable: Bool { ![.list, .json, .bytes].contains(self) }
    fileprivate var isNumber: Bool { if case .decimal = self { true } else { self == .integer } }
    fileprivate func isLike(_ other: ColumnType) -> Bool { isNumber && other.isNumber || self == other }
}
