package import Metadata
package import Storage
import Synchronization
import Values

// What is in force. On a database that several servers share, it is the same for all: the database keeps the files of the
// metadata that was put in force last, and whoever goes by others follows.

extension Engine {
    /// Puts another registry in force: first in the database, then for everyone at once. Where the database refuses, the old
    /// one stays. Roll-ups that are defined anew are computed once everyone counts by the new definition.
    package func install(_ registry: Registry) async throws {
        let model = try Model(registry, triggers: triggers, dialect: database.dialect)
        try await turn.take {
            try await migrate(to: model, allowDestructive: false)
            go(by: model)
        }
        try await refreshRollUps(of: model)
    }

    /// Goes by the metadata that another server has put in force, if one has; says whether it did.
    ///
    /// - Throws: `Problem`, where this server cannot serve it. The old metadata stays for readers; writers are refused.
    @discardableResult
    package func follow() async throws -> Bool {
        try await problems {
            try await turn.take {
                guard let edition = try await database.edition(otherThan: registry.version) else { return false }
                go(by: try Model(edition.registry, triggers: triggers, dialect: database.dialect))
                return true
            }
        }
    }

    /// Does `work`, again where it may have gone by metadata that are no longer in force. Every error leaves as a `Problem`.
    ///
    /// That there is nothing new to follow does not mean that `work` was up to date: another caller may have followed since.
    func current<Result>(_ work: () async throws -> Result) async throws -> Result {
        try await problems {
            for _ in 0..<3 {
                do { return try await work() } catch let error as StorageError where error.mayBeOutdated { try await follow() }
            }
            return try await work()
        }
    }
}

extension StorageError {
    /// Whether it may come of going by metadata that are no longer in force.
    fileprivate var mayBeOutdated: Bool {
        switch self {
        case .superseded, .missing: true
        default: false
        }
    }
}

/// Whose word counts where a registry and the metadata in force in a database differ.
package enum Precedence: Sendable {
    /// The registry's.
    case given
    /// The registry's, unless it was in force before and something else has taken its place.
    case newest
    /// That of the database, where it has one.
    case inForce
}

extension Engine {
    /// The registry to serve on a database. A file has no word in it.
    package static func chosen(_ registry: Registry, _ precedence: Precedence, on database: any Database) async throws -> Registry
    {
        if precedence == .given { return registry }
        do {
            guard let edition = try await database.edition(otherThan: registry.version) else { return registry }
            if precedence == .newest, try await !database.isKnown(edition: registry.version) { return registry }
            return try edition.registry
        } catch let error as StorageError { throw Problem(error) }
    }
}

extension Edition {
    /// The files that every server can make the registry of.
    init(_ registry: Registry) {
        let files = registry.source.files.map { JSON.object(["path": .string($0.path), "text": .string($0.text)]) }
        let others = registry.source.triggerFiles.sorted().map(JSON.string)
        self.init(version: registry.version, source: JSON.object(["files": .array(files), "others": .array(others)]).description)
    }

    var registry: Registry {
        get throws {
            let json = try? JSON(parsing: source)
            let files = (json?["files"]?.array ?? []).compactMap { file in
                file["path"]?.string.flatMap { path in file["text"]?.string.map { SourceFile(path, $0) } }
            }
            let others = (json?["others"]?.array ?? []).compactMap(\.string)
            let (registry, diagnostics) = Registry.load(MetadataSource(files, triggerFiles: Set(others)))
            if let registry { return registry }
            let mistake = diagnostics.first { $0.severity == .error }.map { ": \($0)" } ?? ""
            throw Problem(
                .unavailable, "superseded",
                "Another server has put metadata in force that this one cannot read\(mistake)",
                hint: "Run the same version of Martlet on all servers of a database")
        }
    }
}

/// Lets in one after another.
final class Turn: Sendable {
    private struct State {
        var isTaken = false
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())

    func take<Result>(_ body: () async throws -> Result) async rethrows -> Result {
        await withCheckedContinuation { continuation in
            let isFree = state.withLock { state in
                if state.isTaken { state.waiting.append(continuation) }
                defer { state.isTaken = true }
                return !state.isTaken
            }
            if isFree { continuation.resume() }
        }
        defer { pass() }
        return try await body()
    }

    private func pass() {
        let next = state.withLock { state in
            if state.waiting.isEmpty { state.isTaken = false }
            return state.waiting.isEmpty ? nil : state.waiting.removeFirst()
        }
        next?.resume()
    }
}
