import Engine
import Foundation
import Logging
import Metadata
import ObjectQL
import PostgresCluster
import Server
import ServiceLifecycle
import Storage
import Triggers
import Values

/// The engine on a database of its own, with the shipped metadata and triggers.
struct Bench {
    let engine: Engine
    let database: any Database
    /// SQLite's file, or PostgreSQL's address.
    let path: String
    let session = Session.administrator()

    static func open(in folder: String) async throws -> Bench {
        var options = SQLiteDatabase.Options()
        options.functions = Engine.sqlFunctions
        let path = folder + "/crm.sqlite"
        return try await Bench(try await SQLiteDatabase.open(path: path, options: options), path)
    }

    static func open(on server: PostgresServer) async throws -> Bench {
        let database = try await PostgresDatabase.open(PostgresAddress(server.address)) {
            $0.functions = Engine.postgresFunctions
        }
        return try await Bench(database, server.address)
    }

    private init(_ database: any Database, _ path: String) async throws {
        let (registry, diagnostics) = Registry.load(directory: "metadata", triggers: "triggers")
        guard let registry else { fatal(diagnostics.map(\.description).joined(separator: "\n")) }
        var settings = EngineSettings()
        settings.limits[.rows] = 200_000
        settings.readDeadline = .seconds(60)
        engine = try await Engine.open(registry, on: database, settings: settings, triggers: swiftTriggers)
        (self.database, self.path) = (database, path)
    }

    func close() async { await database.close() }

    /// Runs `body` beside a server on a free port, with a constant route at `/constant`.
    func serving(_ body: (RunningServer) async throws -> Void) async throws {
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        var settings = ServerSettings()
        settings.port = 0
        var logger = Logger(label: "benchmark")
        logger.logLevel = .error
        let server = try HTTPServer(
            engine, settings: settings, extraRoutes: [.constant("/constant", json: try await constant())], logger: logger,
            onListening: { port.yield($0) })
        let group = ServiceGroup(services: [server], gracefulShutdownSignals: [], logger: logger)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            for await port in ports {
                try await body(RunningServer(port: port))
                break
            }
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
    }

    /// A JSON document of the size of the account that is read by key.
    private func constant() async throws -> [UInt8] {
        let first = try await engine.read(try Query(json: ["object": "Account", "limit": 1]), as: session).records.first
        guard let id = first?["Id"]?.string else { return [] }
        return try await engine.record("Account", id: id, fields: FieldList(accountFields), as: session).body
    }
}

struct RunningServer {
    let port: Int
    func url(_ path: String) -> String { "http://127.0.0.1:\(port)\(path)" }
}

/// Twelve columns, as a record page shows them first.
let accountFields = [
    "Id", "Name", "AccountNumber", "Type", "Industry", "AnnualRevenue", "NumberOfEmployees", "Rating", "Phone", "Email",
    "CustomerStatus",
    "OwnerId",
]

func fatal(_ message: String) -> Never {
    FileHandle.standardError.write(Data((message + "\n").utf8))
    exit(1)
}
