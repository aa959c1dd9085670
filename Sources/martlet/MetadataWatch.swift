import Engine
import Foundation
import Logging
import Metadata
import ServiceLifecycle

/// Looks at the folders about twice a second, and puts a valid change in force at once.
///
/// An invalid change is logged, mistake by mistake, and the business runs on as it was.
struct MetadataWatch: Service {
    private let engine: Engine
    private let folders: Folders
    private let loaded: MetadataSource
    private let footprint: Footprint
    private let interval: Duration
    private let logger: Logger

    /// - Parameters:
    ///   - loaded: the files from which the registry in force was made.
    ///   - footprint: how the folders looked before these were read.
    init(
        _ engine: Engine, _ folders: Folders, loaded: MetadataSource, footprint: Footprint,
        every interval: Duration = .milliseconds(500), logger: Logger
    ) {
        (self.engine, self.folders, self.loaded, self.footprint) = (engine, folders, loaded, footprint)
        (self.interval, self.logger) = (interval, logger)
    }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            var (steadiness, source) = (Steadiness(footprint), loaded)
            while true {
                do { try await Task.sleep(for: interval) } catch { return }
                guard steadiness.look(Footprint(of: folders)) else { continue }
                let present = folders.read()
                if await install(present, insteadOf: source) { source = present }
            }
        }
    }

    /// Whether these files are in force now.
    private func install(_ source: MetadataSource, insteadOf old: MetadataSource) async -> Bool {
        let changes = source.changes(since: old)
        if changes.isEmpty { return true }
        let (registry, diagnostics) = source.load()
        for diagnostic in diagnostics { logger.log(diagnostic) }
        do {
            guard let registry else { throw Failure(.refused, "it has mistakes") }
            try await engine.install(registry)
            logger.info("New metadata is in force: \(changes.joined(separator: ", "))")
            return true
        } catch {
            let failure = Failure(error)
            let hint = failure.hint.map { " (\($0))" } ?? ""
            logger.error("The changed metadata is not used, the version before stays in force: \(failure.message)\(hint)")
            return false
        }
    }
}

extension Logger {
    func log(_ diagnostic: Diagnostic) { log(level: diagnostic.severity == .error ? .error : .warning, "\(diagnostic)") }
}

/// How the folders' files look from outside: when it stays the same, so does what they say.
struct Footprint: Sendable, Hashable {
    private struct File: Hashable {
        let path: String
        let size: Int
        let modified: Date
        let number: Int
    }

    private let files: [File]

    init(of folders: Folders) {
        files = folders.files.compactMap { path in
            guard let attributes = try? FileManager.default.attributesOfItem(atPath: path) else { return nil }
            return File(
                path: path, size: attributes[.size] as? Int ?? 0,
                modified: attributes[.modificationDate] as? Date ?? .distantPast,
                number: attributes[.systemFileNumber] as? Int ?? 0)
        }
    }
}

/// Decides when a change is complete: an editor may be writing still, so two looks must agree.
struct Steadiness {
    private var settled: Footprint
    private var last: Footprint

    init(_ start: Footprint) { (settled, last) = (start, start) }

    /// Whether the folders have changed and come to rest since they were last settled.
    mutating func look(_ present: Footprint) -> Bool {
        defer { last = present }
        guard present == last, present != settled else { return false }
        settled = present
        return true
    }
}
