import ArgumentParser
import Engine
import Foundation
import Metadata
import ObjectQL
import Storage
import Values

struct QueryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "query", abstract: "Ask the database for records.",
        discussion: """
            Takes a query as a text or in JSON, as POST /api/query does, and works on the database itself: a server need not run, \
            but may. Prints a table on a terminal and JSON otherwise. Without a query, on a terminal, it asks for one after the \
            other: the arrows call back those of before, the tab key completes names, exit ends it.

            EXAMPLES
              martlet query 'SELECT Name, Owner.Name FROM Account LIMIT 5'
              martlet query 'SELECT Name FROM Account WHERE Industry = :kind' --bind kind=Energy
              martlet query 'EXPLAIN SELECT Name FROM Account ORDER BY Name'
              martlet query @ClosingSoon --bind period=THIS_MONTH    (a saved query, by its name)
              martlet query 'FIND {acme} RETURNING Account(Name), Contact(Name)'
              martlet query '{"object": "Opportunity", "groupBy": ["Stage"],
                              "aggregate": {"total": {"$sum": "Amount"}}}'
              martlet query --format csv < query.json > records.csv
              martlet query --to json 'SELECT Name FROM Account'
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case table, json, csv }
    enum Form: String, ExpressibleByArgument, CaseIterable { case json, soql }

    @Argument(help: "The query; without it, or with -, it is read from standard input.") var query: String?
    @Option(help: "The form of the answer: table (standard on a terminal), json (standard otherwise) or csv.") var format: Format?
    @Option(help: "Do not ask, but write the query in the other form: json or soql.") var to: Form?
    @Option(
        name: .customLong("bind"),
        help: ArgumentHelp(
            "A value for :NAME in the text; JSON, else a text. Can be given several times.", valueName: "NAME=VALUE"))
    var binds: [String] = []
    @OptionGroup var site: Site.Options

    func run() async throws {
        if query == nil, to == nil, Terminal.input.isInteractive, Terminal.output.isInteractive { return try await converse() }
        let text = try text()
        if let to { return try convert(text, to) }
        // What is wrong with the query's form is told before anything is opened.
        if savedName(text) == nil { _ = try QueryText(text) }
        let values = try values()
        try await asking { engine, _ in try print(try await answer(text, values, engine)) }
    }

    private func asking(_ body: (Engine, Registry) async throws -> Void) async throws { try await Site(site).asking(body) }

    private func answer(_ text: String, _ values: JSON.Members, _ engine: Engine) async throws -> Answer {
        if let name = savedName(text) { return try await engine.ask(saved: name, binds: values, as: .administrator()) }
        guard let json = try QueryText(text).json else { return try await engine.ask(text, binds: values, as: .administrator()) }
        return try await engine.read(try Query(json: json).binding(values), as: .administrator())
    }

    /// Question after question, until the end of input.
    private func converse() async throws {
        let values = try values()
        try await asking { engine, registry in
            let home = ProcessInfo.processInfo.environment["HOME"] ?? NSHomeDirectory()
            var prompt = Prompt(Completion(registry: registry), historyFile: home + "/.martlet_history")
            while let line = try prompt.next() {
                let text = line.trimmingCharacters(in: .whitespaces)
                if ["exit", "quit"].contains(text.lowercased()) { return }
                if text.isEmpty { continue }
                do { try print(try await answer(text, values, engine)) } catch let gone as ReaderGone { throw gone } catch {
                    let failure = Failure(error)
                    Terminal.errors.report("error", failure.message, .red)
                    if let hint = failure.hint { Terminal.errors.report("hint", hint, .dim) }
                }
            }
        }
    }

    /// The name in `@ClosingSoon`; nil for a query.
    private func savedName(_ text: String) -> String? {
        let text = text.trimmingCharacters(in: .whitespacesAndNewlines)
        return text.hasPrefix("@") ? String(text.dropFirst()) : nil
    }

    private func text() throws(Failure) -> String {
        if let query, query != "-" { return query }
        if Terminal.input.isInteractive, query == nil {
            throw Failure(.usage, "A query is needed", hint: "martlet query 'SELECT Name FROM Account LIMIT 5'")
        }
        return String(decoding: FileHandle.standardInput.readDataToEndOfFile(), as: UTF8.self)
    }

    private func convert(_ text: String, _ form: Form) throws {
        let saved = try savedName(text).map { try savedText($0) }
        let query = try QueryText(saved ?? text).query()
        switch form {
        case .json: try Terminal.output.line(query.json.description)
        case .soql: try Terminal.output.line(try query.formatted())
        }
    }

    private func savedText(_ name: String) throws -> String {
        let queries = try Site(site).registry().queries
        if let saved = queries.first(where: { $0.name.caseInsensitiveEquals(name) }) { return saved.text }
        throw Failure(
            .refused, "There is no saved query \(name)",
            hint: suggestion(for: name, among: queries.map(\.name)).map { "Did you mean \($0)?" })
    }

    private func values() throws(Failure) -> JSON.Members {
        var values: JSON.Members = [:]
        for bind in binds {
            guard let equals = bind.firstIndex(of: "="), equals != bind.startIndex else {
                throw Failure(.usage, "--bind is \"\(bind)\": expected NAME=VALUE")
            }
            let text = String(bind[bind.index(after: equals)...])
            values[String(bind[..<equals])] = (try? JSON(parsing: text)) ?? .string(text)
        }
        return values
    }

    private func print(_ answer: Answer) throws {
        switch format ?? (Terminal.output.isInteractive ? .table : .json) {
        case .json: try Terminal.output.write(answer.body + [UInt8(ascii: "\n")])
        case .csv: try Terminal.output.write(Array(RecordTable(answer.rows).csv.utf8))
        case .table:
            for line in RecordTable(answer.rows).lines(width: Terminal.output.width) { try Terminal.output.line(line) }
            try Terminal.output.line(Terminal.output.coloured(summary(answer), .dim))
        }
    }

    private func summary(_ answer: Answer) -> String {
        let total = answer.json["totalCount"]?.number?.integer.map { " of \(grouped($0))" } ?? ""
        let more = answer.json["hasMore"]?.bool ?? false
        let unit = answer.json["plan"] == nil ? "record" : "step"
        return counted(answer.count, unit) + total + (more ? ", more follow (limit, offset or cursor gets them)" : "")
    }
}

/// A query as it was typed: a text, or JSON.
private struct QueryText {
    let text: String
    /// Nil for a text.
    let json: JSON?

    init(_ text: String) throws(Failure) {
        self.text = text
        guard text.first(where: { !$0.isWhitespace }) == "{" else {
            _ = try SoqlCommand.failing(text) { text throws(QueryProblem) in try TextQuery(soql: text) }
            json = nil
            return
        }
        do { json = try JSON(parsing: text) } catch { throw Failure(.refused, "The query is not JSON: \(error)") }
    }

    func query() throws -> Query {
        guard let json else { return try SoqlCommand.failing(text) { text throws(QueryProblem) in try Query(soql: text) } }
        return try Query(json: json)
    }
}

extension Answer {
    /// What a table shows: records, the records of every object that was found, or the steps of a plan.
    fileprivate var rows: [JSON] {
        if let plan = json["plan"]?.array { return plan.map { ["plan": $0] } }
        return json["found"]?.array.map { found in
            found.flatMap { entry in
                (entry["records"]?.array ?? []).compactMap { record in
                    var members: JSON.Members = ["object": entry["object"] ?? .null]
                    for (name, value) in record.object ?? [:] { members[name] = value }
                    return .object(members)
                }
            }
        } ?? records
    }
}
