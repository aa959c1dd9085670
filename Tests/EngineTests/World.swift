import Engine
import Foundation
import Metadata
import ObjectQL
import PostgresCluster
import SQL
import Storage
import Synchronization
import Testing
import Values

/// An engine on a database of its own, and short words for what tests do with it.
struct World: Sendable {
    let engine: Engine
    /// Where its files are; nil on a server.
    let folder: String?
    private let opened: OpenDatabase
    let recorder: Recorder
    var session = Session.administrator(now: Instant(Day(year: 2026, month: 3, day: 31) ?? .earliest))

    /// Opens the test business (or the given files) on a new database of each kind, runs `body`, and cleans up.
    static func run(
        _ files: [SourceFile] = Business.files, triggers: [any Trigger] = [], on kinds: [DatabaseKind] = DatabaseKind.allCases,
        _ body: (World) async throws -> Void
    ) async throws {
        for kind in kinds {
            let world = try await World(files, triggers: triggers, on: kind)
            do { try await body(world) } catch {
                await world.close()
                throw error
            }
            await world.close()
        }
    }

    private init(_ files: [SourceFile], triggers: [any Trigger], on kind: DatabaseKind) async throws {
        recorder = Recorder()
        let registry = try World.registry(files)
        opened = try await kind.open(functions: Engine.sqlFunctions, statements: Engine.postgresFunctions)
        folder = opened.folder
        engine = try await Engine.open(registry, on: opened.database, triggers: [recorder, Nag()] + triggers)
    }

    static func database(_ folder: String) async throws -> SQLiteDatabase {
        var options = SQLiteDatabase.Options()
        options.functions = Engine.sqlFunctions
        return try await SQLiteDatabase.open(path: folder + "/crm.sqlite", options: options)
    }

    static func registry(_ files: [SourceFile]) throws -> Registry {
        let (registry, diagnostics) = Registry.load(files)
        let errors = diagnostics.filter { $0.severity == .error }
        #expect(errors.isEmpty, "\(errors.map(\.description).joined(separator: "\n"))")
        return try #require(registry)
    }

    func close() async { await opened.close() }

    /// The same database by connections of their own, as another server has it; nil where it is a file's.
    func another() async throws -> (any Database)? { try await opened.another() }
}

extension World {
    @discardableResult
    func create(_ object: String, _ values: JSON.Members) async throws -> String {
        try await write([.create(object: object, values: values)])[0]
    }

    func update(_ object: String, _ id: String, _ values: JSON.Members, version: Int? = nil) async throws {
        _ = try await write([.update(object: object, id: id, values: values, version: version)])
    }

    func delete(_ object: String, _ id: String) async throws { _ = try await write([.delete(object: object, id: id)]) }

    func write(_ requests: [WriteRequest], _ options: WriteOptions = WriteOptions()) async throws -> [String] {
        try await engine.write(requests, as: session, options: options).results.map { try $0.get().id }
    }

    func record(_ object: String, _ id: String) async throws -> JSON { try await engine.record(object, id: id, as: session).json }

    func query(_ json: JSON) async throws -> [JSON] { try await engine.read(Query(json: json), as: session).records }

    func count(_ object: String) async throws -> Int {
        try await engine.read(Query(json: ["object": .string(object), "count": true, "limit": 1]), as: session).json[
            "totalCount"]?
            .number?.integer ?? -1
    }

    func expect(_ number: Int, of object: String, sourceLocation: SourceLocation = #_sourceLocation) async throws {
        let count = try await count(object)
        #expect(count == number, "records of \(object)", sourceLocation: sourceLocation)
    }

    /// An account to hang things on.
    func account(_ name: String = "Acme", _ more: JSON.Members = [:]) async throws -> String {
        var values: JSON.Members = ["Name": .string(name), "Phone": "+1 555 0100"]
        for (name, value) in more { values[name] = value }
        return try await create("Account", values)
    }

    /// The problem that `body` ends with.
    func problem(_ body: () async throws -> Void, sourceLocation: SourceLocation = #_sourceLocation) async -> Problem? {
        do {
            try await body()
            Issue.record("No problem", sourceLocation: sourceLocation)
        } catch let problem as Problem { return problem } catch {
            Issue.record("Not a problem but \(error)", sourceLocation: sourceLocation)
        }
        return nil
    }
}

typealias SourceLocation = Testing.SourceLocation

/// Notes which events it was called for.
final class Recorder: Trigger {
    let name = "Recorder"
    private let calls = Mutex<[String]>([])
    var log: [String] { calls.withLock { $0 } }

    func run(_ work: TriggerWork) async throws {
        let line = "\(work.event) \(work.changes.map { $0.new["Name"].text ?? "" }.joined(separator: ","))"
        calls.withLock { $0.append(line) }
    }
}

/// Refuses every change it sees.
struct Nag: Trigger {
    let name = "Nag"
    func run(_ work: TriggerWork) async throws {
        for change in work.changes where change.new["Name"].text == "Forbidden" {
            throw work.refuse(change, "Not this one", field: "Stage")
        }
    }
}
