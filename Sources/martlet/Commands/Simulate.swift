import ArgumentParser
import Engine
import Jobs
import ObjectQL
import SQL
import Simulation
import Storage
import Values

struct Simulate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Fill the database with believable CRM life.",
        discussion: """
            Companies (or consumers) arrive over a window of time, and everything follows that would in life: contacts, leads, \
            deals that move, calls, mails, contracts, cases; through the same rules and triggers as everything else, and at \
            the times of the story. The same seed and settings make the same records.

            EXAMPLES
              martlet simulate --records 500 --theme Pirates --frequency 4hrs
              martlet simulate --records 2000 --industry Healthcare --distribution 'Bell Curve' --start 2025-01-01 --end 2026-01-01
              martlet simulate --records 200 --industry Retail --scenario B2C --plan      only show the curve of arrivals
              martlet simulate --records 50 --target HubSpot      into HubSpot, too: docs/targets.md
              martlet simulate --theme Noir --personas model --make-pack      have a language model write the words, ahead
              martlet simulate --resume 0199c1f2-...                                      go on with one that was interrupted
            """)

    @OptionGroup var site: Site.Options
    @Option(help: "How many primary records: companies, or consumers.") var records: Int?
    @Option(help: "What the people and companies are like: \(Pack.themes.map(\.theme).joined(separator: ", ")).") var theme:
        String?
    @Option(help: "A row of metadata/\(Industries.fileName).") var industry: String?
    @Option(help: "B2B or B2C.") var scenario: String?
    @Option(help: "\(Distribution.methods.map(\.name).joined(separator: ", ")); or JSON with parameters.") var distribution:
        String?
    @Option(help: "How often one is created on average: 1h, 4hrs, 1day, 1wk, 1mo.") var frequency: String?
    @Option(help: "When the first may be created; now unless given.") var start: String?
    @Option(help: "When all have been; by the frequency unless given.") var end: String?
    @Option(name: .customLong("time-zone"), help: "Of working hours and weekends, such as Europe/Zurich.") var timeZone: String?
    @Option(help: "1 is real time, 8760 a year in an hour, max as fast as possible.") var speed: String?
    @Option(help: "The same seed and settings make the same records.") var seed: String?
    @Option(help: "Whose words people and companies are made of: offline, the theme's own; model, those of a language model.")
    var personas: String?
    @Option(help: "Which of many packs of a model's words.") var packSeed: Int?
    @Option(help: "The outside tool that gets the records, too: \(TargetForm.all.map(\.name).joined(separator: ", ")).")
    var target: String?
    @OptionGroup var targetOptions: TargetOptions
    @OptionGroup var assistant: AssistantOptions
    @Option(help: "How many write at the same time (standard: 1 on SQLite, which has one writer; 4 on PostgreSQL).")
    var workers: Int?
    @Option(help: "Go on with the simulation of this id.") var resume: String?
    @Flag(help: "Only show when records would arrive.") var plan = false
    @Flag(help: "Only have the model's words made that such a simulation takes.") var makePack = false

    func run() async throws {
        let site = try Site(site)
        let registry = try site.registry()
        let industries = try site.industries()
        if plan { return try show(industries) }
        let wiring = try assistant.wiring(site.environment)
        try await site.openDatabase().closed { database in
            let engine = try await site.engine(registry, on: database)
            let targets = try targetOptions.targets(site.environment)
            let simulations = wiring.simulations(engine, industries, targets, await wiring.ledger(engine))
            if makePack { return try await PackVigil(simulations).makePack(try order()) }
            let id = try await begin(simulations)
            try await follow(id, simulations)
        }
    }

    /// The settings in the form of the API; what was not given is left out.
    private func order() throws -> JSON {
        var members: JSON.Members = [:]
        if let records { members["totalRecords"] = .number(Number(records)) }
        if let packSeed { members["packSeed"] = .number(Number(packSeed)) }
        let texts = [
            ("theme", theme), ("industry", industry), ("scenario", scenario), ("recordFrequency", frequency),
            ("startTime", start),
            ("endTime", end), ("timeZone", timeZone), ("speed", speed), ("seed", seed), ("personas", personas),
            ("target", target),
        ]
        for (name, text) in texts { if let text { members[name] = .string(text) } }
        if let distribution {
            members["distributionMethod"] = distribution.hasPrefix("{") ? try JSON(parsing: distribution) : .string(distribution)
        }
        return .object(members)
    }

    private func show(_ industries: Industries) throws {
        let order = try Order(json: try order(), now: .wallClock, seed: 1)
        let industry = try industries.industry(order.industry, order.scenario)
        let plan = Simulation.Plan(order.distribution, over: order.window(industry), count: order.total)
        let counts = plan.preview(parts: 24)
        let most = max(1, counts.max() ?? 1)
        for (part, count) in counts.enumerated() {
            let start = plan.window.instant(Double(part) / 24)
            let bar = String(repeating: "#", count: count * 50 / most)
            try Terminal.output.line("\(start.description.prefix(16))  \(String(count).leading(8))  \(bar)")
        }
    }

    private func begin(_ simulations: Simulations) async throws -> String {
        let session = Session.administrator()
        if let resume {
            let run = try await simulations.known(resume)
            if run.state == .queued { try await simulations.start(run.id, as: session) }
            if run.state == .paused { try await simulations.resume(run.id, as: session) }
            return run.id
        }
        let id = try await simulations.create(try order(), as: session)
        try await simulations.start(id, as: session)
        if let note = try await simulations.describe(id, as: session)["pack"]?["note"]?.string {
            Terminal.errors.report("note", "\(note), so it has the theme's own words", .yellow)
        }
        return id
    }

    /// Works on the simulation and tells how far it is, until it is over.
    private func follow(_ id: String, _ simulations: Simulations) async throws {
        let progress = Progress()
        defer { progress.end() }
        let begun = ContinuousClock.now
        try await withThrowingTaskGroup { group in
            let standard = simulations.engine.database.dialect == .sqlite ? 1 : 4
            for _ in 0..<max(1, workers ?? standard) {
                group.addTask {
                    await SimulationWorker(simulations) { Terminal.errors.report("warning", $0.detail, .yellow) }.run()
                }
            }
            let sender = JobWorker(simulations.engine.jobs, handlers: simulations.handlers)
            if !simulations.handlers.isEmpty { group.addTask { await sender.run() } }
            defer { sender.stop() }
            var (isOver, steps) = (false, 0)
            while !isOver {
                try await Task.sleep(for: .milliseconds(250))
                let (run, done) = (try await simulations.known(id), try await simulations.progress(id))
                (isOver, steps) = (run.state.isOver, done.steps)
                let pace = Pace(records: done.records, of: run.order.total, steps: steps, after: .now - begun)
                progress.show(done.records, of: run.order.total, pace.description)
            }
            sender.stop()
            group.cancelAll()
            try await group.waitForAll()
            progress.end()
            try await report(id, simulations, steps, .now - begun)
        }
    }

    private func report(_ id: String, _ simulations: Simulations, _ steps: Int, _ took: Duration) async throws {
        let (run, done) = (try await simulations.known(id), try await simulations.progress(id))
        let rate = Int(Double(steps) / max(took / .seconds(1), 0.001))
        try Terminal.output.line(
            "\(run.state.rawValue): \(done.records) of \(run.order.total) primary records, \(steps) steps in all (\(rate)/s)")
        if done.dead > 0 {
            try Terminal.output.line("\(done.dead) steps were refused: GET /api/simulations/\(id)/dead tells why")
        }
        try Terminal.output.line("id \(id), seed \(run.order.seed)")
        if run.state == .failed { throw Failure(.refused, run.error ?? "The simulation failed") }
    }
}

/// What is said beside the percentage.
private struct Pace: CustomStringConvertible {
    let description: String

    init(records: Int, of total: Int, steps: Int, after took: Duration) {
        let seconds = max(took / .seconds(1), 0.001)
        let rate = Int(Double(steps) / seconds)
        let left = records > 0 ? Int(seconds * Double(total - records) / Double(records)) : nil
        let time = left.map { ", about \($0 / 60)m \($0 % 60)s left" } ?? ""
        description = "\(records) of \(total) primary records, \(steps) steps, \(rate)/s\(time)"
    }
}

extension String {
    fileprivate func leading(_ width: Int) -> String { String(repeating: " ", count: max(0, width - count)) + self }
}
