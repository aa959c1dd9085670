import SQL
import Storage
import Synchronization
package import Values

/// What a turn found.
package struct Turn: Sendable, Hashable {
    /// Jobs taken.
    package var taken = 0
    /// When the next job is due that is not yet.
    package var next: Instant?
    /// Whether it stopped for lack of room, not of jobs.
    package var isFull = false

    package init(taken: Int = 0, next: Instant? = nil, isFull: Bool = false) {
        (self.taken, self.next, self.isFull) = (taken, next, isFull)
    }
}

extension JobWorker {
    /// Takes turns until it is stopped, and waits between them as long as there is nothing to do.
    func takeTurns(in runners: inout DiscardingTaskGroup) async {
        var idle = settings.idle.lowerBound
        while !isStopping && !Task.isCancelled {
            var turn = Turn()
            do { turn = try await self.turn() } catch {
                report(error)
                await bell.wait(atMost: settings.tick, clock)
                continue
            }
            for _ in 0..<newRunners() { runners.addTask { await self.performTaken() } }
            if turn.isFull && hasRoom { continue }
            idle = turn.taken > 0 ? settings.idle.lowerBound : min(idle * 2, settings.idle.upperBound)
            await bell.wait(atMost: wait(idle, until: turn.next), clock)
            // Jobs that end together are written down together.
            if isBusy { try? await clock.sleep(for: settings.linger) }
        }
    }

    private func wait(_ idle: Duration, until next: Instant?) -> Duration {
        guard let next else { return idle }
        return min(idle, max(.zero, .microseconds(next - clock.now)))
    }

    private var isBusy: Bool { state.withLock { !$0.running.isEmpty } }
    private var hasRoom: Bool { room > 0 }

    /// How many more jobs it can take.
    private var room: Int {
        state.withLock { state in
            if state.isStopping { return 0 }
            var wanted = settings.slots
            if let pace = state.pace {
                let together = Double(settings.slots) * (.milliseconds(100) / max(pace, .microseconds(1)))
                wanted = max(wanted, Int(min(together, Double(settings.batch))))
            }
            return max(0, wanted - state.running.count - state.taken.count)
        }
    }

    /// How many tasks are to be begun for what was taken: each performs one job after the other.
    private func newRunners() -> Int {
        state.withLock { state in
            let count = min(state.taken.count, settings.slots - state.runners)
            state.runners += count
            return count
        }
    }

    /// One talk with the database: writes down what has ended, and takes what is due.
    @discardableResult
    package func turn() async throws -> Turn {
        let room = self.room
        if room > 0, state.withLock({ $0.id }) == nil { try await register() }
        try await giveBackUnknown()
        let due = room > 0 ? try await dueLanes() : (lanes: [], next: nil)
        let ended = state.withLock { state in
            defer { state.ended = [] }
            return state.ended
        }
        if ended.isEmpty && due.lanes.isEmpty { return Turn(next: due.next) }
        let outcome: Outcome
        do { outcome = try await exchange(ended, room, due.lanes) } catch {
            state.withLock { state in
                state.ended.insert(contentsOf: ended, at: 0)
                state.isUnsure = true
            }
            throw error
        }
        state.withLock { state in
            state.taken += outcome.taken
            state.takenAt = clock.uptime
        }
        if outcome.isTakenOff { takenOff() }
        for event in outcome.events { observe(event) }
        return Turn(taken: outcome.taken.count, next: due.next, isFull: outcome.taken.count == room)
    }

    /// After a talk that failed: what it took all the same, without the worker's knowledge, goes back.
    private func giveBackUnknown() async throws {
        let (id, isUnsure) = state.withLock { ($0.id, $0.isUnsure) }
        guard isUnsure else { return }
        let held = id == nil ? [] : try await queue.jobs(statements.held(by: id ?? ""))
        state.withLock { state in
            let known = Set(state.running.keys).union(state.taken.map(\.id)).union(state.ended.map(\.job.id))
            state.ended += held.filter { !known.contains($0.id) }.map { Ended(job: $0, fate: .released, took: .zero) }
            state.isUnsure = false
        }
    }

    /// The lanes in which a job is due, in the order of their priority.
    private func dueLanes() async throws -> (lanes: [Lane], next: Instant?) {
        if lanes.isEmpty { return ([], nil) }
        let firsts = try await queue.database.read(statements.firstDue(in: lanes), lane: .short, deadline: deadline) { rows in
            var firsts: [Int: Instant] = [:]
            while try rows.next() {
                if let lane = rows.cell(0).integer, let instant = rows.cell(1).instant { firsts[Int(lane)] = instant }
            }
            return firsts
        }
        let now = clock.now
        return (
            lanes.indices.filter { firsts[$0].map { $0 <= now } ?? false }.map { lanes[$0] },
            firsts.values.filter { $0 > now }.min()
        )
    }

    private struct Outcome: Sendable {
        var taken: [Job] = []
        var events: [JobEvent] = []
        var isTakenOff = false
    }

    private func exchange(_ ended: [Ended], _ room: Int, _ due: [Lane]) async throws -> Outcome {
        let (id, kinds, now) = (state.withLock { $0.id }, handlers.keys.sorted(), clock.now)
        return try await queue.database.transaction(deadline: deadline) { connection in
            var outcome = Outcome()
            outcome.events = try await self.write(ended, on: connection, at: now)
            guard let id, !due.isEmpty else { return outcome }
            // From here to the commit nobody takes this worker off, so that no job is left with an owner who is gone.
            guard try await connection.rows(self.statements.hold(id), { try $0.next() }) else {
                outcome.isTakenOff = true
                return outcome
            }
            for lane in due where outcome.taken.count < room {
                let statement = self.statements.take(room - outcome.taken.count, in: lane, kinds: kinds, for: id, at: now)
                let jobs = try await connection.rows(statement) { rows in
                    var jobs: [Job] = []
                    while try rows.next() { jobs.append(Job(rows)) }
                    return jobs
                }
                outcome.taken += jobs.sorted { ($0.runAt, $0.id) < ($1.runAt, $1.id) }
            }
            return outcome
        }
    }
}
