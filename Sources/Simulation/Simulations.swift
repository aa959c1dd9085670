package import Engine
package import Jobs
import Metadata
import SQL
import Storage
import Synchronization
package import Values

/// Simulations of one database: made, started, paused, looked at.
///
///     let id = try await simulations.create(["theme": "Pirates", "totalRecords": 500], as: session)
///     try await simulations.start(id, as: session)
///     try await SimulationWorker(simulations).drain()
///
/// A simulation is a record of the object `Simulation`, for everybody to see, and a row of machinery with its state and clock.
/// Its work is a plan: chunks of arrivals, each with a cursor, which workers move on in the transactions that write the records.
package final class Simulations: Sendable {
    package let engine: Engine
    package let industries: Industries
    /// From the database's clock to the one simulations go by; tests bring their own.
    let wall: @Sendable (Instant) -> Instant
    /// The outside tools that are set up.
    package let targets: [any Target]
    /// Who writes packs; nil where nobody does, so that simulations have the themes' own words.
    package let writer: (any PackWriter)?
    /// The most tokens that a pack may cost.
    let packTokens: Int
    /// By which senders wait, and those who watch.
    package let clock: any JobClock
    private let tell: @Sendable (Int, Instant, Setting) -> Story
    /// Of the workers of this process, which begin at once what is started here.
    let bells = Bells()
    private let scenes = Mutex<[String: Scene]>([:])

    /// - Parameters:
    ///   - targets: the outside tools that are set up; records of simulations that name one go there, too.
    ///   - writer: who writes packs, where somebody does.
    ///   - packTokens: the most tokens that a pack may cost.
    ///   - clock: by which senders and watchers wait.
    ///   - tell: what a story consists of.
    package init(
        _ engine: Engine, _ industries: Industries, targets: [any Target] = [], writer: (any PackWriter)? = nil,
        packTokens: Int = Simulations.standardPackTokens, clock: any JobClock = SystemClock(),
        wall: @escaping @Sendable (Instant) -> Instant = { $0 },
        tell: @escaping @Sendable (Int, Instant, Setting) -> Story = { Story.tell($0, from: $1, in: $2) }
    ) {
        (self.engine, self.industries, self.targets, self.clock) = (engine, industries, targets, clock)
        (self.writer, self.packTokens, self.wall, self.tell) = (writer, packTokens, wall, tell)
    }

    /// The largest pack, with all its repairs, costs less.
    package static let standardPackTokens = 100_000

    var statements: SimulationStatements { SimulationStatements(engine.database.dialect) }
    var rowStatements: RowStatements { RowStatements(engine.database.dialect) }

    static let object = "Simulation"
    /// Objects without which no story can be told.
    private static let cast = [
        object, "User", "Account", "Contact", "Lead", "Opportunity", "Contract", "Activity", "Email", "Task", "Note", "Case",
    ]

    /// Makes a simulation of what a user asks for; it waits to be started. Gives its id.
    ///
    /// - Parameter ids: from what the record's id is derived; by default a new one.
    package func create(_ json: JSON, as session: Session, ids: IDSeed? = nil) async throws -> String {
        let missing = Self.cast.filter { engine.registry.object($0) == nil }
        if !missing.isEmpty {
            throw Problem(
                .unprocessable, "simulation_unfit",
                "Simulations need objects that the metadata has not: \(missing.joined(separator: ", "))",
                hint: "Add them to the metadata folder")
        }
        let order = try aimed(try Order(json: json, now: session.now, seed: .random(in: 0...9_007_199_254_740_991)))
        let wanted = order.personas == .model ? try packOrder(order) : nil
        let (industry, pack) = (try industries.industry(order.industry, order.scenario), try Pack.named(order.theme))
        let occasion = Occasion(user: session.user, now: session.now, ids: ids ?? IDSeed(.random(in: 0...UInt64.max)))
        let id = occasion.ids.id(at: session.now)
        let chunks = Scene(order, industry, pack, id: id, registry: engine.registry).plan.chunkCount
        let row = row(id, order, industry, pack, wanted, chunks: chunks)
        let (simulations, packs) = (insert("martlet_simulation", row), keep(pack))
        try await engine.transaction(as: session) { transaction in
            let request = WriteRequest.create(object: Self.object, values: order.record(session.user.id))
            _ = try await transaction.attempt([request], on: [occasion]).get()
            try await transaction.connection.run(packs)
            try await transaction.connection.run(simulations)
            if let wanted { try await self.ask(for: wanted, on: transaction.connection) }
        }
        if wanted != nil { engine.jobs.nudge() }
        return id
    }

    private func row(
        _ id: String, _ order: Order, _ industry: Industry, _ pack: Pack, _ wanted: PackOrder?, chunks: Int
    ) -> [(String, Bind)] {
        var kept = order.json.object ?? [:]
        kept["figures"] = industry.json
        kept["pack"] = .text(wanted?.key)
        return [
            ("Id", .id(id)), ("State", .text(Run.State.queued.rawValue)), ("Version", .integer(1)),
            ("AnchorWall", .datetime(order.start)), ("AnchorLogical", .datetime(order.start)),
            ("Speed", .real(order.speed.number)), ("HighWater", .datetime(order.start)), ("Chunks", .integer(Int64(chunks))),
            ("Planned", .integer(0)), ("PlanHash", .text("")), ("Pack", .text(pack.hash)),
            ("Order", .json(JSON.object(kept).description)), ("Target", order.form.map { .text($0.name) } ?? .null),
        ]
    }

    /// The order with its target chosen: the one it names, which must be set up, or else the one that its tool is called like.
    private func aimed(_ order: Order) throws(Problem) -> Order {
        var order = order
        let isSetUp = { (name: String) in self.targets.contains { $0.form.name == name } }
        if let form = order.form, !isSetUp(form.name) {
            throw .setting(
                "target", "\(form.name) is not set up here",
                hint: "docs/targets.md tells how; \"target\": \"Martlet\" does without")
        }
        if order.target == nil, let form = TargetForm.named(order.saasTool), isSetUp(form.name) { order.target = form.name }
        return order
    }

    func keep(_ pack: Pack) -> Statement {
        Statement(
            sql: rowStatements.upsert(into: "martlet_simulation_pack", columns: ["Hash", "Words"], keys: ["Hash"]),
            binds: [.text(pack.hash), .json(pack.json.description)])
    }

    func insert(_ table: String, _ row: [(String, Bind)]) -> Statement {
        Statement(sql: rowStatements.insert(into: table, columns: row.map(\.0)), binds: row.map(\.1))
    }

    /// What a simulation that asks for this would be like: records in each of so many parts of its window.
    package func preview(_ json: JSON, parts: Int, now: Instant) throws(Problem) -> JSON {
        let order = try Order(json: json, now: now, seed: 1)
        let industry = try industries.industry(order.industry, order.scenario)
        return Plan(order.distribution, over: order.window(industry), count: order.total).preview(order, parts: parts)
    }
}

