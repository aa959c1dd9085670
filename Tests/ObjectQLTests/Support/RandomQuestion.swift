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
        if generator.chance(30) {
            question.shown = (0...generator.below(2)).compactMap { index in
                function(question.object).map { Question.Shown(alias: "V\(index)", function: $0.path) }
            }
        }
        if question.object == "Activity", generator.chance(40) { show(typeOf: "What", in: &question) }
        if generator.chance(70) {
            let sortable = paths.filter { $0.type.isSortable }
            question.order = (0...generator.below(2)).map { _ in
                let term = generator.chance(25) ? function(question.object) : nil
                return Question.Order(
                    name: (term ?? generator.pick(sortable)).path, descending: generator.chance(50),
                    nulls: generator.chance(40) ? generator.pick(["first", "last"]) : nil)
            }
        }
        if generator.chance(60) || level > 1 { question.limit = 1 + generator.below(12) }
        if level == 0, generator.chance(20) { question.offset = generator.below(6) }
        let relationships = registry.object(question.object)?.relationships.filter { $0.object != "Secret" } ?? []
        guard level < 3, generator.chance(level == 0 ? 35 : 25), !relationships.isEmpty else { return }
        let relationship = generator.pick(relationships)
        var child = Question(object: relationship.object)
        select(&child, level: level + 1)
        if generator.chance(50) { child.filter = statement(child.object, depth: 1) }
        question.related = [Question.Child(name: relationship.name, question: child)]
    }

    private mutating func show(typeOf parent: String, in question: inout Question) {
        question.fields.removeAll { $0.hasPrefix(parent + ".") }
        var typeOf = Question.TypeOf(parent: parent, cases: [], otherwise: [])
        for object in ["Account", "Opportunity"] where generator.chance(60) {
            let paths = paths(object, depth: 1)
            typeOf.cases.append((object, (0...generator.below(3)).map { _ in generator.pick(paths).path }))
        }
        if generator.chance(50) || typeOf.cases.isEmpty { typeOf.otherwise = ["Name", "Industry", "Stage", "Owner.Name"] }
        if typeOf.cases.isEmpty { typeOf.cases = [("Account", ["Name"])] }
        question.typeOf = typeOf
    }

    /// A function of one of the dates and moments; nil where there are none.
    private mutating func function(_ object: String, depth: Int = 2) -> Path? {
        let dates = paths(object, depth: depth).filter { $0.type == .date || $0.type == .datetime }
        guard !dates.isEmpty else { return nil }
        let (path, type) = generator.pick(dates)
        let isStart = generator.chance(25)
        let name = generator.pick(
            isStart ? DateFunction.starts : DateFunction.parts.filter { type == .datetime || $0 != "HOUR_IN_DAY" })
        let isLocal = !isStart && type == .datetime && generator.chance(50)
        let text = isLocal ? "\(name)(convertTimezone(\(path)))" : "\(name)(\(path))"
        return DateFunction(text).map { (text, $0.type) }
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
        if depth > 0, generator.chance(12), let statement = within(object) { return statement }
        if generator.chance(15), let (path, type) = function(object) { return comparison(path, type) }
        let dates = paths.filter { $0.type == .date || $0.type == .datetime }
        if generator.chance(10), let (path, type) = dates.randomElement(using: &generator) { return comparison(path, type) }
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

    /// A semi-join or an anti-join: mostly by ids, else by whatever has the same type.
    private mutating func within(_ object: String) -> Question.Statement? {
        let inner = generator.pick(["Account", "Contact", "Opportunity", "Activity", "User"])
        let paths = paths(object, depth: 1).filter { $0.type.isSortable && (generator.chance(20) || $0.type == .id) }
        guard let (path, type) = paths.randomElement(using: &generator) else { return nil }
        let others = self.paths(inner, depth: 1).filter { $0.type == type }
        guard let other = others.randomElement(using: &generator) else { return nil }
        var question = Question(object: inner)
        question.fields = [other.path]
        if generator.chance(70) { question.filter = statement(inner, depth: 1) }
        return .within(path, isNegated: generator.chance(50), question)
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
        case .integer where generator.chance(40):
            .number(Number(generator.pick([1, 2, 3, 4, 7, 12, 13, 15, 22, 31, 2025, 2026])))
        case .decimal, .integer:
            .number(Number(generator.pick(Pool.numbers + ["2.555", "-0.00001", "1e30", "-1e30", "0.3333333", "33.33335"])) ?? 0)
        case .date:
            .string(
                generator.pick(
                    Pool.days + [dateWord(), dateWord()]))
        case .datetime:
            .string(generator.pick(Pool.moments + Pool.days + ["2026-03-31T14:00:00+02:00", dateWord(), dateWord(), dateWord()]))
        default:
            switch Pool.value(type, options: generator.chance(30) ? ["Technology", "Closed Won", "Account"] : [], &generator) {
            case .text(let text): .string(text)
            case let value: value.json
            }
        }
    }

    /// Any of the date words, some of which reach far.
    private mutating func dateWord() -> String {
        generator.pick(DateWord.spellings).replacing(":n", with: ":\(generator.pick([0, 1, 2, 3, 7, 90, 400]))")
    }

    // MARK: Groups

    private mutating func group(_ question: inout Question) {
        let paths = paths(question.object, depth: 1)
        for index in 0..<generator.below(4) {
            let term = generator.chance(25) ? function(question.object, depth: 1) : nil
            let (path, type) = term ?? generator.pick(paths.filter { $0.type.isSortable })
            guard !question.keys.contains(where: { $0.path == path }) else { continue }
            let isDate = term == nil && (type == .date || type == .datetime)
            let unit = isDate && generator.chance(70) ? generator.pick(["day", "week", "month", "quarter", "year"]) : nil
            let isNamed = unit != nil || term != nil || generator.chance(30)
            question.keys.append(Question.Key(path: path, unit: unit, alias: isNamed ? "Key\(index)" : nil))
        }
        if !question.keys.isEmpty, generator.chance(40) { question.sums = generator.pick(["rollup", "cube"]) }
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
        if question.sums != nil, generator.chance(50) {
            question.figures.append(
                Question.Figure(alias: "Mark", function: "grouping", path: generator.pick(question.keys).term))
        }
        if generator.chance(40) { question.having = having(question, paths, depth: 2) }
        let figures = question.figures.filter { $0.function != "grouping" }
        let names = figures.map(\.alias) + question.keys.map(\.name) + marks(question)
        if generator.chance(60) {
            question.order = [
                Question.Order(
                    name: generator.pick(names), descending: generator.chance(50), nulls: generator.chance(40) ? "last" : nil)
            ]
        }
    }
}

