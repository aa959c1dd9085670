import Values

/// Reads the keys of one mapping by their declared types, and reports what is wrong: a missing key, a wrong type, a key
/// nobody asked for.
final class MappingReader {
    /// What the mapping describes, for messages: `field Amount`.
    var what: String
    let location: SourceLocation
    let log: DiagnosticLog
    private let values: [String: YAMLNode]
    private let keys: [YAMLNode]
    private var asked: Set<String> = []

    /// Nil, and reported, where the node is no mapping.
    init?(_ node: YAMLNode, _ what: String, _ log: DiagnosticLog) {
        if log.isFull { return nil }
        guard let pairs = node.pairs else {
            log.error("\(what) must be a mapping of keys and values, not \(node.kind)", at: node.location)
            return nil
        }
        (self.what, self.log, location, keys) = (what, log, node.location, pairs.map(\.key))
        values = Dictionary(pairs.map { ($0.key.text ?? "", $0.value) }, uniquingKeysWith: { first, _ in first })
    }

    /// What stands under a key; nil where the key is missing or empty.
    func node(_ key: String) -> YAMLNode? {
        asked.insert(key)
        return values[key].flatMap { $0.isNull ? nil : $0 }
    }

    func has(_ key: String) -> Bool { node(key) != nil }

    /// What stands under the first of several spellings of one key.
    func node(anyOf keys: String...) -> YAMLNode? {
        let found = keys.compactMap { node($0) }
        if found.count > 1 { log.error("\(what) has both \(keys.joined(separator: " and ")): keep one", at: found[1].location) }
        return found.first
    }

    /// Reports every key that nobody asked for. To be called when all keys have been read.
    func finish() {
        for key in keys {
            guard let name = key.text, !asked.contains(name), !log.isFull else { continue }
            let isText = name.contains(" ") && values[name]?.isNull ?? true
            let advice =
                isText ? "; between braces a text with a comma in it needs quotes" : hint(for: name, among: asked.sorted())
            log.error("\(what) has no key \"\(name)\"\(advice)", at: key.location)
        }
    }

    /// The keys that nobody asked for, which stand for themselves.
    var remaining: [(name: String, node: YAMLNode)] {
        let names = keys.compactMap(\.text).filter { !asked.contains($0) }
        asked.formUnion(names)
        return names.compactMap { name in values[name].map { (name, $0) } }
    }

    /// Where a key stands; the mapping's own place where it is missing.
    func place(_ key: String) -> SourceLocation { keys.first { $0.text == key }?.location ?? location }
}

// MARK: By type

extension MappingReader {
    func text(_ key: String) -> String? { node(key).flatMap { text($0, key) } }

    func requiredText(_ key: String) -> String? {
        guard let node = node(key) else {
            log.error("\(what) needs \(key)", at: place(key))
            return nil
        }
        return text(node, key)
    }

    func bool(_ key: String) -> Bool? {
        guard let node = node(key) else { return nil }
        switch node.text?.lowercased() {
        case "true": return true
        case "false": return false
        default: return wrong(key, node, "true or false")
        }
    }

    func integer(_ key: String, in range: ClosedRange<Int>) -> Int? {
        guard let node = node(key) else { return nil }
        guard let integer = node.text.flatMap({ Int($0) }), range.contains(integer)
        else { return wrong(key, node, "a whole number from \(range.lowerBound) to \(range.upperBound)") }
        return integer
    }

    func number(_ key: String) -> Number? {
        guard let node = node(key) else { return nil }
        guard let number = node.text.flatMap({ Number($0) }) else { return wrong(key, node, "a number") }
        return number
    }

    /// One of an enumeration's names; its letters' case does not matter.
    func choice<Choice: RawRepresentable<String> & CaseIterable>(_ key: String, _ type: Choice.Type = Choice.self) -> Choice? {
        node(key).flatMap { choice($0, key) }
    }

    func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ node: YAMLNode, _ key: String, _ type: Choice.Type = Choice.self
    ) -> Choice? {
        guard let text = text(node, key) else { return nil }
        if let found = Choice.allCases.first(where: { $0.rawValue.caseInsensitiveEquals(text) }) { return found }
        let names = Choice.allCases.map(\.rawValue)
        let near = suggestion(for: text, among: names).map { "did you mean \($0)?" } ?? "one of \(names.joined(separator: ", "))"
        log.error("\(what): there is no \(key) \"\(text)\" (\(near))", at: node.location)
        return nil
    }

    /// A list's entries; an entry alone counts as a list of one where that makes sense to the caller.
    func list(_ key: String) -> [YAMLNode] {
        guard let node = node(key) else { return [] }
        guard let list = node.list else { return wrong(key, node, "a list") ?? [] }
        return list
    }

    /// A list of texts, a text alone, or texts with commas between them in one.
    func texts(_ key: String) -> [(text: String, location: SourceLocation)] { node(key).map { texts($0, key) } ?? [] }

    func texts(_ node: YAMLNode, _ key: String) -> [(text: String, location: SourceLocation)] {
        if let text = node.text {
            return text.split(separator: ",").map(trimmed).filter { !$0.isEmpty }.map { ($0, node.location) }
        }
        guard let list = node.list else { return wrong(key, node, "a list of texts") ?? [] }
        return list.compactMap { item in text(item, key).map { ($0, item.location) } }
    }

    func mapping(_ key: String, _ what: String) -> MappingReader? { node(key).flatMap { MappingReader($0, what, log) } }

    private func text(_ node: YAMLNode, _ key: String) -> String? {
        guard let text = node.text, !node.isNull else { return wrong(key, node, "a text") }
        return text
    }

    private func wrong<T>(_ key: String, _ node: YAMLNode, _ expected: String) -> T? {
        log.error("\(what): \(key) must be \(expected), not \(node.kind)", at: node.location)
        return nil
    }
}

/// Without spaces at either end.
func trimmed(_ text: some StringProtocol) -> String {
    var rest = text.drop { $0.isWhitespace }[...]
    while rest.last?.isWhitespace ?? false { rest.removeLast() }
    return String(rest)
}
