import Assistant
import Engine
import Foundation
import Logging
import Metadata
import PostgresCluster
import Server
import ServiceLifecycle
import Simulation
import Storage
import Testing
import Values

/// A server on a free port, with an engine and a database of its own.
struct Office: Sendable {
    let engine: Engine
    let client: Client
    let log: LogBook
    /// The database's file, or its address on the server.
    let path: String
    fileprivate let group: ServiceGroup

    /// Starts a server on each kind of database, runs `body`, stops the server and cleans up.
    ///
    /// - Parameters:
    ///   - storage: options of SQLite, for what is to be seen there alone.
    ///   - postgres: changes options of PostgreSQL, for what is to be seen there alone.
    ///   - simulations: makes those of the server; it has none unless it is given.
    static func run(
        _ files: [SourceFile] = Business.files, settings: ServerSettings = ServerSettings(),
        engine: EngineSettings = EngineSettings(), storage: SQLiteDatabase.Options? = nil,
        postgres: (@Sendable (inout PostgresDatabase.Options) -> Void)? = nil,
        triggers: [any Trigger] = [], routes: [Route] = [], briefer: @Sendable (Engine) -> Briefer = { Briefer($0) },
        simulations: (Engine) -> Simulations? = { _ in nil },
        _ body: @Sendable (Office) async throws -> Void
    ) async throws {
        for kind in storage != nil ? [.sqlite] : postgres != nil ? [.postgres] : DatabaseKind.allCases {
            let opened = try await kind.open(
                functions: Engine.sqlFunctions, statements: Engine.postgresFunctions,
                sqlite: storage ?? SQLiteDatabase.Options(), postgres: postgres ?? { _ in })
            do {
                let engine = try await Engine.open(registry(files), on: opened.database, settings: engine, triggers: triggers)
                try await serve(engine, simulations(engine), opened.address, settings, routes, briefer(engine), body)
            } catch {
                await opened.close()
                throw error
            }
            await opened.close()
        }
    }

    /// Starts a server on that database.
    static func run(
        on database: any Database, engine settings: EngineSettings = EngineSettings(),
        _ body: @Sendable (Office) async throws -> Void
    ) async throws {
        let engine = try await Engine.open(registry(Business.files), on: database, settings: settings)
        try await serve(engine, nil, "", ServerSettings(), [], Briefer(engine), body)
    }

    private static func serve(
        _ engine: Engine, _ simulations: Simulations?, _ path: String, _ settings: ServerSettings, _ routes: [Route],
        _ briefer: Briefer,
        _ body: @Sendable (Office) async throws -> Void
    ) async throws {
        var settings = settings
        settings.port = 0
        let (ports, found) = AsyncStream.makeStream(of: Int.self)
        let log = LogBook()
        let server = try HTTPServer(
            engine, simulations: simulations, briefer: briefer, settings: settings, extraRoutes: routes, logger: log.logger
        ) {
            found.yield($0)
        }
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

    func count(_ object: String, sourceLocation: Testing.SourceLocation = #_sourceLocation) async throws -> Int {
        let reply = try await client.post("/api/query", ["object": .string(object), "count": true, "limit": 1])
        #expect(reply.status == 200, "\(reply.text)", sourceLocation: sourceLocation)
        return reply.json["totalCount"]?.number?.integer ?? -1
    }
}
