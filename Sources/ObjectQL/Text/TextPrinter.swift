/// A query's text while it is written.
struct TextPrinter {
    private(set) var text = ""
    /// Nil for one line.
    let width: Int?

    init(width: Int? = nil) { self.width = width }

    mutating func write(_ text: String) { self.text += text }

    /// Begins a clause: on a line of its own, if there are lines.
    mutating func clause(_ words: String) {
        text += width == nil ? " " : "\n"
        text += words
    }

    /// Elements with commas between them, and a new line where one would be too long.
    mutating func list(_ elements: [String]) throws(QueryProblem) {
        guard let width, elements.joined(separator: ", ").count + 7 > width || elements.contains(where: { $0.contains("\n") })
        else {
            return write(elements.joined(separator: ", "))
        }
        var length = 7
        for (index, element) in elements.enumerated() {
            if index > 0 {
                let breaks = length + element.count + 2 > width || element.contains("\n")
                write(breaks ? ",\n  " : ", ")
                if breaks { length = 2 }
            }
            write(element.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\n  "))
            length += element.count + 2
        }
    }
}

extension TextPrinter {
    func term(_ term: Term, at place: Place) throws(QueryProblem) -> String {
        for path in term.paths { _ = try self.path(path, at: place) }
        return term.soql
    }

    func path(_ path: FieldPath, at place: Place) throws(QueryProblem) -> String {
        for (index, name) in path.names.enumerated() { _ = try self.name(name, at: place, isFirst: index == 0) }
        return path.description
    }

    /// A name, if a text can hold it there.
    func name(_ name: String, at place: Place, isFirst: Bool = true) throws(QueryProblem) -> String {
        let bytes = name.utf8
        let isWord = bytes.first.map { $0.isPartOfName && !$0.isDigit } ?? false && bytes.allSatisfy(\.isPartOfName)
        guard isWord, !isFirst || Keyword(WordHash(name))?.isReserved != true else {
            throw QueryProblem("not_queryable", "\"\(name.prefix(60))\" cannot be a name in the text form", at: place)
        }
        return name
    }
}
