import Metadata
import SQL

extension SQLWriter {
    /// Every word must stand, at least as a beginning, in one of the searched fields.
    mutating func search(_ search: Search, _ frame: Frame) {
        guard !search.words.isEmpty else { return write(bool: false) }
        switch dialect {
        case .sqlite: write("s.\(Fragment(sql: quoted(search.object.name + "_search"))) MATCH \(.text(search.match))" as Fragment)
        case .postgres: write("\(vector(search, frame)) @@ martlet_query(\(.text(search.query)))" as Fragment)
        }
    }

    /// The best finds first.
    mutating func rank(_ search: Search, _ frame: Frame) {
        switch dialect {
        case .sqlite: write("s.rank")
        case .postgres: write("ts_rank(\(vector(search, frame)), martlet_query(\(.text(search.query)))) DESC" as Fragment)
        }
    }

    /// The stored vector holds every searchable field; where the caller may not read them all, one is made of those they may.
    private func vector(_ search: Search, _ frame: Frame) -> Fragment {
        let alias = Fragment(sql: frame.aliases[0])
        guard let columns = search.columns else { return "\(alias).martlet_search" }
        let texts = columns.map { column in "\(alias).\(name: column)" as Fragment }.joined(separator: ", ")
        return "to_tsvector('simple', martlet_words(concat_ws(' ', \(texts))))"
    }
}

extension Search {
    // The words hold letters and digits alone, so that nothing in them can be an operator.

    fileprivate var match: String {
        let words = words.map { "\"\($0)\"*" }.joined(separator: " AND ")
        guard let columns else { return words }
        return "{\(columns.map(quoted).joined(separator: " "))} : (\(words))"
    }

    /// `martlet_query` makes of it what finds each word by its beginning.
    fileprivate var query: String { words.joined(separator: " ") }
}
