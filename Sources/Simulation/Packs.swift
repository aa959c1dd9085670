import Engine
import Jobs
import SQL
import Storage
package import Values

/// Packs of a theme's words that a language model writes.
///
/// A simulation never waits for a model. One that wants a written pack asks for it when it is made; a job has it written, question
/// by question (`Packs/PackMaking.swift`); and the simulation takes what there is when it is started: the written pack, or else the
/// theme's own words. From then on it keeps to that, so that its content depends on no model, no network and no time.
///
/// A pack that is made is kept for good under the hash of its words, and found by the hash of all that they depend on.
extension Simulations {
    var packs: PackStatements { PackStatements(engine.database.dialect) }

    /// The pack of such a simulation.
    ///
    /// - Throws: where nobody is set up to write it.
    func packOrder(_ order: Order) throws(Problem) -> PackOrder {
        guard let writer else {
            throw .setting(
                "personas", "No language model is set up here that could write personas",
                hint: "Set MARTLET_AI_URL and MARTLET_AI_MODEL (docs/assistant.md tells more), or leave personas out")
        }
        return PackOrder(order, writer: writer.name)
    }

    /// Has a pack written, unless it is there or being written: in the transaction of whoever wants it.
    func ask(for pack: PackOrder, on connection: any Connection) async throws {
        let isThere = try await connection.rows(packs.entry(pack.key)) { try $0.next() && PackEntry($0)?.hash != nil }
        guard !isThere, let job = try await engine.jobs.enqueue(.pack(pack), on: connection) else { return }
        try await connection.run(packs.begin(pack.key, order: pack.json.description, job: job, at: engine.jobs.now))
    }

    /// Has the pack written that a simulation of these settings would want, ahead of it and at once: what stood in the way may be
    /// gone. Gives its key.
    package func askForPack(_ json: JSON, now: Instant) async throws -> String {
        let order = try Order(json: json, now: now, seed: 1)
        _ = try industries.industry(order.industry, order.scenario)
        let pack = try packOrder(order)
        try await problems {
            try await engine.database.transaction(deadline: .after(engine.settings.writeDeadline)) {
                try await self.ask(for: pack, on: $0)
            }
        }
        engine.jobs.nudge()
        if let job = try await packJob(try await packEntry(pack.key)), job.state == .waiting, job.attempt > 0 {
            // Where another has taken it meanwhile, all is well.
            _ = try? await engine.jobs.retry(job.id)
        }
        return pack.key
    }

    /// How far a pack is; nil for one that nobody has asked for.
    package func packState(_ key: String) async throws -> PackState? {
        guard let entry = try await packEntry(key) else { return nil }
        if let job = try await packJob(entry) { return PackState(entry, job) }
        // The commit that keeps a pack ends its job, and may have come in between.
        let later = try await packEntry(key)
        return later?.job == entry.job ? later.map { PackState($0, nil) } : try await packState(key)
    }

    /// Nil where it is done, or was cancelled.
    private func packJob(_ entry: PackEntry?) async throws -> Job? {
        guard let entry else { return nil }
        do { return try await engine.jobs.job(entry.job) } catch JobProblem.notFound { return nil }
    }

    func packEntry(_ key: String) async throws -> PackEntry? {
        try await problems {
            try await engine.database.read(packs.entry(key), lane: .short, deadline: .after(engine.settings.readDeadline)) {
                try $0.next() ? PackEntry($0) : nil
            }
        }
    }

    /// A simulation with the pack that it is to be told from, if it is started now.
    func withPack(_ run: Run) async throws -> Run {
        guard let key = run.packKey, let entry = try await packEntry(key) else { return run }
        return run.told(from: entry.pack(of: run))
    }

    /// The words a simulation is told from, and, where they are not those that were asked for, why not.
    func describePack(of run: Run) async throws -> JSON {
        guard let key = run.packKey, let entry = try await packEntry(key) else { return .pack(run.pack, from: nil, note: nil) }
        let pack = entry.pack(of: run)
        if pack == entry.hash { return .pack(pack, from: entry.order.writer, note: nil) }
        if run.state != .queued { return .pack(pack, from: nil, note: "What the model writes was not there at the start") }
        let written = "\(entry.draft.words.count) of \(entry.slots) slots are written"
        return .pack(
            pack, from: nil,
            note: entry.error.map { "It is not there: \($0)" } ?? "\(written): a start now takes the theme's own words")
    }
}

extension JSON {
    /// - Parameter writer: nil for the theme's own words.
    fileprivate static func pack(_ hash: String, from writer: String?, note: String?) -> JSON {
        ["hash": .string(hash), "from": writer == nil ? "offline" : "model", "writer": .text(writer), "note": .text(note)]
    }
}

/// How far a pack is, for those who wait for it.
package struct PackState: Sendable, Hashable {
    /// Nil until it is made.
    package let hash: String?
    package let words: Int
    package let slots: Int
    package let tokens: Int
    /// What stood in the way of the latest question.
    package let error: String?
    /// Nobody writes on it any more.
    package let isDead: Bool
    /// Nobody writes on it before.
    package let nextAt: Instant?

    init(_ entry: PackEntry, _ job: Job?) {
        (hash, words, slots) = (entry.hash, entry.draft.words.count, entry.slots)
        (tokens, error) = (entry.draft.tokens, entry.error)
        isDead = job.map { $0.state == .dead } ?? true
        nextAt = job.flatMap { $0.state == .waiting && $0.attempt > 0 ? $0.runAt : nil }
    }
}

/// A pack as the database has it.
struct PackEntry: Sendable {
    let order: PackOrder
    var draft: Draft
    var version: Int
    let hash: String?
    let error: String?
    /// Of the job that has it written.
    let job: String
    /// How many there are to be written.
    let slots: Int

    /// Reads a row of `PackStatements.entry`.
    init?(_ rows: any Rows) {
        func json(_ column: Int) -> JSON? { rows.cell(column).string.flatMap { try? JSON(parsing: $0) } }
        guard let order = json(0).flatMap(PackOrder.init) else { return nil }
        (self.order, draft) = (order, json(1).map(Draft.init) ?? Draft())
        (version, hash, error) = (Int(rows.cell(2).integer ?? 0), rows.cell(3).string, rows.cell(4).string)
        job = rows.cell(5).string ?? ""
        slots = Slot.Kind.of(order.scenario).reduce(0) { $0 + $1.count } * order.size.factor
    }

    /// The hash of the words that a simulation is told from, or would be if it were started now.
    func pack(of run: Run) -> String { run.state == .queued ? hash ?? run.pack : run.pack }
}