extension RandomQuestion {
    private func marks(_ question: Question) -> [String] {
        question.sums == nil ? [] : question.keys.map { "GROUPING(\($0.term))" }
    }

    /// Conditions on keys, figures and marks.
    private mutating func having(_ question: Question, _ paths: [Path], depth: Int) -> Question.Statement {
        if depth > 0, generator.chance(40) {
            let parts = (0...generator.below(2)).map { _ in having(question, paths, depth: depth - 1) }
            return generator.pick([.all(parts), .any(parts), .not(parts[0])])
        }
        let marks = marks(question)
        if !marks.isEmpty, generator.chance(30) {
            return .compare(generator.pick(marks), generator.pick(["$eq", "$ne"]), .number(Number(generator.below(2))))
        }
        func type(_ path: String) -> ColumnType {
            DateFunction(path)?.type ?? paths.first { $0.path == path }?.type ?? .integer
        }
        if !question.keys.isEmpty, generator.chance(30) {
            let key = generator.pick(question.keys)
            return comparison(key.name, key.unit == nil ? type(key.path) : .date)
        }
        let figure = generator.pick(question.figures.filter { $0.function != "grouping" })
        switch figure.function {
        case "count", "countDistinct": return comparison(figure.alias, .integer)
        case "sum", "avg": return comparison(figure.alias, .decimal(precision: 38, scale: 4))
        default: return comparison(figure.alias, type(figure.path))
        }
    }
}

extension ColumnType {
    fileprivate var isSortable: Bool { ![.list, .json, .bytes].contains(self) }
    fileprivate var isNumber: Bool { if case .decimal = self { true } else { self == .integer } }
    fileprivate func isLike(_ other: ColumnType) -> Bool { isNumber && other.isNumber || self == other }
}
