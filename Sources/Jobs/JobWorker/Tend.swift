import SQL
import Storage
import Synchronization
import Values

extension JobWorker {
    /// Looks after everything until the task is cancelled.
    func tendAlways() async {
        while !Task.isCancelled {
            await tend()
            try? await clock.sleep(for: settings.tick)
        }
    }

    /// What happens every second: the database hears of this worker, jobs that took too long or were cancelled are ended, progress
    /// is written down, schedules that are due are enqueued, silent workers are taken off,
    /// and what has piled up is cleared away.
    package func tend() async {
        for step in [beat, giveBackSurplus, endLate, endCancelled, writeProgress, runSchedules, takeOffSilent, compact] {
            do { try await step() } catch { report(error) }
        }
    }

    func report(_ error: any Error) {
        if error is CancellationError { return }
        observe(.trouble("\(error)"))
    }

    // MARK: This worker

    /// Enters the worker into the database, so that it may take jobs.
    func register() async throws {
        let (id, now) = (RecordID.make(at: clock.now), clock.now)
        let entry = statements.register(id, name: settings.name, at: now)
        let schedules = schedules.map { schedule in
            let cron = schedule.cron
            return statements.keep(
                schedule.name, pattern: cron.pattern, zone: cron.zone.identifier, next: cron.next(after: now))
        }
        try await queue.database.transaction(deadline: deadline) { connection in
            for statement in [entry] + schedules { try await connection.run(statement) }
        }
        state.withLock { ($0.id, $0.beatAt) = (id, clock.uptime) }
    }

    private func beat() async throws {
        let (id, beatAt) = state.withLock { ($0.id, $0.beatAt) }
        guard let id, clock.uptime - beatAt >= settings.beat else { return }
        do {
            guard try await run(statements.beat(id, at: clock.now)) == 1 else { return takenOff() }
            state.withLock { $0.beatAt = clock.uptime }
        } catch let error as StorageError {
            // Others may have taken its jobs by now.
            if clock.uptime - beatAt > settings.lease { takenOff() }
            throw error
        }
    }

    /// Gives up everything: it belongs to others. The next turn begins anew.
    func takenOff() {
        let running = state.withLock { state in
            (state.id, state.taken) = (nil, [])
            return Array(state.running.values)
        }
        for run in running { run.abort(.lost) }
        observe(.takenOff)
        bell.ring()
    }

    // MARK: What runs

    /// Jobs that were taken because those before them were quick, and now stand behind slow ones, are for others to do.
    private func giveBackSurplus() async throws {
        let now = clock.uptime
        state.withLock { state in
            guard !state.taken.isEmpty, now - state.takenAt > settings.tick else { return }
            state.ended += state.taken.map { Ended(job: $0, fate: .released, took: .zero) }
            (state.taken, state.pace) = ([], nil)
        }
        bell.ring()
    }

    private func endCancelled() async throws {
        let (id, running) = state.withLock { ($0.id, $0.running) }
        guard let id, !running.isEmpty else { return }
        let ids = try await queue.database.read(statements.cancelled(of: id), lane: .short, deadline: deadline) { rows in
            var ids: [String] = []
            while try rows.next() { if let id = rows.cell(0).string { ids.append(id) } }
            return ids
        }
        for id in ids { running[id]?.abort(.cancelled) }
    }

    private func writeProgress() async throws {
        let reports = state.withLock { Array($0.running.values) }.compactMap { run in run.takeProgress().map { (run.fence, $0) } }
        if reports.isEmpty { return }
        try await queue.database.transaction(deadline: deadline) { connection in
            for (fence, progress) in reports { try await connection.run(self.statements.report(progress, of: fence)) }
        }
    }

    private func run(_ statement: Statement) async throws -> Int {
        try await queue.database.transaction(deadline: deadline) { try await $0.run(statement) }
    }
}
