import Metadata
import SQL

/// A statement while it is written.
struct SQLWriter {
    let dialect: Dialect
    private var pieces: [Fragment.Piece] = []
    /// What follows the pieces.
    private var text = ""
    private var tableCount = 0

    init(_ dialect: Dialect) {
        self.dialect = dialect
        text.reserveCapacity(SQLWriter.usualLength)
    }

    /// Bytes of a usual statement, so that it is not moved while it grows.
    private static let usualLength = 2_000

    /// SQL text; never anything that a user wrote.
    mutating func write(_ text: String) { self.text += text }

    mutating func write(_ bind: Bind) {
        if !text.isEmpty { pieces.append(.text(text)) }
        text = ""
        pieces.append(.bind(bind))
    }

    mutating func write(_ part: Fragment) {
        for piece in part.pieces {
            switch piece {
            case .text(let text): write(text)
            case .bind(let bind): write(bind)
            }
        }
    }

    /// A name in quotes.
    mutating func write(name: String) {
        guard !name.utf8.contains(UInt8(ascii: "\"")) else { return write(quoted(name)) }
        text += "\""
        text += name
        text += "\""
    }

    /// A column of a table.
    mutating func write(_ column: String, of alias: String) {
        text += alias
        text += "."
        write(name: column)
    }

    /// All that was written.
    var fragment: Fragment { Fragment(pieces: text.isEmpty ? pieces : pieces + [.text(text)]) }

    /// A name as an SQL text.
    mutating func write(literal text: String) {
        write("'")
        write(inLiteral: text)
        write("'")
    }

    /// The inside of an SQL text.
    mutating func write(inLiteral text: String) {
        let hasQuote = text.utf8.contains(UInt8(ascii: "'"))
        write(hasQuote ? text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") : text)
    }

    mutating func list<Element>(
        _ elements: some Sequence<Element>, separator: String = ", ",
        _ write: (inout SQLWriter, Element) throws(QueryProblem) -> Void
    ) throws(QueryProblem) {
        var isFirst = true
        for element in elements {
            if !isFirst { self.write(separator) }
            isFirst = false
            try write(&self, element)
        }
    }

    /// Writes apart, to be placed later.
    func part(_ write: (inout SQLWriter) throws(QueryProblem) -> Void) throws(QueryProblem) -> Fragment {
        var writer = self
        (writer.pieces, writer.text) = ([], "")
        try write(&writer)
        return writer.fragment
    }

    /// Names for the tables of a select.
    mutating func frame(for query: ResolvedQuery) -> Frame {
        let first = tableCount
        tableCount += query.tables.count
        return Frame(aliases: query.tables.indices.map { "t\(first + $0)" })
    }
}

/// The names of the tables where an expression stands.
struct Frame {
    let aliases: [String]
    /// The table whose join, or whose sub-select, is being written.
    var here = ""
    var depth = 0
    /// The keys by which the groups being written are made; nil for all.
    var keys: [Int]?

    func alias(_ anchor: Anchor) -> String {
        switch anchor {
        case .table(let index): aliases[index]
        case .here: here
        }
    }
}
