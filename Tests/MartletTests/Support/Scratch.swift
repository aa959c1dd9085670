import Foundation

/// A folder of a test's own, gone with it.
final class Scratch: Sendable {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appending(path: "martlet-test-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func path(_ name: String) -> String { path + "/" + name }

    func text(_ name: String) throws -> String { try String(contentsOfFile: path(name), encoding: .utf8) }

    /// What is in a folder of it.
    func names(_ folder: String) throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: path(folder)) }

    func write(_ name: String, _ text: String) throws {
        let folder = URL(filePath: path(name)).deletingLastPathComponent()
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try text.write(toFile: path(name), atomically: true, encoding: .utf8)
    }

    /// A little business: accounts whose name is required and whose credit is limited.
    func writeBusiness() throws {
        try write(
            "metadata/Account.object.yml",
            """
            name: Account
            features: { searchable: true }
            fields:
              - { name: Name, type: text, required: true, searchable: true }
              - { name: Credit, type: currency, precision: 12, scale: 2 }
              - { name: ParentId, type: lookup, referenceTo: Account }
            validationRules:
              - { name: CreditLimit, errorMessage: Too much credit, errorField: Credit, formula: Credit > 1000 }
            """)
    }
}

/// The top of the repository.
let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
