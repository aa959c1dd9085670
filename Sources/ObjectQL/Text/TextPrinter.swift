import Values

/// A query's text while it is written.
struct TextPrinter {
    private(set) var text = ""
    /// Nil for one line.
    private let width: Int?
    private var indent = 0

    init(width: Int? = nil) { self.width = width }

    mutating func write(_ text: String) { self.text += text }

    /// Begins a clause: on a line of its own, if there are lines.
    private mutating func clause(_ words: String) {
        text += width == nil ? " " : "\n" + String(repeating: " ", count: indent)
        text += words
    }

    mutating func print(_ query: Query, isChild: Bool = false) throws(QueryProblem) {
        write("SELECT ")
        try list(try selections(query))
        clause("FROM \(try name(query.object, at: query.place))")
        if let asOf = query.asOf { write(" AS OF \(try operand(asOf))") }
        try rows(query)
        try groups(query)
        try order(query.orderBy)
        try page(query)
    }

    private mutating func rows(_ query: Query) throws(QueryProblem) {
        if query.scope != .everything { clause("USING SCOPE \(query.scope.rawValue)") }
        if let view = query.view { clause("USING LISTVIEW = \(try name(view, at: query.place))") }
        if let search = query.search { clause("SEARCH \(search.inQuotes())") }
        if let filter = query.filter { try condition("WHERE ", filter) }
        if let mode = query.mode { clause("WITH \(mode.rawValue)") }
        if query.categories.isEmpty { return }
        clause("WITH DATA CATEGORY " + query.categories.map(\.soql).joined(separator: " AND "))
    }

    private mutating func groups(_ query: Query) throws(QueryProblem) {
        let keys = try query.groupBy.mapping { term throws(QueryProblem) in try self.term(term, at: query.place) }
        if !keys.isEmpty {
            clause("GROUP BY ")
            if query.grouping != .plain { write(query.grouping.rawValue.uppercased() + "(") }
            write(keys.joined(separator: ", "))
            if query.grouping != .plain { write(")") }
        } else if query.having != nil {
            clause("GROUP BY ()")
        }
        if let having = query.having { try condition("HAVING ", having) }
    }

    private mutating func order(_ orderings: [Ordering]) throws(QueryProblem) {
        if orderings.isEmpty { return }
        clause("ORDER BY ")
        let terms = try orderings.mapping { ordering throws(QueryProblem) in
            let nulls = ordering.nulls.map { " NULLS \($0.rawValue.uppercased())" } ?? ""
            return "\(try term(ordering.term, at: ordering.place))\(ordering.descending ? " DESC" : "")\(nulls)"
        }
        write(terms.joined(separator: ", "))
    }

    private mutating func page(_ query: Query) throws(QueryProblem) {
        if let name = query.limitArgument {
            clause("LIMIT :\(name)")
        } else if let limit = query.limit {
            clause("LIMIT \(limit)")
        }
        if let name = query.offsetArgument {
            clause("OFFSET :\(name)")
        } else if query.offset > 0 {
            clause("OFFSET \(query.offset)")
        }
        if let cursor = query.cursor { clause("CURSOR \(cursor.inQuotes())") }
        switch query.deleted {
        case .hidden: break
        case .included: clause("ALL ROWS")
        case .only: clause("DELETED ROWS")
        }
        if query.wantsCount { clause("COUNT ROWS") }
        for purpose in query.purposes { clause(purpose.rawValue) }
    }

    mutating func print(_ find: Find) throws(QueryProblem) {
        let words = find.text.filter { $0 != "}" && $0 != "\\" }
        write("FIND {\(words)}")
        if find.group != .all { write(" IN \(find.group.rawValue) FIELDS") }
        if !find.queries.isEmpty {
            clause("RETURNING ")
            try list(try find.queries.mapping { query throws(QueryProblem) in try found(query) })
        }
        if let limit = find.limit { clause("LIMIT \(limit)") }
    }

    private func found(_ query: Query) throws(QueryProblem) -> String {
        var inside = TextPrinter()
        inside.write(try name(query.object, at: query.place) + "(" + (try selections(query)).joined(separator: ", "))
        if let view = query.view { inside.clause("USING LISTVIEW = \(try name(view, at: query.place))") }
        if let filter = query.filter { try inside.condition("WHERE ", filter) }
        try inside.order(query.orderBy)
        try inside.page(query)
        return inside.text + ")"
    }
}

