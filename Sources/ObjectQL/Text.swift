import Values

// From a query's text to a `Query`: SOQL as its reference has it, and a few clauses more. Only the form is checked here.

extension Query {
    /// Reads the text form.
    ///
    ///     try Query(soql: "SELECT Name, (SELECT Name FROM Contacts) FROM Account WHERE Industry = 'Energy' ORDER BY Name LIMIT 5")
    ///
    /// A problem is located in the text; so are those of `resolve`, once `QueryProblem.located(in:)` is asked.
    package init(soql text: String) throws(QueryProblem) {
        self = try TextParser.read(text) { parser throws(QueryProblem) in try parser.query() }
    }
}

/// What a text asks.
package enum TextQuery: Sendable, Hashable {
    case query(Query)
    /// How a query would be answered.
    case explain(Query)
    /// The best finds of several objects.
    case find(Find)

    /// Reads `SELECT ...`, `EXPLAIN SELECT ...` or `FIND {...} ...`.
    package init(soql text: String) throws(QueryProblem) {
        self = try TextParser.read(text) { parser throws(QueryProblem) in try parser.question() }
    }
}

extension Term {
    /// Reads a name or a function where a field is expected, as in JSON: `Account.Name`, `CALENDAR_YEAR(CloseDate)`.
    init(soql text: String, at place: Place) throws(QueryProblem) {
        do throws(QueryProblem) {
            self = try TextParser.read(text) { parser throws(QueryProblem) in try parser.term() }
        } catch {
            throw QueryProblem("malformed", "\(text.prefix(80)): \(error.message)", at: place, hint: error.hint)
        }
    }
}

extension TextParser {
    /// Reads the whole text.
    static func read<Result>(
        _ text: String, _ body: (inout TextParser) throws(QueryProblem) -> Result
    ) throws(QueryProblem) -> Result {
        do throws(QueryProblem) {
            var parser = TextParser(text)
            let result = try body(&parser)
            guard parser.token.kind == .end else { throw parser.unexpected() }
            return result
        } catch {
            throw error.located(in: text)
        }
    }
}
