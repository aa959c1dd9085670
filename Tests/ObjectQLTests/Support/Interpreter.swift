import Formula
import Metadata
import SQL
import Values

/// Answers questions by walking over the records, as plainly as can be. It shares no code with the compiler.
struct Interpreter {
    typealias Record = RandomBusiness.Record

    let registry: Registry
    let records: [String: [Record]]
    let zone: Zone
    let calendar: CalendarRules
    /// The row rules of the caller, by object.
    var rules: [String: (Interpreter, Record) -> Bool] = [:]
    private let byID: [String: [String: Record]]

    init(_ business: RandomBusiness, zone: Zone = .utc, calendar: CalendarRules = CalendarRules()) {
        (registry, records, self.zone, self.calendar) = (business.registry, business.records, zone, calendar)
        byID = business.records.mapValues { records in
            Dictionary(records.map { ($0["Id"]?.text ?? "", $0) }, uniquingKeysWith: { first, _ in first })
        }
    }

    /// All records that answer, in order, before paging.
    func answers(_ question: Question) -> [String] {
        question.isGrouped ? groups(question) : rows(question).map { write($0, question) }
    }

    func rows(_ question: Question, among candidates: [Record]? = nil) -> [Record] {
        let seesDeleted = question.deleted != false
        let all = candidates ?? records[question.object] ?? []
        let found = all.filter { record in
            let isDeleted = record["IsDeleted"] == true
            switch question.deleted {
            case true: break
            case "only": if !isDeleted { return false }
            default: if isDeleted { return false }
            }
            if let rule = rules[question.object], !rule(self, record) { return false }
            return question.filter.map { holds($0, seesDeleted, in: { value($0, record, question.object, seesDeleted) }) } ?? true
        }
        return found.sorted { a, b in
            for order in question.order {
                let (x, y) = (
                    value(order.name, a, question.object, seesDeleted), value(order.name, b, question.object, seesDeleted)
                )
                if let before = precedes(x.value, y.value, order) { return before }
            }
            let descending = question.order.last?.descending ?? false
            return descending ? (a["Id"]?.text ?? "") > (b["Id"]?.text ?? "") : (a["Id"]?.text ?? "") < (b["Id"]?.text ?? "")
        }
    }

    /// Nil where both are the same in this order.
    func precedes(_ x: Value, _ y: Value, _ order: Question.Order) -> Bool? {
        let nullsFirst = order.nulls.map { $0 == "first" } ?? !order.descending
        switch (x.isNull, y.isNull) {
        case (true, true): return nil
        case (true, false): return nullsFirst
        case (false, true): return !nullsFirst
        default:
            let result = compare(x, y) ?? 0
            return result == 0 ? nil : order.descending ? result > 0 : result < 0
        }
    }
}

// MARK: Values

extension Interpreter {
    struct Found {
        var value: Value
        var type: ColumnType
        /// How many parents were there, of those that the path names.
        var parents: [Bool] = []
    }

    func value(_ path: String, _ record: Record?, _ object: String, _ seesDeleted: Bool = false, isInternal: Bool = false)
        -> Found
    {
        guard let function = DateFunction(path) else {
            return value(path.split(separator: ".").map(String.init)[...], record, object, seesDeleted, isInternal)
        }
        let field = value(function.path, record, object, seesDeleted, isInternal: isInternal)
        return Found(value: function.value(of: field.value, zone, calendar), type: function.type)
    }

