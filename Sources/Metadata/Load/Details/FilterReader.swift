import Formula
import Values

/// Reads conditions over the fields of an object: one comparison, a list of them, or `and`, `or` and `not` around them.
struct FilterReader {
    let object: ObjectDefinition
    let registry: Registry
    let what: String
    let log: DiagnosticLog
    /// Whether a field may be one of a parent (`Account.Industry`).
    var allowsPaths = false

    func tree(_ node: YAMLNode) -> FilterTree? {
        if let items = node.list { return whole(items).map(FilterTree.all) }
        guard let reader = MappingReader(node, what, log) else { return nil }
        if let items = reader.node("and") { return group(items, reader, FilterTree.all) }
        if let items = reader.node("or") { return group(items, reader, FilterTree.any) }
        if let inner = reader.node("not") {
            reader.finish()
            return tree(inner).map(FilterTree.not)
        }
        let comparison = comparison(reader)
        reader.finish()
        return comparison
    }

    /// The comparison of a mapping with `field`, `operator`, and `value` or `valueField`.
    func comparison(_ reader: MappingReader) -> FilterTree? {
        let (name, word) = (reader.requiredText("field"), reader.requiredText("operator"))
        let (value, other) = (reader.node("value"), reader.text("valueField"))
        guard let name, let word, let place = place(name, reader),
            let (comparison, operand) = meaning(word, value, place.field, reader)
        else { return nil }
        let field = place.names.joined(separator: ".")
        guard place.field.operators.contains(comparison) else { return refuse(word, place.field, reader) }
        if let operand { return .compare(field: field, comparison, operand) }
        if let other { return self.other(other, comparison, place, reader).map { .compare(field: field, comparison, $0) } }
        guard let value else {
            log.error("\(what): \(word) needs a value", at: reader.location)
            return nil
        }
        let values = FilterValues(field: place.field, what: what, log: log)
        return values.operand(comparison, value).map { .compare(field: field, comparison, $0) }
    }

    private func group(_ node: YAMLNode, _ reader: MappingReader, _ make: ([FilterTree]) -> FilterTree) -> FilterTree? {
        reader.finish()
        guard let items = node.list else {
            log.error("\(what): a list of conditions was expected, not \(node.kind)", at: node.location)
            return nil
        }
        return whole(items).map(make)
    }

    /// All of the conditions; nil where one of them cannot be read, since the others alone would mean something else.
    private func whole(_ items: [YAMLNode]) -> [FilterTree]? {
        let trees = items.map(tree)
        return trees.contains { $0 == nil } ? nil : trees.compactMap { $0 }
    }

    /// What an operator's name means: a comparison, or a date word such as `thisQuarter` or `last_n_days` with its number.
    private func meaning(
        _ word: String, _ value: YAMLNode?, _ field: FieldDefinition, _ reader: MappingReader
    ) -> (FilterOperator, FilterOperand?)? {
        if let found = FilterOperator(spelled: word), found != .during {
            guard found == .isNull || found == .isNotNull else { return (found, nil) }
            let isTrue = reader.has("value") ? reader.bool("value") ?? true : true
            return ((found == .isNull) == isTrue ? .isNull : .isNotNull, FilterOperand.none)
        }
        if let word = DateWord(word) { return (.during, .dateWord(word)) }
        if DateWord("\(word):1") != nil {
            if let number = value?.text, let found = DateWord("\(word):\(number)") { return (.during, .dateWord(found)) }
            log.error("\(what): \(word) needs a number as its value", at: reader.place("operator"))
            return nil
        }
        let names = FilterOperator.allCases.filter { $0 != .during }.map(\.rawValue) + DateWord.operatorSpellings
        let advice = suggestion(for: word, among: names).map { "did you mean \($0)?" } ?? "for example equals, in, thisQuarter"
        log.error("\(what): there is no operator \(word) (\(advice))", at: reader.place("operator"))
        return nil
    }

    private func place(_ name: String, _ reader: MappingReader) -> FieldPlace? {
        let path = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard allowsPaths || path.count == 1 else {
            log.error("\(what): a field of the object itself was expected, not \(name)", at: reader.place("field"))
            return nil
        }
        do { return try registry.place(path, on: object) } catch {
            log.report(error, what, at: reader.place("field"))
            return nil
        }
    }

    private func other(_ name: String, _ comparison: FilterOperator, _ place: FieldPlace, _ reader: MappingReader)
        -> FilterOperand?
    {
        guard let other = object.field(name) else {
            log.error(
                "\(what): \(object.name) has no field \(name)\(hint(for: name, among: object.fields.map(\.name)))",
                at: reader.place("valueField"))
            return nil
        }
        let comparisons: Set<FilterOperator> = [
            .equals, .notEquals, .greaterThan, .greaterThanOrEqual, .lessThan, .lessThanOrEqual,
        ]
        guard comparisons.contains(comparison), other.formulaType?.base == place.field.formulaType?.base else {
            log.error(
                "\(what): \(place.field.name) (\(place.field.resultType.rawValue)) cannot be compared by \(comparison.rawValue)"
                    + " with \(other.name) (\(other.resultType.rawValue))", at: reader.place("valueField"))
            return nil
        }
        return .field(other.name)
    }

    private func refuse(_ word: String, _ field: FieldDefinition, _ reader: MappingReader) -> FilterTree? {
        guard field.type != .encrypted else {
            log.error("\(what): \(field.name) is encrypted: it can only be read", at: reader.place("field"))
            return nil
        }
        let allowed = FilterOperator.allCases.filter(field.operators.contains).map {
            $0 == .during ? "date words such as thisQuarter" : $0.rawValue
        }
        log.error(
            "\(what): \(word) does not apply to \(field.name), a \(field.resultType.rawValue) field (it takes \(allowed.joined(separator: ", ")))",
            at: reader.place("operator"))
        return nil
    }
}

extension FilterOperator {
    /// The operator of that name in camelCase, snake_case or any other case.
    package init?(spelled text: some StringProtocol) {
        let wanted = text.lowercased().filter { $0 != "_" }
        guard let found = FilterOperator.allCases.first(where: { $0.rawValue.lowercased() == wanted }) else { return nil }
        self = found
    }
}

extension DateWord {
    /// The words as operators spell them: `thisQuarter`, `lastNDays`.
    static let operatorSpellings: [String] = spellings.map { spelling in
        let words = spelling.split(separator: ":")[0].lowercased().split(separator: "_")
        return words.dropFirst().reduce(String(words[0])) { $0 + $1.prefix(1).uppercased() + $1.dropFirst() }
    }
}
