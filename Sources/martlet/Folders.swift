import Foundation
import Metadata
import ObjectQL
import SQL

/// The folders that describe a business.
struct Folders: Sendable {
    let metadata: String
    /// Nil for the folder beside the metadata.
    let triggers: String?

    init(_ metadata: String, _ triggers: String? = nil) { (self.metadata, self.triggers) = (metadata, triggers) }

    /// `./metadata`, else the folder beside the program.
    static func standardMetadata() -> String {
        let besideProgram = Bundle.main.executableURL?.resolvingSymlinksInPath().deletingLastPathComponent().appending(
            path: "metadata")
        if !FileManager.default.fileExists(atPath: "metadata"), let path = besideProgram?.path,
            FileManager.default.fileExists(atPath: path)
        {
            return path
        }
        return "metadata"
    }

    /// The files as they are now.
    func read() -> MetadataSource { MetadataSource(directory: metadata, triggers: triggers) }

    /// What the files say, or a failure after a list of the mistakes.
    func registry() throws -> Registry {
        let (registry, diagnostics) = read().load()
        if let registry { return registry }
        for diagnostic in diagnostics { try Terminal.errors.line(diagnostic.description) }
        throw unusable
    }

    var unusable: Failure {
        Failure(.refused, "The metadata in \(metadata) cannot be used", hint: "martlet check \(metadata) lists the mistakes")
    }

    /// All files below the folders that count.
    var files: [String] {
        let beside = URL(filePath: metadata).deletingLastPathComponent().appending(path: "triggers").relativePath
        return [metadata, triggers ?? beside].flatMap { folder -> [String] in
            let entries = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
            return entries.sorted().map { folder + "/" + $0 }
        }
    }
}

extension MetadataSource {
    /// What the files say and every mistake in them, saved queries and those of dashboards included.
    func load() -> (registry: Registry?, diagnostics: [Diagnostic]) {
        let (registry, diagnostics) = Registry.load(self)
        guard let registry else { return (nil, diagnostics) }
        let mistakes = registry.mistakesInDashboards() + registry.mistakesInQueries()
        return (mistakes.isEmpty ? registry : nil, diagnostics + mistakes)
    }

    /// What is different now, file by file: `metadata/Invoice.object.yml is new`.
    func changes(since old: MetadataSource) -> [String] {
        let before = Dictionary(old.files.map { ($0.path, $0.text) }) { first, _ in first }
        let present = files.compactMap { file in
            before[file.path].map { $0 == file.text ? nil : "\(file.path) has changed" } ?? "\(file.path) is new"
        }
        let paths = Set(files.map(\.path))
        return present + old.files.filter { !paths.contains($0.path) }.map { "\($0.path) is gone" }
    }
}

extension Registry {
    /// Mistakes in the queries of dashboards, which only ObjectQL can find.
    fileprivate func mistakesInDashboards() -> [Diagnostic] {
        dashboards.flatMap(\.components).compactMap { component in
            do throws(QueryProblem) {
                _ = try Query(json: component.query).resolve(in: QueryScope(registry: self)).compile(.sqlite)
                return nil
            } catch {
                let hint = error.hint.map { " (\($0))" } ?? ""
                return Diagnostic(
                    .error, "query of \(component.name), \(error.path): \(error.message)\(hint)", at: component.location)
            }
        }
    }
}