extension Plan {
    /// Its curve, ready to be drawn.
    func preview(_ order: Order, parts: Int) -> JSON {
        let counts = preview(parts: parts)
        return [
            "startTime": .moment(order.start), "endTime": .moment(order.end), "totalRecords": .whole(order.total),
            "distributionMethod": order.distribution.json,
            "parts": .array(
                counts.enumerated().map { part, count in
                    ["startTime": .moment(window.instant(Double(part) / Double(parts))), "count": .whole(count)]
                }),
        ]
    }
}

// MARK: Reading

extension Simulations {
    /// A simulation as it stands; nil where there is none.
    func run(_ id: String) async throws -> Run? {
        let wall = wall
        return try await problems {
            try await engine.database.read(statements.state(of: id), lane: .short, deadline: .after(engine.settings.readDeadline))
            {
                try $0.next() ? try Run($0, wall: wall) : nil
            }
        }
    }

    package func known(_ id: String) async throws -> Run {
        guard let canonical = RecordID.canonical(id), let run = try await run(canonical) else {
            throw Problem.notFound(Self.object, id)
        }
        return run
    }

    /// One that the caller may read; for anybody else there is none.
    package func known(_ id: String, as session: Session) async throws -> Run {
        let run = try await known(id)
        _ = try await engine.record(Self.object, id: run.id, as: session)
        return run
    }

    /// One that the caller may change.
    func changeable(_ id: String, as session: Session) async throws -> Run {
        let run = try await known(id, as: session)
        if let object = engine.registry.object(Self.object), session.access.mayEdit(object) { return run }
        throw Problem(.forbidden, "forbidden", "You may not update records of \(Self.object)")
    }

    package func progress(_ id: String) async throws -> Progress {
        try await problems {
            try await engine.database.read(
                statements.totals(of: id), lane: .short, deadline: .after(engine.settings.readDeadline)
            ) { rows in
                _ = try rows.next()
                return Progress(rows)
            }
        }
    }

    /// What the stories of a simulation are told from.
    func scene(of run: Run) async throws -> Scene {
        let name = run.id + run.pack
        if let scene = scenes.withLock({ $0[name] }) { return scene }
        let statement = rowStatements.select(["Words"], from: "martlet_simulation_pack", matching: [("Hash", .text(run.pack))])
        let words = try await engine.database.read(statement, lane: .short, deadline: .after(engine.settings.readDeadline)) {
            rows in
            try rows.next() ? rows.cell(0).string.flatMap { try? JSON(parsing: $0) } : nil
        }
        guard let pack = words.flatMap(Pack.init), let industry = run.industry else {
            throw Problem(.failure, "simulation_damaged", "The simulation \(run.id) lacks the words or figures it was made with")
        }
        var scene = Scene(run.order, industry, pack, id: run.id, registry: engine.registry)
        scene.tell = tell
        let prepared = scene
        scenes.withLock { scenes in
            if scenes.count > 32 { scenes = [:] }
            scenes[name] = prepared
        }
        return prepared
    }

    /// Runs what may fail in the database, and tells it in the caller's terms.
    func problems<Result>(_ body: () async throws -> Result) async throws -> Result {
        do { return try await body() } catch let error as StorageError { throw Problem(error) }
    }
}

extension Order {
    /// The values of the record that stands for the simulation.
    fileprivate func record(_ user: String) -> JSON.Members {
        [
            "Name": .string("\(theme), \(industry) \(scenario.rawValue)"), "UserId": .string(user), "Status": "Queued",
            "Scenario": .string(scenario.rawValue), "DistributionMethod": .string(distribution.method.name),
            "Theme": .string(theme), "Industry": .string(industry), "RecordFrequency": .text(frequency?.description),
            "SaasTool": .string(saasTool), "TotalRecords": .whole(total), "RecordsProcessed": 0,
            "StartTime": .moment(start), "EndTime": .moment(end), "TimeZone": .string(zone.identifier),
            "Speed": .string(speed.json.string ?? speed.json.description), "Seed": .string(String(seed)),
            "Personas": .string(personas.rawValue),
        ]
    }
}
