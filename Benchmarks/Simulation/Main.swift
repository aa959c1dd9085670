import Engine
import Foundation
import Metadata
import PostgresCluster
import SQL
import Simulation
import Storage
import Triggers
import Values

/// How fast simulations are planned and carried out.
@main
struct Main {
    static func main() async throws {
        try await Planning.measure()
        for kind in DatabaseKind.allCases {
            try await Stage.run(on: kind) { try await Execution.measure($0, kind) }
        }
    }
}

/// The shipped business on a new database.
struct Stage {
    let engine: Engine
    let industries: Industries
    let opened: OpenDatabase

    static func run(on kind: DatabaseKind, _ body: (Stage) async throws -> Void) async throws {
        var options = SQLiteDatabase.Options()
        options.synchronous = .normal
        let opened = try await kind.open(functions: Engine.sqlFunctions, statements: Engine.postgresFunctions, sqlite: options)
        guard let registry = Registry.load(directory: "metadata").0,
            let industries = Industries.load(try String(contentsOfFile: "metadata/" + Industries.fileName, encoding: .utf8))
                .industries
        else { throw Problem(.failure, "metadata", "Start this at the top of the repository") }
        let engine = try await Engine.open(registry, on: opened.database, triggers: swiftTriggers)
        try await body(Stage(engine: engine, industries: industries, opened: opened))
        await opened.close()
    }
}

func seconds(_ duration: Duration) -> Double { duration / .seconds(1) }

func report(_ what: String, _ figure: String) { print("  \(what.padding(toLength: 62, withPad: " ", startingAt: 0)) \(figure)") }

func rounded(_ number: Double, _ digits: Int = 2) -> String { String(format: "%.\(digits)f", number) }

enum Planning {
    static let window = Window(Instant("2026-01-01T00:00:00Z") ?? .earliest, Instant("2027-01-01T00:00:00Z") ?? .latest, seed: 1)

    /// Ten million events: all chunks made and packed, two at a time, as workers make them.
    static func measure() async throws {
        print("Planning 10,000,000 events")
        for method in Distribution.methods {
            let plan = Plan(Distribution(method), over: window, count: 10_000_000)
            let start = ContinuousClock.now
            let bytes = await withTaskGroup(of: Int.self) { group in
                for first in 0..<2 {
                    group.addTask {
                        stride(from: first, to: plan.chunkCount, by: 2).reduce(0) { $0 + plan.chunk($1).packed.count }
                    }
                }
                return await group.reduce(0, +)
            }
            report(method.name, "\(rounded(seconds(.now - start))) s, \(rounded(Double(bytes) / 1e6, 1)) MB")
        }
    }
}

enum Execution {
    static func measure(_ stage: Stage, _ kind: DatabaseKind) async throws {
        print("\nOn \(kind.rawValue)")
        try await firstRecord(stage)
        try await emptyStories(stage)
        for workers in [1, 2, 4] { try await fullStories(stage, workers) }
    }

    private static func order(_ count: Int, _ more: JSON.Members = [:]) -> JSON {
        var members: JSON.Members = [
            "totalRecords": .number(Number(count)), "startTime": "2025-01-01T00:00:00Z", "endTime": "2026-01-01T00:00:00Z",
            "seed": 1, "theme": "Pirates",
        ]
        for (name, value) in more { members[name] = value }
        return .object(members)
    }

    /// From the start of a simulation of a million companies to its first record.
    private static func firstRecord(_ stage: Stage) async throws {
        let simulations = Simulations(stage.engine, stage.industries)
        let id = try await simulations.create(order(1_000_000), as: .administrator())
        let start = ContinuousClock.now
        try await simulations.start(id, as: .administrator())
        let worker = SimulationWorker(simulations) { print($0.detail) }
        let task = Task { await worker.run() }
        while try await simulations.progress(id).records == 0 { try await Task.sleep(for: .milliseconds(2)) }
        report("first record of 1,000,000", "\(rounded(seconds(.now - start) * 1000, 0)) ms")
        try await simulations.cancel(id, as: .administrator())
        task.cancel()
        await task.value
    }

    /// Stories without a step: what planning, leases, cursors and clocks cost by themselves.
    private static func emptyStories(_ stage: Stage) async throws {
        let count = 1_000_000
        let simulations = Simulations(stage.engine, stage.industries, tell: { index, _, _ in Story(index: index, steps: []) })
        let id = try await simulations.create(order(count), as: .administrator())
        try await simulations.start(id, as: .administrator())
        let took = try await drain(simulations, 2)
        report("empty stories", "\(Int(Double(count) / took)) events/s")
    }

    private static func fullStories(_ stage: Stage, _ workers: Int) async throws {
        let simulations = Simulations(stage.engine, stage.industries)
        let id = try await simulations.create(order(600, ["chunkSize": 64]), as: .administrator())
        try await simulations.start(id, as: .administrator())
        let before = try await changes(stage)
        let took = try await drain(simulations, workers)
        let (steps, records) = (try await simulations.progress(id).steps, try await changes(stage) - before)
        report(
            "full stories, \(workers) worker\(workers == 1 ? "" : "s")",
            "\(Int(Double(records) / took)) records/s (\(Int(Double(steps) / took)) steps/s; \(records) records written)")
    }

    private static func drain(_ simulations: Simulations, _ workers: Int) async throws -> Double {
        let start = ContinuousClock.now
        try await withThrowingTaskGroup { group in
            for _ in 0..<workers { group.addTask { try await SimulationWorker(simulations) { print($0.detail) }.drain() } }
            try await group.waitForAll()
        }
        return seconds(.now - start)
    }

    /// Records created or changed by people and triggers, roll-ups not counted.
    private static func changes(_ stage: Stage) async throws -> Int {
        let sql = "SELECT COUNT(*) FROM \"martlet_change\" WHERE \"Kind\" <> 'rollUp'"
        return try await stage.engine.database.read(Statement(sql: sql), lane: .long, deadline: .after(.seconds(60))) { rows in
            try rows.next() ? Int(rows.cell(0).integer ?? 0) : 0
        }
    }
}
