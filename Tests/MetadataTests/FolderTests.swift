import Foundation
import Metadata
import Testing

@Suite("A metadata folder")
struct FolderTests {
    /// A folder of its own for each test, removed afterwards.
    private func withFolder(_ files: [String: String], _ body: (String) throws -> Void) throws {
        let root = NSTemporaryDirectory() + "metadata-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: root) }
        for (path, text) in files {
            let file = URL(fileURLWithPath: root + "/" + path)
            try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8.map { $0 == 0x7F ? 0xFF : $0 }).write(to: file)
        }
        try body(root)
    }

    private func check(_ root: String) -> (registry: Registry?, messages: [String]) {
        let (registry, diagnostics) = Registry.load(directory: root + "/metadata")
        return (registry, diagnostics.map { $0.description.replacing(root + "/", with: "") })
    }

    @Test func `is read with its subfolders and the triggers beside it`() throws {
        let files = [
            "metadata/sales/Deal.object.yml":
                "name: Deal\ntriggers:\n  - { name: T, event: afterInsert, file: triggers/T.swift }",
            "metadata/notes.csv": "a,b", "metadata/README.md": "# Hello", "metadata/.hidden.object.yml": "name: [",
            "triggers/T.swift": "",
            "triggers/F.trigger.yml": "name: F\nobject: Deal\nevents: afterInsert\nactions: [{ fail: No }]",
        ]
        try withFolder(files) { root in
            let (registry, messages) = check(root)
            #expect(messages == [])
            #expect(registry?.object("Deal") != nil)
            #expect(registry?.triggers.map(\.name) == ["F"])
        }
    }

    @Test func `may lie apart from the triggers`() throws {
        try withFolder([
            "a/Deal.object.yml": "name: Deal",
            "b/F.trigger.yml": "name: F\nobject: Deal\nevents: afterInsert\nactions: [{ fail: No }]",
        ]) {
            #expect(Registry.load(directory: $0 + "/a/", triggers: $0 + "/b").registry?.triggers.count == 1)
            #expect(Registry.load(directory: $0 + "/a").registry?.triggers.count == 0)
        }
    }

    @Test(arguments: [
        ("Deal.objct.yml", "Deal.object.yml"), ("Deal.yml", "Deal.object.yml"), ("sales.dashbord.yml", "sales.dashboard.yml"),
        ("Deal.object.yaml", "Deal.object.yml"),
    ])
    func `warns of YAML files that nobody reads`(_ name: String, _ better: String) throws {
        try withFolder(["metadata/" + name: "name: Deal"]) { root in
            #expect(
                check(root).messages == [
                    "metadata/\(name):1:1: warning: This file is not read: its name ends in none of .object.yml, .dashboard.yml, .query.yml, .trigger.yml (did you mean \(better)?)"
                ])
        }
    }

    @Test func `that cannot be read is an error, not a crash`() throws {
        try withFolder([
            "metadata/Bad.object.yml": "name: Bad\nlabel: \u{7F}",
            "metadata/Big.object.yml": String(repeating: "#", count: 1 << 20 + 1),
        ]) { root in
            #expect(
                check(root).messages == [
                    "metadata/Bad.object.yml:2:8: error: The file is not UTF-8 text: save it as UTF-8",
                    "metadata/Big.object.yml:1:1: error: The file is larger than 1 MiB: split it",
                ])
            try FileManager.default.createSymbolicLink(
                atPath: root + "/metadata/Gone.object.yml", withDestinationPath: root + "/nowhere")
            #expect(check(root).messages.contains("metadata/Gone.object.yml:1:1: error: The file cannot be read"))
        }
        #expect(
            Registry.load(directory: "/nowhere/metadata").diagnostics.map(\.description) == [
                "/nowhere/metadata:1:1: error: There is no folder /nowhere/metadata"
            ])
    }

    @Test func `has a version that changes with its contents and not with its place`() {
        func version(_ files: SourceFile...) -> String { MetadataSource(files).version }
        let (a, b) = (SourceFile("m/A.object.yml", "name: A"), SourceFile("m/B.object.yml", "name: B"))
        #expect(version(a, b) == version(b, a))
        #expect(version(a) == version(SourceFile("/other/place/A.object.yml", "name: A")))
        #expect(Set([version(a), version(b), version(a, b), version(SourceFile("m/A.object.yml", "name: A "))]).count == 4)
        #expect(version(a).count == 32)
        #expect(Registry.load([a]).registry?.version == version(a))
    }
}
