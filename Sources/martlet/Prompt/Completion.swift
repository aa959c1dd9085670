import Metadata
import ObjectQL

/// What can stand where a query is being typed: words of the language, objects, and the fields and parents of the object asked for.
struct Completion {
    let registry: Registry

    private static let words =
        QueryWords.keywords + QueryWords.functions + QueryWords.dateWords.map { $0.hasSuffix(":n") ? String($0.dropLast()) : $0 }

    /// The word that ends there: a name, or a path.
    static func word(before text: String) -> String {
        String(text.reversed().prefix { $0.isLetter || $0.isNumber || "_.".contains($0) }.reversed())
    }

    /// Words for the one that ends there, given all that stands before it, and after.
    func choices(before text: String, after rest: String = "") -> [String] {
        let word = Completion.word(before: text)
        if text.dropLast(word.count).allSatisfy({ $0.isWhitespace || $0 == "@" }), text.contains("@") {
            return matching(word, registry.queries.map(\.name))
        }
        if let dot = word.lastIndex(of: ".") {
            let path = word[..<dot].split(separator: ".").map(String.init)
            return matching(word, names(of: parent(path, of: object(in: text + rest))).map { word[...dot] + $0 })
        }
        let before = text.dropLast(word.count).split(whereSeparator: \.isWhitespace).last?.uppercased()
        if before == "FROM" || before == "RETURNING" { return matching(word, objectNames(in: text)) }
        if word.isEmpty { return [] }
        // As long as no FROM stands there, it may be a field of any object.
        let fields = object(in: text + rest).map(names) ?? registry.objects.flatMap { $0.fields.map(\.name) }
        return matching(word, fields + Completion.words + registry.objects.map(\.name))
    }

    private func matching(_ word: String, _ candidates: [String]) -> [String] {
        var seen: Set<String> = []
        return candidates.filter { $0.lowercased().hasPrefix(word.lowercased()) && seen.insert($0.lowercased()).inserted }
            .sorted()
    }

    /// Objects, or within the parentheses of children, the object's relationships.
    private func objectNames(in text: String) -> [String] {
        let isWithin = text.count { $0 == "(" } > text.count { $0 == ")" }
        return isWithin ? registry.objects.flatMap { $0.relationships.map(\.name) } : registry.objects.map(\.name)
    }

    private func names(of object: ObjectDefinition?) -> [String] {
        guard let object else { return [] }
        return object.fields.map(\.name) + object.fields.compactMap { $0.parentName.map { $0 + "." } }
            + object.relationships.map(\.name)
    }

    private func parent(_ path: [String], of object: ObjectDefinition?) -> ObjectDefinition? {
        path.reduce(object) { object, name in object?.lookup(parent: name)?.referenceTo.first.flatMap(registry.object) }
    }

    /// The object after the last FROM that names one.
    private func object(in text: String) -> ObjectDefinition? {
        let words = text.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init)
        let named = zip(words, words.dropFirst()).filter { $0.0.uppercased() == "FROM" }.map(\.1)
        return named.reversed().compactMap(registry.object).first
    }
}
