import Engine
import Foundation
import Logging
import Metadata
import Server
import ServiceLifecycle
import Storage
import Testing
import Values

/// A server on a free port, with an engine and a database of its own.
struct Office: Sendable {
    let engine: Engine
    let client: Client
    let log: LogBook
    /// The database's file.
    let path: String
    fileprivate let group: ServiceGroup

    /// Starts a server, runs `body`, stops the server and cleans up.
    static func run(
        _ files: [SourceFile] = Business.files, settings: ServerSettings = ServerSettings(),
        engine: EngineSettings = EngineSettings(), storage: SQLiteDatabase.Options = SQLiteDatabase.Options(),
        triggers: [any Trigger] = [], routes: [Route] = [], _ body: @Sendable (Office) async throws -> Void
    ) async throws {
        let folder = NSTemporaryDirectory() + "martlet-" + RecordID.make(at: .wallClock)
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let path = folder + "/crm.sqlite"
        var storage = storage
        storage.functions = Engine.sqlFunctions
        let database = try await SQLiteDatabase.open(path: path, options: storage)
        let engine = try await Engine.open(registry(files), on: database, settings: engine, triggers: triggers)
        do { try await serve(engine, path, settings, routes, body) } catch {
            await database.close()
            throw error
        }
        await database.close()
    }

    private static func serve(
        _ engine: Engine, _ path: String, _ settings: ServerSettings, _ routes: [Route],
        _ body: @Sendable (Office) async throws -> Void
    ) async throws {
        var settings = settings
        settings.port = 0
        let (ports, found) = AsyncStream.makeStream(of: Int.self)
        let log = LogBook()
        let server = try HTTPServer(engine, settings: settings, extraRoutes: routes, logger: log.logger) { found.yield($0) }
        let group = ServiceGroup(services: [server], logger: log.logger)
        try await withThrowingTaskGroup { tasks in
            tasks.addTask {
                defer { found.finish() }
                try await group.run()
            }
            for await port in ports {
                let office = Office(engine: engine, client: Client(port: port), log: log, path: path, group: group)
                do { try await body(office) } catch {
                    await group.triggerGracefulShutdown()
                    throw error
                }
                await group.triggerGracefulShutdown()
            }
            try await tasks.waitForAll()
        }
    }

    static func registry(_ files: [SourceFile]) throws -> Registry {
        let (registry, diagnostics) = Registry.load(files)
        let errors = diagnostics.filter { $0.severity == .error }
        #expect(errors.isEmpty, "\(errors.map(\.description).joined(separator: "\n"))")
        return try #require(registry)
    }

    /// Tells the server to stop; it finishes what it has begun.
    func stop() async { await group.triggerGracefulShutdown() }
}

extension Office {
    /// Creates a record and gives its id.
    func create(_ object: String, _ values: JSON, sourceLocation: Testing.SourceLocation = #_sourceLocation) async throws
        -> String
    {
        let reply = try await client.post("/api/objects/\(object)", values)
        #expect(reply.status == 201, "\(reply.text)", sourceLocation: sourceLocation)
        return reply.json["Id"]?.string ?? ""
    }

    func account(_ name: String = "Acme") async throws -> String {
        try await create("Account", ["Name": .string(name), "Phone": "+1 555 0100"])
    }

    func count(_ object: String) async throws -> Int {
        let reply = try await client.post("/api/query", ["object": .string(object), "count": true, "limit": 1])
        return reply.json["totalCount"]?.number?.integer ?? -1
    }
}
