import ArgumentParser
import Foundation
import ObjectQL
import SQL
import Values

struct SoqlCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "soql", abstract: "Check and format queries in the text form.", subcommands: [Check.self, Format.self])

    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "check", abstract: "Say whether a text is a query.",
            discussion: """
                Without --syntax-only, the names are looked up in the metadata, too.

                With --batch every line of standard input is a question in JSON, {"query": "..."}, and gets an answer on a \
                line of its own: {"ok": true}, or {"error": {"message", "line", "column", "hint"}}.

                EXAMPLES
                  martlet soql check 'SELECT Name FROM Account'
                  martlet soql check --syntax-only 'SELECT Name FROM Anything'
                  martlet soql check --batch --syntax-only < queries.jsonl > answers.jsonl
                """)

        @Argument(help: "The query; without it, it is read from standard input.") var query: String?
        @Flag(help: "Answer every line of standard input.") var batch = false
        @Flag(help: "Look at the form only, without metadata.") var syntaxOnly = false
        @OptionGroup var site: Site.Options

        func validate() throws {
            if batch, query != nil { throw ValidationError("Give a query, or --batch and lines on standard input") }
        }

        func run() throws {
            let scope = syntaxOnly ? nil : QueryScope(registry: try Site(site).registry())
            if batch { return try answerLines(scope) }
            try SoqlCommand.failing(try SoqlCommand.text(query)) { text throws(QueryProblem) in try Check.check(text, scope) }
        }

        /// Lines in, lines out, as they come.
        private func answerLines(_ scope: QueryScope?) throws {
            var reader = LineReader()
            while let lines = try reader.next() {
                let questions = lines.filter { !$0.allSatisfy(\.isWhitespace) }
                try Terminal.output.write(Array(questions.map { Check.answer($0, scope).description + "\n" }.joined().utf8))
            }
        }

        private static func answer(_ line: String, _ scope: QueryScope?) -> JSON {
            guard let text = (try? JSON(parsing: line))?["query"]?.string else {
                return ["error": ["message": "The line is no JSON object with a text named query", "line": 1, "column": 1]]
            }
            do throws(QueryProblem) {
                try check(text, scope)
                return ["ok": true]
            } catch {
                return ["error": error.located(in: text).answer]
            }
        }

        private static func check(_ text: String, _ scope: QueryScope?) throws(QueryProblem) {
            let question = try TextQuery(soql: text)
            if let scope { try question.check(in: scope) }
        }
    }

    struct Format: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "format", abstract: "Write a query beautifully.",
            discussion: """
                EXAMPLES
                  martlet soql format "select name from account where industry='Energy' order by name"
                  martlet soql format --width 60 < query.soql
                """)

        @Argument(help: "The query; without it, it is read from standard input.") var query: String?
        @Option(help: "The width of a line.") var width = 100

        func run() throws {
            let formatted = try SoqlCommand.failing(try SoqlCommand.text(query)) { text throws(QueryProblem) in
                try TextQuery(soql: text).formatted(width: width)
            }
            try Terminal.output.line(formatted)
        }
    }

    static func text(_ query: String?) throws(Failure) -> String {
        if let query, query != "-" { return query }
        if Terminal.input.isInteractive, query == nil { throw Failure(.usage, "A query is needed", hint: "martlet soql --help") }
        return String(decoding: FileHandle.standardInput.readDataToEndOfFile(), as: UTF8.self)
    }

    /// A problem with a query's text as the failure of a command: with the line and a caret under it.
    static func failing<Result>(_ text: String, _ body: (String) throws(QueryProblem) -> Result) throws(Failure) -> Result {
        do throws(QueryProblem) { return try body(text) } catch {
            let problem = error.located(in: text)
            let excerpt = problem.location.map { " (\(problem.path))\n\($0.excerpt)" } ?? ""
            throw Failure(.refused, problem.message + excerpt, hint: problem.hint)
        }
    }
}

extension QueryProblem {
    fileprivate var answer: JSON {
        var members: JSON.Members = [
            "message": .string(message), "line": .number(Number(location?.line ?? 1)),
            "column": .number(Number(location?.column ?? 1)),
        ]
        if let hint { members["hint"] = .string(hint) }
        return .object(members)
    }
}
