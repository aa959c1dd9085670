import Foundation
import Testing

@Suite struct `The floors of the house` {
    @Test func `the manifest declares every target on a floor`() {
        let declared = DeclaredTarget.all.filter { !$0.isOutside }.map(\.name)
        #expect(declared.count > 8, "the manifest could not be read")
        for name in declared { #expect(Floors.all.contains(name), "\(name) stands on no floor: add it to Floors.floors") }
    }

    @Test func `a target declares only dependencies that it may look down upon`() {
        for target in DeclaredTarget.all where !target.isOutside {
            for dependency in target.dependencies {
                let objection = Floors.objection(target.name, imports: dependency)
                #expect(objection == nil, "Package.swift: \(target.name) depends on \(dependency), but \(objection ?? "")")
            }
        }
    }

    @Test func `a file imports only what its target may`() {
        #expect(SourceTree.files.count > 50, "the sources could not be read")
        for file in SourceTree.files {
            for (module, line) in file.imports {
                let objection = Floors.objection(file.target, imports: module)
                #expect(objection == nil, "\(file.path):\(line): imports \(module), but \(objection ?? "")")
            }
        }
    }

    /// SwiftPM lets a file import what another target of the package depends on: such an import breaks when that target changes.
    @Test func `a file imports only what the manifest declares for its target`() {
        let declared = Dictionary(uniqueKeysWithValues: DeclaredTarget.all.map { ($0.name, Set($0.dependencies)) })
        for file in SourceTree.files {
            for (module, line) in file.imports where !Self.toolchain.contains(module) {
                let isDeclared = declared[file.target]?.contains(module) ?? false
                #expect(isDeclared, "\(file.path):\(line): Package.swift does not give \(module) to \(file.target)")
            }
        }
    }

    private static let toolchain: Set = [
        "Swift", "Foundation", "FoundationEssentials", "Synchronization", "Dispatch", "Glibc", "Darwin", "RegexBuilder",
    ]

    @Test(arguments: [
        ("Values", "Metadata", "Metadata stands to the right of Values"),
        ("Formula", "Engine", "Engine stands above Formula"),
        ("Storage", "Metadata", "Storage knows no CRM, so it cannot know Metadata"),
        ("Assistant", "Simulation", "Assistant and Simulation never see each other"),
        ("Server", "Triggers", "Triggers is for martlet alone"),
        ("Kitchen", "Values", "Kitchen stands on no floor"),
    ])
    func `an import that breaks the floors is named`(target: String, module: String, objection: String) {
        #expect(Floors.objection(target, imports: module) == objection)
    }

    @Test(arguments: [("ObjectQL", "Metadata"), ("Engine", "Storage"), ("martlet", "Triggers"), ("Server", "Hummingbird")])
    func `looking down or to the left is allowed`(target: String, module: String) {
        #expect(Floors.objection(target, imports: module) == nil)
    }
}
