import Engine
import Jobs
import Metadata
import ObjectQL
import PostgresCluster
import SQL
import ShippedFiles
import Simulation
import Storage
import Synchronization
import Testing
import Triggers
import Values

/// The shipped business on a database of a test's own, with a clock that the test moves.
struct Theatre: Sendable {
    let engine: Engine
    let simulations: Simulations
    let clock: Wall
    let session = Session.administrator(now: Instant(day(2026, 1, 5)))
    /// By which another process finds the database.
    let address: String

    /// A wall clock that stands still until it is told to go on, or leaps an hour now and then when it is looked at.
    final class Wall: Sendable {
        private let state = Mutex((time: Instant(day(2026, 1, 5)), looks: 0, leap: 0))

        var now: Instant {
            state.withLock { state in
                state.looks += 1
                if state.leap > 0, state.looks % state.leap == 0 { state.time = state.time + 3_600_000_000 }
                return state.time
            }
        }

        func pass(days: Double) { state.withLock { $0.time = $0.time + Int64(days * 86_400_000_000) } }
        func leap(every looks: Int) { state.withLock { $0.leap = looks } }
    }

    /// - Parameters:
    ///   - writer: who writes packs.
    ///   - packTokens: what a pack may cost.
    ///   - isLive: whether simulations go by the database's own clock, as they do in other processes.
    ///   - through: what stands between the engine and the database.
    static func run(
        on kinds: [DatabaseKind] = DatabaseKind.allCases, more files: [SourceFile] = [], targets: [any Target] = [],
        writer: (any PackWriter)? = nil, packTokens: Int = Simulations.standardPackTokens,
        jobClock: any JobClock = SystemClock(), isLive: Bool = false,
        through: (any Database) -> any Database = { $0 }, _ body: (Theatre) async throws -> Void
    ) async throws {
        for kind in kinds {
            var options = SQLiteDatabase.Options()
            options.synchronous = .normal
            let opened = try await kind.open(
                functions: Engine.sqlFunctions, statements: Engine.postgresFunctions, sqlite: options)
            let address = opened.path.map { "sqlite:" + $0 } ?? opened.address
            do {
                let writing = (writer, packTokens)
                try await body(
                    Theatre(on: through(opened.database), at: address, files, targets, writing, jobClock, isLive: isLive))
            } catch {
                await opened.close()
                throw error
            }
            await opened.close()
        }
    }

    /// On a server of its own, which the test may restart, and by that one's clock.
    static func run(on server: PostgresServer, _ body: (Theatre) async throws -> Void) async throws {
        let functions = Engine.postgresFunctions
        let database = try await PostgresDatabase.open(PostgresAddress(server.address)) { $0.functions = functions }
        do { try await body(Theatre(on: database, at: server.address, isLive: true)) } catch {
            await database.close()
            throw error
        }
        await database.close()
    }

    private init(
        on database: any Database, at address: String, _ files: [SourceFile] = [], _ targets: [any Target] = [],
        _ writing: (writer: (any PackWriter)?, tokens: Int) = (nil, Simulations.standardPackTokens),
        _ jobClock: any JobClock = SystemClock(), isLive: Bool
    ) async throws {
        self.address = address
        engine = try await Engine.open(Shipped.registry(files), on: database, triggers: swiftTriggers, clock: jobClock)
        let clock = Wall()
        self.clock = clock
        let industries = try #require(Industries.load(IndustriesTests.shipped).industries)
        simulations = Simulations(
            engine, industries, targets: targets, writer: writing.writer, packTokens: writing.tokens, clock: jobClock
        ) { isLive ? $0 : clock.now }
    }
}

extension Theatre {
    /// Short stories: consumers who decide within days.
    static let play: JSON = [
        "theme": "Cuisine", "industry": "Hospitality", "scenario": "B2C", "totalRecords": 18, "seed": 77, "chunkSize": 5,
        "startTime": "2026-01-05T00:00:00Z", "endTime": "2026-04-01T00:00:00Z", "distributionMethod": "Business Hours",
    ]

