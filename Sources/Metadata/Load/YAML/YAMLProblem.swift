import Yams

/// Why a file is not YAML that Martlet reads, and where; line and column count from 1.
struct YAMLProblem: Error {
    let message: String
    let line: Int
    let column: Int

    init(_ message: String, line: Int = 1, column: Int = 1) { (self.message, self.line, self.column) = (message, line, column) }

    init(_ message: String, at mark: Mark?) { self.init(message, line: mark?.line ?? 1, column: mark?.column ?? 1) }
}

extension YAMLProblem {
    static let aliases =
        "Anchors and aliases (&name, *name) are not read: write the value out (in a formula, put a space after & and *)"
    static let severalDocuments = "A file holds one document: remove this --- and what follows, or put it into a file of its own"

    init(_ error: any Error, in lines: [Substring]) {
        switch error as? YamlError {
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
            .composer(let context, let problem, let mark, _):
            self.init(YAMLProblem.message(problem, context, at: mark, in: lines), at: mark)
        case .duplicatedKeysInMapping(let keys, let context):
            self = .duplicate(keys.first ?? "", first: context.mark, in: lines)
        case .reader(let problem, let offset, _, let text):
            let before = text.prefix(offset ?? 0).unicodeScalars
            self.init(
                "This character may not stand in a YAML file: \(problem)", line: before.count { $0 == "\n" } + 1,
                column: before.reversed().prefix { $0 != "\n" }.count + 1)
        default: self.init("This file cannot be read as YAML: \(error)")
        }
    }

    /// The parser's words, with what to do about the usual mistakes.
    private static func message(_ problem: String, _ context: YamlError.Context?, at mark: Mark, in lines: [Substring]) -> String
    {
        let line = lines.indices.contains(mark.line - 1) ? lines[mark.line - 1] : ""
        if line.prefix(while: { $0 == " " || $0 == "\t" }).contains("\t") {
            return "A tab may not indent a line: use spaces"
        }
        if problem.contains("undefined alias") { return aliases }
        let place = context.map { " (\($0.text) that starts in line \($0.mark.line))" } ?? ""
        return "This is not valid YAML: " + problem + place + advice(problem, context)
    }

    private static func advice(_ problem: String, _ context: YamlError.Context?) -> String {
        if problem.contains("mapping values are not allowed") { return ": put a text that has a colon in it into quotes" }
        if problem.contains("cannot start any token") { return ": put the text into quotes" }
        if context?.text.contains("flow") ?? false { return "; inside { } and [ ] a text with a comma or a bracket needs quotes" }
        return ""
    }

    /// The parser tells where the key stands first; the second place is the next line that begins with it in the same column.
    private static func duplicate(_ key: String, first: Mark, in lines: [Substring]) -> YAMLProblem {
        let line = lines.indices.contains(first.line - 1) ? lines[first.line - 1] : ""
        if line.prefix(first.column).contains("{") {
            let after = line.dropFirst(first.column - 1 + key.count)
            let distance = after.firstRange(of: "\(key):").map {
                after.distance(from: after.startIndex, to: $0.lowerBound) + key.count
            }
            return YAMLProblem(
                "The key \"\(key)\" stands twice between these braces (a formula with a comma in it needs quotes there)",
                line: first.line, column: first.column + (distance ?? 0))
        }
        let second = lines.indices.dropFirst(first.line).first { index in
            let text = lines[index].drop { $0 == " " || $0 == "-" }
            return lines[index].count - text.count == first.column - 1 && text.hasPrefix(key)
                && text.dropFirst(key.count).drop { $0 == " " }.hasPrefix(":")
        }
        let place = second.map { $0 + 1 } ?? first.line
        return YAMLProblem(
            "The key \"\(key)\" stands twice; it stands first in line \(first.line)", line: place, column: first.column)
    }
}
