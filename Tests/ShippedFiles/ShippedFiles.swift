package import Foundation
package import Metadata

/// The business that is shipped, as tests read it.
package enum Shipped {
    /// The top of the repository.
    package static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// A file's text, by its path below the top.
    package static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    /// The metadata and declarative triggers, with other files beside them.
    package static func files(_ more: [SourceFile] = []) throws -> [SourceFile] { try read.get() + more }

    /// What they say.
    package static func registry(_ more: [SourceFile] = []) throws -> Registry {
        let (registry, diagnostics) = Registry.load(try files(more))
        guard let registry else { throw Mistakes(diagnostics: diagnostics) }
        return registry
    }

    /// What is wrong with files that cannot be used.
    package struct Mistakes: Error {
        package let diagnostics: [Diagnostic]
    }

    private static let read = Result {
        try ["metadata", "triggers"].flatMap { folder in
            try FileManager.default.contentsOfDirectory(atPath: root.appending(path: folder).path).sorted()
                .filter { $0.hasSuffix(".yml") }
                .map { SourceFile("\(folder)/\($0)", try text("\(folder)/\($0)")) }
        }
    }
}