    static func play(_ changes: JSON.Members) -> JSON {
        var members = play.object ?? [:]
        for (name, value) in changes { members[name] = value }
        return .object(members)
    }

    /// Makes and starts a simulation whose records have the same ids every time. Where it wants a written pack, it gets one.
    func begin(_ json: JSON = play) async throws -> String {
        let id = try await make(json)
        if json["personas"] == "model" { try await writePacks() }
        try await simulations.start(id, as: session)
        return id
    }

    func make(_ json: JSON) async throws -> String {
        try await simulations.create(json, as: session, ids: IDSeed("theatre"))
    }

    /// Does the jobs that are due.
    func writePacks() async throws {
        let worker = JobWorker(engine.jobs, handlers: simulations.handlers)
        try await worker.turn()
        await worker.performTaken()
        try await worker.turn()
    }

    func worker(_ change: (inout SimulationWorker.Settings) -> Void = { _ in }) -> SimulationWorker {
        var settings = SimulationWorker.Settings()
        change(&settings)
        return SimulationWorker(simulations, settings: settings) { Issue.record("\($0.detail)") }
    }

    /// Lets so many workers work side by side until nothing is due.
    func drain(_ workers: Int = 1, _ change: (inout SimulationWorker.Settings) -> Void = { _ in }) async throws {
        let workers = (0..<workers).map { _ in worker(change) }
        try await withThrowingTaskGroup { group in
            for worker in workers { group.addTask { try await worker.drain() } }
            try await group.waitForAll()
        }
    }

    func count(_ object: String) async throws -> Int {
        let query = try Query(json: ["object": .string(object), "count": true, "limit": 1])
        return try await engine.read(query, as: session).json["totalCount"]?.number?.integer ?? -1
    }

    func records(_ query: JSON) async throws -> [JSON] { try await engine.read(Query(json: query), as: session).records }

    /// Every record that the stories have made, in the order of ids: all values but the numbers that are given out in the order in
    /// which transactions happen to commit, and the texts that quote those.
    func content() async throws -> [String] {
        var lines: [String] = []
        let skipped: Set = ["Simulation"]
        for object in engine.registry.objects where !skipped.contains(object.name) {
            let fields = object.fields.filter { $0.type != .autoNumber }.map(\.name)
            for offset in stride(from: 0, through: 100_000, by: 2000) {
                let page = try await records([
                    "object": .string(object.name), "fields": .array(fields.map(JSON.string)), "orderBy": ["Id"], "limit": 2000,
                    "offset": .number(Number(offset)),
                ])
                lines += page.filter { $0["Username"] != "admin" }.map { object.name + " " + Self.plain($0.description) }
                if page.count < 2000 { break }
            }
        }
        return lines
    }

    private static func plain(_ text: String) -> String {
        text.replacing(/CT-\d+-\d+|CS-\d{6}|AC-\d{6}/) { _ in "#" }
    }

    /// How many entries the change log has, without those that say how far a simulation is.
    func changes() async throws -> Int {
        try await number(#"SELECT COUNT(*) FROM "martlet_change" WHERE "Object" <> 'Simulation'"#)
    }

    /// How often somebody changed a record after somebody who did so at a later moment.
    func reversals() async throws -> Int {
        try await number(
            """
            SELECT COUNT(*) FROM "martlet_change" a JOIN "martlet_change" b ON b."RecordId" = a."RecordId" \
            WHERE a."Version" < b."Version" AND a."At" > b."At" AND 'rollUp' NOT IN (a."Kind", b."Kind") AND a."Object" <> 'Simulation'
            """)
    }

    private func number(_ sql: String) async throws -> Int {
        try await engine.database.read(Statement(sql: sql), lane: .short, deadline: .after(.seconds(60))) { rows in
            try rows.next() ? Int(rows.cell(0).integer ?? 0) : 0
        }
    }

    func state(_ id: String) async throws -> String? {
        try await engine.record("Simulation", id: id, as: session).json["Status"]?.string
    }
}
