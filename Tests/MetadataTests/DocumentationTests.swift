import Foundation
import Metadata
import Testing
import Values

@Suite("The reference of the format")
struct DocumentationTests {
    private let text: String

    init() throws {
        let root = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        text = try String(contentsOfFile: root + "/docs/metadata.md", encoding: .utf8)
    }

    /// Everything that stands between backticks.
    private var words: Set<Substring> {
        Set(
            text.split(separator: "`", omittingEmptySubsequences: false).enumerated().filter { $0.offset % 2 == 1 }.map(\.element)
        )
    }

    @Test func `names every type, attribute, operator, feature and event`() {
        let names =
            FieldType.allCases.filter { $0 != .id }.map(\.rawValue) + FieldAttribute.allCases.map(\.rawValue)
            + FilterOperator.allCases.filter { $0 != .during }.map(\.rawValue) + Feature.allCases.map(\.rawValue)
            + TriggerEvent.allCases.map(\.rawValue) + SummaryDefinition.Function.allCases.map(\.rawValue)
        let words = words
        #expect(names.filter { !words.contains($0[...]) } == [])
    }

    @Test func `tells which attributes each type has`() {
        let rows = text.split(separator: "\n").filter { $0.hasPrefix("| `") }
        for type in FieldType.allCases where ![.id, .email, .phone, .url, .currency, .percent, .summary].contains(type) {
            let row = rows.first { $0.split(separator: "|")[0].contains("`\(type.rawValue)`") } ?? ""
            let told = row.split(separator: "|").last?.split(separator: "`").map(String.init) ?? []
            let general: Set<FieldAttribute> = [.required, .readonly, .defaultValue, .unique, .externalId, .index]
            let own = type.kind.attributes.subtracting(.common).subtracting(general)
            #expect(Set(told.compactMap { FieldAttribute(rawValue: $0) }) == own.subtracting(implied(type)), "\(type)")
        }
    }

    /// Attributes that a type takes although they say nothing new.
    private func implied(_ type: FieldType) -> Set<FieldAttribute> {
        switch type {
        case .masterDetail: [.cascadeDelete]
        case .formula: [.format]
        default: []
        }
    }

    @Test func `has examples that load`() {
        let blocks = text.split(separator: "```").filter { $0.hasPrefix("yaml\n# ") }
        let files = blocks.map { block in
            SourceFile(String(block.split(separator: "\n")[1].dropFirst(2)), String(block.drop { $0 != "\n" }.dropFirst()))
        }
        #expect(files.count == 5)
        let (registry, diagnostics) = Registry.load(files)
        #expect(diagnostics == [])
        #expect(registry?.object("Project")?.relationship("WorkLogs")?.object == "WorkLog")
    }
}
