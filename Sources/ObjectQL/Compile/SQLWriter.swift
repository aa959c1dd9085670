import Metadata
import SQL

/// A statement while it is written.
struct SQLWriter {
    let dialect: Dialect
    private(set) var fragment = Fragment()
    private var tableCount = 0

    init(_ dialect: Dialect) { self.dialect = dialect }

    /// SQL text; never anything that a user wrote.
    mutating func write(_ text: String) { fragment.append(sql: text) }
    mutating func write(_ part: Fragment) { fragment.append(part) }
    mutating func write(_ bind: Bind) { fragment.append(bind) }

    /// A column of a table.
    mutating func write(_ column: String, of alias: String) {
        write(alias)
        write(".")
        write(quoted(column))
    }

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
        writer.fragment = Fragment()
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

    func alias(_ anchor: Anchor) -> String {
        switch anchor {
        case .table(let index): aliases[index]
        case .here: here
        }
    }
}
