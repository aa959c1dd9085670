import Metadata
import Values

extension TextParser {
    mutating func selections() throws(QueryProblem) -> [Selection] {
        let place = token.place
        var (fields, children, namesDefaults) = ([Selection](), [Selection](), false)
        repeat {
            guard let selection = try selection() else {
                namesDefaults = true
                continue
            }
            if selection.isChildren { children.append(selection) } else { fields.append(selection) }
        } while accept(.comma)
        if namesDefaults, !fields.isEmpty {
            throw QueryProblem("malformed", "FIELDS(DEFAULT) stands for all that is selected, but children", at: place)
        }
        // Children alone would ask for the object's own fields, too.
        if fields.isEmpty, !namesDefaults { fields = [.term(.field("Id"), as: nil, place)] }
        fields += children
        return fields
    }

    /// Nil for `FIELDS(DEFAULT)`, the fields of a query that names none.
    private mutating func selection() throws(QueryProblem) -> Selection? {
        let place = token.place
        if token.kind == .leftParenthesis {
            return .children(try parenthesised { parser throws(QueryProblem) in try parser.children() })
        }
        if token.keyword == .typeof, following.kind == .word { return .typeOf(try typeOf(), place) }
        if token.keyword == .fields, following.kind == .leftParenthesis {
            advance()
            return try parenthesised { parser throws(QueryProblem) in try parser.fieldSet() }.map { .fields($0, place) }
        }
        let term = try term()
        return .term(term, as: alias(unless: [.from]), place)
    }

    private mutating func fieldSet() throws(QueryProblem) -> FieldSet? {
        let word = lexer.spelling(token)
        guard word.caseInsensitiveEquals("DEFAULT") else { return try accept(oneOf: FieldSet.self, "A set of fields") }
        advance()
        return nil
    }

    private mutating func typeOf() throws(QueryProblem) -> TypeOf {
        try expect(.typeof)
        var typeOf = TypeOf(parent: try path("a parent"), cases: [], otherwise: [])
        repeat {
            try expect(.when)
            let object = try name("an object")
            try expect(.then)
            if typeOf.cases.contains(where: { $0.object.caseInsensitiveEquals(object) }) {
                throw problem("\(object) stands here twice: another object was expected")
            }
            typeOf.cases.append(TypeOf.Case(object: object, fields: try fieldsOfCase()))
        } while token.keyword == .when
        if accept(.else) { typeOf.otherwise = try fieldsOfCase() }
        if !accept(Keyword.end) {
            _ = isAt(.when)
            throw unexpected()
        }
        return typeOf
    }

    private mutating func fieldsOfCase() throws(QueryProblem) -> [FieldPath] {
        try list { parser throws(QueryProblem) in try parser.path() }
    }
}

extension TextParser {
    /// What can only be judged when all of a query is read.
    func settle(_ query: inout Query) throws(QueryProblem) {
        if !aliases.isEmpty { query.rewritePaths(expanded) }
        if query.select.allSatisfy(\.isPlainField) { return }
        try checkSelection(query)
        query.settleNames()
    }

    private func checkSelection(_ query: Query) throws(QueryProblem) {
        var lists: Set<String> = []
        for case .children(let children) in query.select where !lists.insert(children.object.lowercased()).inserted {
            throw QueryProblem("malformed", "The children \(children.object) are asked for twice", at: children.place)
        }
        for case .term(let term, let alias, let place) in query.select {
            if case .field(let path) = term, let alias, !query.isGrouped {
                let hint = path.description.caseInsensitiveEquals("DISTINCT") ? "GROUP BY \(alias) gives each value once" : nil
                throw QueryProblem(
                    "malformed", "A comma or FROM was expected, not \(alias): only functions and groups are given a name",
                    at: place,
                    hint: hint ?? "Write \(path), \(alias) for two fields")
            }
            if case .aggregate(.count, nil) = term, place.offset.map(isBareCount) ?? false,
                query.select.count > 1 || !query.groupBy.isEmpty
            {
                throw QueryProblem(
                    "malformed", "COUNT() stands alone in its query", at: place, hint: "COUNT(Id) counts beside others")
            }
        }
    }
}
