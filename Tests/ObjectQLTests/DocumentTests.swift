import Foundation
import Metadata
import ObjectQL
import Testing
import Values

@Suite struct `What is shipped can be asked` {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    private func registry() throws -> Registry {
        try #require(Registry.load(directory: Self.root.path + "/metadata", triggers: Self.root.path + "/triggers").registry)
    }

    private func page() throws -> String {
        try String(contentsOf: Self.root.appendingPathComponent("docs/objectql.md"), encoding: .utf8)
    }

    @Test func `every object, with all its fields, children and list views`() throws {
        let lab = try Laboratory(try registry())
        for object in lab.registry.objects {
            let name = JSON.string(object.name)
            #expect(try lab.ask(["object": name, "count": true]).totalCount == 0)
            for relationship in object.relationships {
                #expect(try lab.ask(["object": name, "related": .object([relationship.name: [:]])]).texts == [])
            }
            for view in object.listViews { #expect(try lab.ask(["object": name, "view": .string(view.name)]).texts == []) }
            if object.fields.contains(where: \.searchable) { #expect(try lab.ask(["object": name, "search": "x"]).texts == []) }
        }
    }

    @Test func `every dashboard`() throws {
        let lab = try Laboratory(try registry())
        let queries = lab.registry.dashboards.flatMap(\.components).map(\.query)
        #expect(!queries.isEmpty)
        for query in queries { _ = try lab.ask(query) }
    }

    @Test func `every example of the reference page`() throws {
        let lab = try Laboratory(try registry())
        let examples = try page().components(separatedBy: "```json\n").dropFirst().map { $0.components(separatedBy: "```")[0] }
        #expect(examples.count >= 4)
        for example in examples { _ = try lab.ask(try JSON(parsing: example)) }
    }

    @Test func `every text of the reference page`() throws {
        let lab = try Laboratory(try registry())
        let examples = try page().components(separatedBy: "```sql\n").dropFirst().map { $0.components(separatedBy: "```")[0] }
        #expect(!examples.isEmpty)
        for example in examples { _ = try lab.ask(try Query(soql: example)) }
    }

    /// From the tables by which the parsers read, so that nothing new goes untold.
    @Test func `the reference page names every word that a query may hold`() throws {
        let page = try page()
        let words = Set(page.split { !($0.isLetter || $0.isNumber || "_$:".contains($0)) }.map(String.init))
        let functions = QueryWords.functions.filter { $0 != "START_OF_DAY" && !$0.hasPrefix("START_OF_") } + ["START_OF_MONTH"]
        let wanted =
            QueryWords.keywords + functions + QueryWords.dateWords + QueryWords.operators + QueryWords.parts
            + DateWord.Unit.allCases.map { $0.rawValue.uppercased() } + AggregateFunction.allCases.map { "$\($0.rawValue)" }
            + FilterOperator.allCases.map(\.rawValue) + Limit.allCases.map(\.setting) + ["$and", "$or", "$not", "$currentUser"]
        #expect(wanted.filter { !words.contains($0) } == [])
        let clauses =
            QueryWords.comparators + QueryWords.choices + Purpose.allCases.map(\.rawValue) + RightsMode.allCases.map(\.rawValue)
            + FieldSet.allCases.map { "FIELDS(\($0.rawValue))" } + ["{\"$field\"", "\"$bind\"", "\"$money\"", "$changed"]
        #expect(clauses.filter { !page.contains($0) } == [])
    }
}