extension TextPrinter {
    /// Elements with commas between them, and a new line where one would be too long.
    private mutating func list(_ elements: [String]) throws(QueryProblem) {
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

    private func selections(_ query: Query) throws(QueryProblem) -> [String] {
        let isBare = query.select.count == 1 && query.groupBy.isEmpty
        var entries = try query.select.mapping { entry throws(QueryProblem) in try selection(entry, isBare, at: query.place) }
        let hasFields = query.select.contains { if case .children = $0 { false } else { true } }
        if !hasFields { entries.insert("FIELDS(DEFAULT)", at: 0) }
        return entries
    }

    private func selection(_ selection: Selection, _ isBare: Bool, at place: Place) throws(QueryProblem) -> String {
        switch selection {
        case .term(.aggregate(.count, nil), nil, _) where isBare: return "COUNT()"
        case .term(let term, let alias, let place):
            let text = try self.term(term, at: place)
            return try alias.map { alias throws(QueryProblem) in "\(text) \(try name(alias, at: place))" } ?? text
        case .fields(let set, _): return "FIELDS(\(set.rawValue))"
        case .typeOf(let typeOf, let place): return try text(of: typeOf, at: place)
        case .children(let query):
            var inside = TextPrinter(width: width)
            try inside.print(query, isChild: true)
            let isShort = inside.text.count + 4 <= width ?? .max
            return "(\(isShort ? inside.text.replacing("\n", with: " ") : inside.text))"
        }
    }

    private func text(of typeOf: TypeOf, at place: Place) throws(QueryProblem) -> String {
        func fields(_ paths: [FieldPath]) throws(QueryProblem) -> String {
            try paths.mapping { path throws(QueryProblem) in try self.path(path, at: place) }.joined(separator: ", ")
        }
        var text = "TYPEOF \(try path(typeOf.parent, at: place))"
        for entry in typeOf.cases { text += " WHEN \(try name(entry.object, at: place)) THEN \(try fields(entry.fields))" }
        if !typeOf.otherwise.isEmpty { text += " ELSE \(try fields(typeOf.otherwise))" }
        return text + " END"
    }

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

extension TextPrinter {
    /// `WHERE` or `HAVING`; the parts of a long condition stand on lines of their own.
    private mutating func condition(_ word: String, _ filter: Filter) throws(QueryProblem) {
        clause(word)
        let text = try self.text(of: filter, isInside: false)
        guard let width, text.count + word.count > width else { return write(text) }
        switch filter {
        case .all(let filters) where filters.count > 1: write(try lines(filters, "AND"))
        case .any(let filters) where filters.count > 1: write(try lines(filters, "OR"))
        default: write(text)
        }
    }

    private func lines(_ filters: [Filter], _ word: String) throws(QueryProblem) -> String {
        try filters.mapping { filter throws(QueryProblem) in try text(of: filter, isInside: true) }.joined(
            separator: "\n  \(word) ")
    }

    func text(of filter: Filter, isInside: Bool) throws(QueryProblem) -> String {
        switch filter {
        case .all([]): return "TRUE"
        case .any([]): return "FALSE"
        case .all(let filters): return try joined(filters, " AND ", isInside)
        case .any(let filters): return try joined(filters, " OR ", isInside)
        case .not(.among(let term, let operands, let place)): return try among(term, "NOT IN", operands, place)
        case .not(.within(let term, let query, let place)): return try within(term, "NOT IN", query, place)
        case .not(.includes(let term, let sets, let place)): return try includes(term, "EXCLUDES", sets, place)
        case .not(.given(let term, .includes, let argument, let place)):
            return "\(try self.term(term, at: place)) EXCLUDES :\(argument)"
        case .not(let inner): return "NOT \(try text(of: inner, isInside: true))"
        case .compare(let term, let comparator, let other, let place):
            return "\(try self.term(term, at: place)) \(comparator.spelling) \(try operand(other))"
        case .among(let term, let operands, let place): return try among(term, "IN", operands, place)
        case .matches(let term, let pattern, let place):
            let word = pattern.ignoresCase ? "LIKE" : "LIKE BINARY"
            return "\(try self.term(term, at: place)) \(word) \(pattern.escaped.inQuotes(isPattern: true))"
        case .includes(let term, let sets, let place): return try includes(term, "INCLUDES", sets, place)
        case .given(let term, let comparison, let argument, let place):
            return "\(try self.term(term, at: place)) \(comparison.spelling) :\(argument)"
        case .within(let term, let query, let place): return try within(term, "IN", query, place)
        case .changed(let change, let place): return try changed(change, place)
        }
    }

    private func joined(_ filters: [Filter], _ word: String, _ isInside: Bool) throws(QueryProblem) -> String {
        let text = try filters.mapping { filter throws(QueryProblem) in try self.text(of: filter, isInside: true) }.joined(
            separator: word)
        return isInside ? "(\(text))" : text
    }

    private func among(_ term: Term, _ word: String, _ operands: [Operand], _ place: Place) throws(QueryProblem) -> String {
        let left = "\(try self.term(term, at: place)) \(word) "
        if operands.isEmpty { return left + ":()" }
        if case .argument(let name) = operands[0], operands.count == 1 { return left + ":" + name }
        return left + "(" + (try operands.mapping { value throws(QueryProblem) in try operand(value) }.joined(separator: ", "))
            + ")"
    }

    private func within(_ term: Term, _ word: String, _ query: Query, _ place: Place) throws(QueryProblem) -> String {
        var inside = TextPrinter()
        try inside.print(query)
        return "\(try self.term(term, at: place)) \(word) (\(inside.text))"
    }

    private func includes(_ term: Term, _ word: String, _ sets: [[String]], _ place: Place) throws(QueryProblem) -> String {
        let left = "\(try self.term(term, at: place)) \(word) "
        if sets.isEmpty { return left + ":()" }
        for choice in sets.joined() where choice.contains(";") {
            throw QueryProblem(
                "not_queryable", "The choice \"\(choice.prefix(60))\" has a semicolon, which separates choices here", at: place)
        }
        return left + "(" + sets.map { $0.joined(separator: ";").inQuotes() }.joined(separator: ", ") + ")"
    }

    private func changed(_ change: Change, _ place: Place) throws(QueryProblem) -> String {
        var text = "CHANGED(\(try path(change.field, at: place))"
        if let from = change.from { text += " FROM \(try operand(from))" }
        if let to = change.to { text += " TO \(try operand(to))" }
        text += ")"
        if let during = change.during { text += " DURING \(try operand(during))" }
        return text
    }

    func operand(_ operand: Operand) throws(QueryProblem) -> String {
        switch operand {
        case .value(let value): value.soql
        case .term(let term): "FIELD(\(try self.term(term, at: .top)))"
        case .currentUser: "$currentUser"
        case .money(let currency, let amount): currency + amount.description
        case .argument(let name): ":" + name
        }
    }
}

extension Value {
    fileprivate var soql: String {
        switch self {
        case .null: "NULL"
        case .bool(let bool): bool ? "TRUE" : "FALSE"
        case .number(let number): number.description
        case .text(let text): text.isDateLiteral ? text : text.inQuotes()
        default: json.string.map { $0.isDateLiteral ? $0 : $0.inQuotes() } ?? json.description.inQuotes()
        }
    }
}

extension String {
    /// Whether the text reads the same without quotes: a day, a moment or a date word.
    fileprivate var isDateLiteral: Bool {
        guard let first = utf8.first else { return false }
        guard first.isDigit else { return first.isLetter && DateWord.spelled(self)?.description == self }
        var lexer = Lexer(self)
        let token = lexer.next()
        guard token.end == utf8.count else { return false }
        return token.kind == .date ? Day(self) != nil : token.kind == .datetime && Instant(self) != nil
    }
}

extension Comparator {
    var spelling: String {
        switch self {
        case .equal: "="
        case .notEqual: "!="
        case .less: "<"
        case .lessOrEqual: "<="
        case .greater: ">"
        case .greaterOrEqual: ">="
        }
    }
}

extension GivenComparison {
    fileprivate var spelling: String {
        switch self {
        case .like: "LIKE"
        case .likeBinary: "LIKE BINARY"
        case .includes: "INCLUDES"
        }
    }
}

extension CategoryCondition {
    fileprivate var soql: String {
        let list = categories.joined(separator: ", ")
        return "\(group) \(selector.rawValue) \(categories.count == 1 ? list : "(\(list))")"
    }
}

extension TextPattern {
    /// The pattern with a backslash before what is literal.
    var escaped: String {
        pieces.map { piece in
            switch piece {
            case .any: "%"
            case .one: "_"
            case .text(let text): String(text.flatMap { "%_\\".contains($0) ? ["\\", $0] : [$0] })
            }
        }.joined()
    }
}
