import ArgumentParser
import Engine
import Foundation
import ObjectQL
import Storage
import Values

struct QueryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "query", abstract: "Ask the database for records.",
        discussion: """
            Takes a query in JSON, as POST /api/query does, and works on the database itself: a server need not run, but \
            may. Prints a table on a terminal and JSON otherwise.

            EXAMPLES
              martlet query '{"object": "Account", "fields": ["Name", "Owner.Name"]}'
              martlet query '{"object": "Opportunity", "groupBy": ["Stage"],
                              "aggregate": {"total": {"$sum": "Amount"}}}'
              martlet query --format csv < query.json > records.csv
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case table, json, csv }

    @Argument(help: "The query; without it, or with -, it is read from standard input.") var query: String?
    @Option(help: "The form of the answer: table (standard on a terminal), json (standard otherwise) or csv.") var format: Format?
    @OptionGroup var site: Site.Options

    func run() async throws {
        let site = try Site(site)
        let query = try Query(json: try json())
        let registry = try site.registry()
        let answer = try await site.existingDatabase().closed { database in
            // Asking is no reason to change the database.
            guard try await database.plan(try site.model(registry).schema).isDone else {
                throw Failure(
                    .refused, "The database does not hold what the metadata describes yet",
                    hint: "martlet plan shows what is missing, martlet migrate adds it")
            }
            return try await site.engine(registry, on: database).read(query, as: .administrator())
        }
        try print(answer)
    }

    private func json() throws -> JSON {
        var text = query ?? "-"
        if text == "-" {
            if Terminal.input.isInteractive, query == nil {
                throw Failure(.usage, "A query is needed", hint: #"martlet query '{"object": "Account", "fields": ["Name"]}'"#)
            }
            text = String(decoding: FileHandle.standardInput.readDataToEndOfFile(), as: UTF8.self)
        }
        do { return try JSON(parsing: text) } catch { throw Failure(.refused, "The query is not JSON: \(error)") }
    }

    private func print(_ answer: Answer) throws {
        switch format ?? (Terminal.output.isInteractive ? .table : .json) {
        case .json: try Terminal.output.write(answer.body + [UInt8(ascii: "\n")])
        case .csv: try Terminal.output.write(Array(RecordTable(answer.records).csv.utf8))
        case .table:
            for line in RecordTable(answer.records).lines(width: Terminal.output.width) { try Terminal.output.line(line) }
            try Terminal.output.line(Terminal.output.coloured(summary(answer), .dim))
        }
    }

    private func summary(_ answer: Answer) -> String {
        let total = answer.json["totalCount"]?.number?.integer.map { " of \(Text.grouped($0))" } ?? ""
        let more = answer.json["hasMore"]?.bool ?? false
        return counted(answer.count, "record") + total + (more ? ", more follow (limit, offset or cursor gets them)" : "")
    }
}
