import Values

/// Reads what a field is compared with, by the field's type.
struct FilterValues {
    let field: FieldDefinition
    let what: String
    let log: DiagnosticLog

    func operand(_ comparison: FilterOperator, _ node: YAMLNode) -> FilterOperand? {
        switch comparison {
        case .in, .notIn, .includes, .excludes:
            let items = node.list ?? [node]
            let values = items.compactMap(value)
            return values.count == items.count ? .values(values) : nil
        case .between:
            guard let items = node.list, items.count == 2 else { return fail("between needs a list of two values", node) }
            guard let low = value(items[0]), let high = value(items[1]) else { return nil }
            return .range(low, high)
        case .contains, .notContains, .startsWith, .endsWith:
            guard let text = node.text else { return fail("a text was expected, not \(node.kind)", node) }
            return .value(.text(text))
        default: return single(node)
        }
    }

    private func single(_ node: YAMLNode) -> FilterOperand? {
        guard let text = node.text else { return fail("one value was expected, not \(node.kind)", node) }
        switch text.lowercased() {
        case "$currentuser", "$currentuser.id":
            guard field.isLookup, field.referenceTo.contains("User") else { return fail("\(text) is for lookups to User", node) }
            return .currentUser
        case "$today":
            guard isDated else { return fail("\(text) is for date and datetime fields", node) }
            return .dateWord(DateWord(.day, .offset(0)))
        default: break
        }
        if isDated, let word = DateWord(text) { return .dateWord(word) }
        return value(node).map(FilterOperand.value)
    }

    private var isDated: Bool { field.resultType == .date || field.resultType == .datetime }

    private func value(_ node: YAMLNode) -> Value? {
        if log.isFull { return nil }
        guard let text = node.text else { return fail("one value was expected, not \(node.kind)", node) }
        do {
            let value = try parsed(text)
            if value.isNull { return fail("nothing was given; to ask for empty fields use the operator isNull", node) }
            return value
        } catch {
            let words = isDated ? hint(for: text, among: DateWord.spellings) : ""
            return fail(error.message + words, node)
        }
    }

    private func parsed(_ text: String) throws(FieldProblem) -> Value {
        let result = field.result
        if case .list(let items) = try result.parse(result.kind.json(text)), let item = items.first, items.count == 1 {
            return .text(item)
        }
        return try result.parse(result.kind.json(text))
    }

    private func fail<T>(_ message: String, _ node: YAMLNode) -> T? {
        log.error("\(what): \(message)", at: node.location)
        return nil
    }
}
