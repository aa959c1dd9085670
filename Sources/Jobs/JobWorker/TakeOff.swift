import SQL
import Storage
import Synchronization
import Values

extension JobWorker {
    /// Takes off workers whose beats have stood still for a lease, as this worker's own clock measures it, and gives their jobs back.
    ///
    /// No moment that another machine noted is compared with: a clock that is set wrong ends no lease and prolongs none.
    func takeOffSilent() async throws {
        guard let id = state.withLock({ $0.id }) else { return }
        let beats = try await queue.database.read(statements.beats, lane: .short, deadline: deadline) { rows in
            var beats: [String: Int] = [:]
            while try rows.next() { beats[rows.cell(0).string ?? ""] = Int(rows.cell(1).integer ?? 0) }
            return beats
        }
        let now = clock.uptime
        let silent = state.withLock { state in
            state.seen = Dictionary(
                uniqueKeysWithValues: beats.filter { $0.key != id }.map { other, beat in
                    let before = state.seen[other]
                    return (other, before?.beat == beat ? before ?? (beat, now) : (beat, now))
                })
            return state.seen.filter { now - $0.value.since >= settings.lease }.mapValues(\.beat)
        }
        for (other, beat) in silent.sorted(by: { $0.key < $1.key }) { try await takeOff(other, beat: beat) }
    }

    private func takeOff(_ other: String, beat: Int) async throws {
        let jobs: Int? = try await queue.database.transaction(deadline: deadline) { connection in
            guard try await connection.run(self.statements.takeOff(other, beat: beat)) == 1 else { return nil }
            var jobs = 0
            for statement in self.statements.giveBack(of: other, error: "Its worker was lost") {
                jobs += try await connection.run(statement)
            }
            return jobs
        }
        guard let jobs else { return }
        observe(.tookOff(worker: other, jobs: jobs))
        if jobs > 0 { bell.ring() }
    }

    // MARK: Schedules

    /// Enqueues what is due by the program's schedules: of all workers, one does.
    func runSchedules() async throws {
        if schedules.isEmpty || state.withLock({ $0.id }) == nil { return }
        let due = try await queue.database.read(statements.schedules, lane: .short, deadline: deadline) { rows in
            var due: [String: Instant] = [:]
            while try rows.next() { due[rows.cell(0).string ?? ""] = rows.cell(1).instant }
            return due
        }
        let now = clock.now
        for schedule in schedules {
            guard let at = due[schedule.name], at <= now else { continue }
            let advance = statements.advance(schedule.name, from: at, to: schedule.cron.next(after: now), at: now)
            let isOurs = try await queue.database.transaction(deadline: deadline) { connection in
                guard try await connection.run(advance) == 1 else { return false }
                try await self.queue.enqueue(schedule.job, on: connection)
                return true
            }
            guard isOurs else { continue }
            observe(.scheduled(name: schedule.name, at: at))
            queue.nudge()
        }
    }
}
