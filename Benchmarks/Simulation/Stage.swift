import Engine
import Foundation
import Measuring
import Metadata
import PostgresCluster
import SQL
import Simulation
import Storage
import Triggers
import Values

/// The shipped business, with its rules and triggers, on a new database.
struct Stage {
    let engine: Engine
    let industries: Industries

    /// Every part has a database of its own: what others have left would be in its way.
    ///
    /// - Parameter wrap: by what the engine reaches the database.
    static func run<Result>(
        on kind: DatabaseKind, through wrap: (any Database) -> any Database = { $0 }, _ body: (Stage) async throws -> Result
    ) async throws -> Result {
        guard let registry = Registry.load(directory: "metadata", triggers: "triggers").registry,
            let industries = Industries.load(try String(contentsOfFile: "metadata/" + Industries.fileName, encoding: .utf8))
                .industries
        else { throw Problem(.failure, "metadata", "Start this at the top of the repository") }
        return try await withDatabase(kind) { database in
            let engine = try await Engine.open(registry, on: wrap(database), triggers: swiftTriggers)
            return try await body(Stage(engine: engine, industries: industries))
        }
    }

    private static func withDatabase<Result>(_ kind: DatabaseKind, _ body: (any Database) async throws -> Result) async throws
        -> Result
    {
        switch kind {
        case .sqlite:
            var options = SQLiteDatabase.Options()
            options.synchronous = .normal
            let opened = try await kind.open(functions: Engine.sqlFunctions, sqlite: options)
            let result = try await body(opened.database)
            await opened.close()
            return result
        case .postgres:
            let server = try await PostgresServer.start(settings: ["shared_buffers=512MB"])
            let database = try await PostgresDatabase.open(PostgresAddress(server.address)) {
                $0.functions = Engine.postgresFunctions
            }
            let result = try await body(database)
            await database.close()
            try server.stop()
            return result
        }
    }

    /// A year of so many companies.
    func begin(_ simulations: Simulations, _ count: Int, _ more: JSON.Members = [:]) async throws -> String {
        var order: JSON.Members = [
            "totalRecords": .number(Number(count)), "startTime": "2025-01-01T00:00:00Z", "endTime": "2026-01-01T00:00:00Z",
            "seed": 1, "theme": "Pirates",
        ]
        for (name, value) in more { order[name] = value }
        let id = try await simulations.create(.object(order), as: .administrator())
        try await simulations.start(id, as: .administrator())
        return id
    }

    /// Seconds until that many workers find nothing to do any more.
    func drain(_ simulations: Simulations, _ workers: Int, batch: Int? = nil) async throws -> Double {
        var settings = SimulationWorker.Settings()
        settings.batch = batch
        let chosen = settings
        return try await seconds {
            try await withThrowingTaskGroup { group in
                for _ in 0..<workers {
                    group.addTask { try await SimulationWorker(simulations, settings: chosen) { print($0.detail) }.drain() }
                }
                try await group.waitForAll()
            }
        }
    }

    /// Records created or changed by people and triggers, roll-ups not counted.
    func records() async throws -> Int {
        let sql = "SELECT COUNT(*) FROM \"martlet_change\" WHERE \"Kind\" <> 'rollUp'"
        return try await engine.database.read(Statement(sql: sql), lane: .long, deadline: .after(.seconds(60))) { rows in
            try rows.next() ? Int(rows.cell(0).integer ?? 0) : 0
        }
    }
}

extension DatabaseKind {
    /// SQLite has one writer, for which one worker is enough; on PostgreSQL a worker waits for the server half of its time, so it takes
    /// four to keep two cores at work.
    var workers: Int { self == .sqlite ? 1 : 4 }
    var name: String { self == .sqlite ? "SQLite" : "PostgreSQL" }
}
