package import Engine
import Jobs
import SQL
import Storage
import Synchronization
import Values

/// Carries out running simulations, until it is told to stop: plans what is not planned, takes a chunk that is due, and writes what
/// its stories tell.
///
/// Any number of workers, in any number of processes, share a simulation. One that dies leaves its chunk to the others when the
/// lease is over; one that wakes up late finds that it has been overtaken, and writes nothing.
package final class SimulationWorker: Sendable {
    private let simulations: Simulations
    private let id: String
    private let settings: Settings
    private let observe: @Sendable (Problem) -> Void
    private let state: Mutex<State>
    /// Rung when a simulation of this process is started, or told something else.
    private let bell = Bell()

    package struct Settings: Sendable {
        /// How long a chunk is held without a sign of life.
        package var lease = Duration.seconds(20)
        package var heartbeat = Duration.seconds(5)
        /// What a commit should take, at most; batches grow and shrink towards it. Nil for what suits the database.
        package var commit: Duration?
        /// Steps in a batch; nil for as many as suit `commit`.
        package var batch: Int?
        /// How long a simulation of which nothing is due is left alone, at most: somebody may have lost a chunk.
        package var patience = Duration.milliseconds(500)
        /// How long it takes at most to see that a simulation was started, or told something else, in another process.
        package var attention = Duration.milliseconds(100)
        /// How long it waits before it tries again what went wrong.
        package var afterTrouble = Duration.milliseconds(200)

        package init() {}
    }

    private struct State {
        /// Steps in a batch. It begins small: who has little time gets something done, too.
        var batch = 25
        /// Whether chunks may be this worker's that it does not work on: the end of a batch is unknown to it.
        var isUnsure = false
        var beatAt = ContinuousClock.now
        /// Where the last turn ended, so that every simulation has its turn.
        var last = ""
        /// Whether it has planned last, or carried out: one after the other.
        private var plans = false
        /// Simulations of which nothing is due, at the version they had, until then.
        var resting: [String: (version: Int, until: ContinuousClock.Instant)] = [:]

        /// Whether it is the turn of planning.
        mutating func isToPlan() -> Bool {
            plans.toggle()
            return plans
        }
    }

    /// - Parameter observe: told of what went wrong; the worker goes on.
    package init(
        _ simulations: Simulations, settings: Settings = Settings(), observe: @escaping @Sendable (Problem) -> Void = { _ in }
    ) {
        (self.simulations, self.settings, self.observe) = (simulations, settings, observe)
        id = RecordID.make(at: .wallClock)
        state = Mutex(State())
    }

    /// Works until its task is cancelled; then it ends its batch and lets go of its chunks.
    package func run() async {
        simulations.bells.add(bell)
        defer { simulations.bells.remove(bell) }
        while !Task.isCancelled {
            var rest: Duration?
            do { rest = try await turn() } catch is CancellationError { break } catch {
                state.withLock { $0.isUnsure = true }
                observe(error as? Problem ?? Problem(.failure, "internal", "\(error)"))
                rest = settings.afterTrouble
            }
            if let rest { await bell.wait(atMost: min(rest, settings.attention), SystemClock()) }
        }
        // The task is cancelled, and with it every wait; this one is not.
        await Task { try? await self.release() }.value
    }

    /// Works until nothing is due in any simulation that runs.
    package func drain() async throws { while try await turn() == nil { try Task.checkCancellation() } }

    private func release() async throws { try await write(simulations.statements.release(id)) }

    /// One turn: nil where there was something to do, else how long there will be nothing.
    private func turn() async throws -> Duration? {
        // As long as it lives it would hold on to them.
        if state.withLock({ $0.isUnsure }) {
            try await release()
            state.withLock { $0.isUnsure = false }
        }
        try await beat()
        let running = try await running()
        var rest = settings.patience
        for id in running {
            guard let run = try await simulations.run(id), run.state == .running else { continue }
            if let left = restLeft(of: run) {
                rest = min(rest, left)
                continue
            }
            do {
                guard let delay = try await serve(run) else {
                    state.withLock { $0.last = id }
                    return nil
                }
                rest = min(rest, delay)
                state.withLock { $0.resting[id] = (run.version, .now + min(delay, settings.patience)) }
            } catch let problem as Problem where problem.kind == .failure {
                observe(problem)
                try await simulations.fail(run, problem)
            }
        }
        return rest
    }

    /// How long nothing will be due of a simulation, as far as is known.
    private func restLeft(of run: Run) -> Duration? {
        guard let (version, until) = state.withLock({ $0.resting[run.id] }), version == run.version else { return nil }
        let left = until - .now
        return left > .zero ? left : nil
    }

    /// The running simulations: first those not begun, whose first records somebody waits for, then those after the one that was served
    /// last.
    private func running() async throws -> [String] {
        let all = try await read(simulations.statements.simulations(in: Run.State.running.rawValue)) { rows in
            rows.cell(0).string.map { (id: $0, isBegun: rows.cell(1).integer != 0) }
        }
        let last = state.withLock { state in
            state.resting = state.resting.filter { resting in all.contains { $0.id == resting.key } }
            return state.last
        }
        let begun = all.filter(\.isBegun).map(\.id)
        return all.filter { !$0.isBegun }.map(\.id) + begun.filter { $0 > last } + begun.filter { $0 <= last }
    }

    /// Does something for a simulation; else gives the time until something is due.
    private func serve(_ run: Run) async throws -> Duration? {
        let scene = try await simulations.scene(of: run)
        if run.planned < run.chunks {
            if run.planned == 0 {
                try await simulations.planMore(run, scene)
            } else if state.withLock({ $0.isToPlan() }) {
                try await simulations.planMore(run, scene)
                return nil
            }
        }
        if let work = try await take(run, scene) {
            try await perform(work)
            return nil
        }
        if run.planned < run.chunks { return nil }
        if try await simulations.finish(run) { return nil }
        try await simulations.send(run)
        let next = try await simulations.progress(run.id).nextDue
        return next.flatMap { run.clock.delay(until: $0, at: run.wall) } ?? settings.patience
    }

    private func take(_ run: Run, _ scene: Scene) async throws -> Work? {
        let lease = run.wall + Int64(settings.lease / .microseconds(1))
        let take = simulations.statements.take(from: run.id, dueBy: run.now, for: id, until: lease, at: run.wall)
        let (statements, rows) = (simulations.statements, simulations.rowStatements)
        let taken = try await simulations.engine.database.transaction(deadline: deadline) { connection in
            guard let hold = try await connection.rows(take, { try $0.next() ? Hold($0) : nil }) else {
                return nil as (Hold, [UInt8], [Halt])?
            }
            let dues = rows.select(["Dues"], from: "martlet_simulation_plan", matching: [("Id", .id(hold.id))])
            let bytes = try await connection.rows(dues) { try $0.next() ? $0.cell(0).binary : [] }
            let halts = try await connection.rows(statements.dead(of: run.id, chunk: hold.number)) { rows in
                var halts: [Halt] = []
                while try rows.next() { if let halt = Halt(rows) { halts.append(halt) } }
                return halts
            }
            return (hold, bytes, halts)
        }
        guard let (hold, bytes, halts) = taken else { return nil }
        guard let chunk = Chunk(index: hold.number, first: hold.first, packed: bytes) else {
            throw Problem(.failure, "simulation_damaged", "Chunk \(hold.number) of the plan cannot be read")
        }
        let halted = Dictionary(halts.map { ($0.story - hold.first, $0.step) }) { min($0, $1) }
        return Work(
            run: run.id, scene: scene, timeline: Timeline(untold: chunk, scene), hold: hold, halted: halted, takenAt: run.now)
    }

    /// Carries out what is due of a chunk, batch by batch.
    private func perform(_ work: Work) async throws {
        var work = work
        while true {
            let limit = settings.batch ?? state.withLock { $0.batch }
            let (cursor, moment) = (work.hold.cursor, work.takenAt)
            let timeline = await work.timeline.told(limit, behind: cursor, by: moment)
            // While the database is at work, what comes after this; a batch may be twice as large as the one before.
            async let ahead = timeline.told(3 * limit, behind: cursor, by: moment)
            work.timeline = timeline
            let start = ContinuousClock.now
            switch try await simulations.carryOut(work, atMost: limit) {
            case .went(let hold, let halted, let steps):
                adapt(steps, of: limit, took: .now - start)
                (work.hold, work.halted, work.timeline) = (hold, halted, await ahead)
            case .ended(let steps): return adapt(steps, of: limit, took: .now - start)
            case .waits: return
            // Where the simulation does not run for a while, the chunk is for whoever comes first when it goes on.
            case .overtaken: return try await release()
            }
            if Task.isCancelled { return }
            if bell.wasRung() { return try await release() }
            try await beat()
        }
    }

    private func adapt(_ steps: Int, of limit: Int, took: Duration) {
        guard steps == limit else { return }
        let wanted = Double(steps) * (commit / max(took, .microseconds(1)))
        state.withLock { $0.batch = min(max(Int(wanted), $0.batch / 2, 1), $0.batch * 2, 2000) }
    }

    /// SQLite has one writer, for whom everybody else waits. On PostgreSQL a long transaction keeps nobody, and the more steps a statement
    /// is for, the less each of them costs.
    private var commit: Duration {
        settings.commit ?? (simulations.engine.database.dialect == .sqlite ? .milliseconds(50) : .milliseconds(500))
    }

    /// Says that it lives, from time to time.
    private func beat() async throws {
        let isDue = state.withLock { state in
            guard ContinuousClock.now - state.beatAt > settings.heartbeat else { return false }
            state.beatAt = .now
            return true
        }
        guard isDue else { return }
        let ids = try await running()
        for id in ids {
            guard let run = try await simulations.run(id) else { continue }
            try await write(simulations.statements.renew(self.id, until: run.wall + Int64(settings.lease / .microseconds(1))))
            try await simulations.refreshRecord(id)
        }
    }

    private var deadline: Deadline { .after(simulations.engine.settings.writeDeadline) }

    private func write(_ statement: Statement) async throws {
        try await simulations.problems {
            _ = try await simulations.engine.database.transaction(deadline: deadline) { try await $0.run(statement) }
        }
    }

    private func read<Item: Sendable>(_ statement: Statement, _ item: @escaping @Sendable (any Rows) -> Item?) async throws
        -> [Item]
    {
        try await simulations.problems {
            try await simulations.engine.database.read(statement, lane: .short, deadline: deadline) { rows in
                var items: [Item] = []
                while try rows.next() { if let item = item(rows) { items.append(item) } }
                return items
            }
        }
    }
}