    private func value(
        _ path: ArraySlice<String>, _ record: Record?, _ object: String, _ seesDeleted: Bool, _ isInternal: Bool
    ) -> Found {
        let definition = registry.object(object)
        guard let name = path.first else { return Found(value: .null, type: .text) }
        if path.count == 1 {
            guard let field = definition?.field(name) else { return Found(value: .null, type: .text) }
            guard let record else { return Found(value: .null, type: field.column) }
            return Found(
                value: field.isComputed ? computed(field, record, object, seesDeleted) : record[field.name] ?? .null,
                type: field.column)
        }
        guard let lookup = definition?.lookup(parent: name) else { return Found(value: .null, type: .text) }
        let rest = path.dropFirst()
        let targets = lookup.isPolymorphic ? lookup.referenceTo : Array(lookup.referenceTo.prefix(1))
        var (target, parent): (String?, Record?) = (nil, nil)
        for candidate in targets {
            let isThatObject = lookup.typeColumn.map { record?[$0] == .text(candidate) } ?? true
            let found = record?[lookup.name]?.text.flatMap { byID[candidate]?[$0] }
            guard isThatObject, let found, seesDeleted || found["IsDeleted"] != true else { continue }
            if !isInternal, let rule = rules[candidate], !rule(self, found) { continue }
            (target, parent) = (candidate, found)
        }
        if lookup.isPolymorphic, rest == ["Type"] {
            return Found(value: target.map(Value.text) ?? .null, type: .text, parents: [parent != nil])
        }
        let holder = target ?? targets.first { registry.object($0)?.field(rest.first ?? "") != nil } ?? targets[0]
        let bearer = registry.object(holder)?.field(rest.first ?? "") == nil && rest.count == 1
        if bearer {
            let other = targets.first { registry.object($0)?.field(rest.first ?? "") != nil } ?? holder
            var found = value(rest, nil, other, seesDeleted, isInternal)
            found.parents.insert(parent != nil, at: 0)
            return found
        }
        var found = value(rest, parent, holder, seesDeleted, isInternal)
        found.parents.insert(parent != nil, at: 0)
        return found
    }

    private func computed(_ field: FieldDefinition, _ record: Record, _ object: String, _ seesDeleted: Bool) -> Value {
        guard let formula = field.formula?.compiled else { return .null }
        let values = formula.fields.map { input in
            value(input.path.joined(separator: "."), record, object, seesDeleted, isInternal: true).value
        }
        return (try? formula.evaluate(FormulaInput(values: values, now: Laboratory.now))) ?? .null
    }

    /// -1, 0 or 1; nil where the two have no order.
    func compare(_ x: Value, _ y: Value) -> Int? {
        func order<Element: Comparable>(_ a: Element, _ b: Element) -> Int { a < b ? -1 : a > b ? 1 : 0 }
        return switch (x, y) {
        case (.number(let a), .number(let b)): order(a, b)
        case (.text(let a), .text(let b)): Array(a.utf8) == Array(b.utf8) ? 0 : a.utf8.lexicographicallyPrecedes(b.utf8) ? -1 : 1
        case (.date(let a), .date(let b)): order(a, b)
        case (.datetime(let a), .datetime(let b)): order(a, b)
        case (.time(let a), .time(let b)): order(a, b)
        case (.bool(let a), .bool(let b)): order(a ? 1 : 0, b ? 1 : 0)
        default: nil
        }
    }
}

// MARK: Conditions

extension Interpreter {
    func holds(_ statement: Question.Statement, _ seesDeleted: Bool = false, in read: (String) -> Found) -> Bool {
        switch statement {
        case .all(let parts): parts.allSatisfy { holds($0, seesDeleted, in: read) }
        case .any(let parts): parts.contains { holds($0, seesDeleted, in: read) }
        case .not(let part): !holds(part, seesDeleted, in: read)
        case .compare(let path, let name, let operand): holds(read(path), name, operand, read)
        case .within(let path, let isNegated, let question): isNegated != isWithin(read(path).value, question, seesDeleted)
        }
    }

    /// Whoever sees the recycle bin sees it in the other question, too.
    private func isWithin(_ value: Value, _ question: Question, _ seesDeleted: Bool) -> Bool {
        var question = question
        if seesDeleted, question.deleted == false { question.deleted = true }
        let sees = question.deleted != false
        guard !value.isNull, let path = question.fields.first else { return false }
        return rows(question).contains { self.value(path, $0, question.object, sees).value == value }
    }

    private func holds(_ found: Found, _ name: String, _ operand: JSON, _ read: (String) -> Found) -> Bool {
        let value = found.value
        switch name {
        case "$eq": return equals(found, operand, read)
        case "$ne": return !equals(found, operand, read)
        case "$in": return (operand.array ?? []).contains { equals(found, $0, read) }
        case "$nin": return !(operand.array ?? []).contains { equals(found, $0, read) }
        case "$null": return value.isNull == (operand == true)
        case "$gt", "$gte", "$lt", "$lte": return isOrdered(found, name, operand, read)
        case "$between":
            return isOrdered(found, "$gte", operand.array?[0] ?? .null, read)
                && isOrdered(found, "$lte", operand.array?[1] ?? .null, read)
        case "$includes", "$excludes":
            let sets = (operand.array ?? [operand]).map { $0.array?.compactMap(\.string) ?? [$0.string ?? ""] }
            let chosen: [String] = if case .list(let items) = value { items } else { [] }
            let includes = sets.contains { $0.allSatisfy(chosen.contains) }
            return (name == "$includes") == includes
        default: return matches(value, name, operand.string ?? "")
        }
    }

    private func matches(_ value: Value, _ name: String, _ operand: String) -> Bool {
        guard let text = value.text else { return false }
        let (scalars, wanted) = (Array(text.unicodeScalars), Array(operand.unicodeScalars))
        switch name {
        case "$like": return matches(scalars[...], wanted[...])
        case "$ilike":
            return matches(Array(text.lowercased().unicodeScalars)[...], Array(operand.lowercased().unicodeScalars)[...])
        case "$contains": return contains(scalars, wanted)
        case "$icontains": return contains(Array(text.lowercased().unicodeScalars), Array(operand.lowercased().unicodeScalars))
        case "$startsWith": return scalars.starts(with: wanted)
        case "$endsWith": return scalars.reversed().starts(with: wanted.reversed())
        default: return false
        }
    }

    private func contains(_ text: [Unicode.Scalar], _ part: [Unicode.Scalar]) -> Bool {
        part.count <= text.count && (0...(text.count - part.count)).contains { text[$0...].starts(with: part) }
    }

    private func matches(_ text: ArraySlice<Unicode.Scalar>, _ pattern: ArraySlice<Unicode.Scalar>) -> Bool {
        guard let first = pattern.first else { return text.isEmpty }
        let rest = pattern.dropFirst()
        switch first {
        case "%": return matches(text, rest) || !text.isEmpty && matches(text.dropFirst(), pattern)
        case "_": return !text.isEmpty && matches(text.dropFirst(), rest)
        case "\\": return text.first == rest.first && matches(text.dropFirst(), rest.dropFirst())
        default: return text.first == first && matches(text.dropFirst(), rest)
        }
    }

    private func equals(_ found: Found, _ operand: JSON, _ read: (String) -> Found) -> Bool {
        if let path = operand["$field"]?.string { return found.value == read(path).value }
        if operand == .null || operand == "" { return found.value.isNull }
        if case .list(let items) = found.value { return Set(items) == [operand.string ?? ""] }
        guard !found.value.isNull else { return false }
        if let range = range(operand, found.type) { return range.0 <= position(found.value) && position(found.value) < range.1 }
        return compare(found.value, constant(operand, found.type)) == 0
    }

    private func isOrdered(_ found: Found, _ name: String, _ operand: JSON, _ read: (String) -> Found) -> Bool {
        guard !found.value.isNull else { return false }
        if let range = range(operand, found.type) {
            let place = position(found.value)
            return switch name {
            case "$gt": place >= range.1
            case "$gte": place >= range.0
            case "$lt": place < range.0
            default: place < range.1
            }
        }
        let other = operand["$field"]?.string.map { read($0).value } ?? constant(operand, found.type)
        guard let result = compare(found.value, other) else { return false }
        return switch name {
        case "$gt": result > 0
        case "$gte": result >= 0
        case "$lt": result < 0
        default: result <= 0
        }
    }

    /// What a day or a date word covers: days, or microseconds for moments.
    private func range(_ operand: JSON, _ type: ColumnType) -> (Int64, Int64)? {
        guard type == .date || type == .datetime, let text = operand.string else { return nil }
        let days: Range<Day>
        if let day = Day(text) {
            days = day..<(day + 1)
        } else if let word = DateWord(text) {
            days = word.days(today: zone.day(Laboratory.now), rules: calendar)
        } else {
            return nil
        }
        if type == .date { return (Int64(days.lowerBound.number), Int64(days.upperBound.number)) }
        return (zone.instant(days.lowerBound).microseconds, zone.instant(days.upperBound).microseconds)
    }

    private func position(_ value: Value) -> Int64 {
        switch value {
        case .date(let day): Int64(day.number)
        case .datetime(let instant): instant.microseconds
        default: 0
        }
    }

    private func constant(_ json: JSON, _ type: ColumnType) -> Value {
        switch (json, type) {
        case (.string("$currentUser"), _): .text(Laboratory.me)
        case (.string(let text), .datetime): .moment(text)
        case (.string(let text), .time): .clock(text)
        case (.string(let text), _): .text(text)
        case (.number(let number), _): .number(number)
        case (.bool(let bool), _): .bool(bool)
        default: .null
        }
    }
}
