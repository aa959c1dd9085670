package import Jobs
import SQL
import Storage
import Values

/// What the engine has to do from time to time, as jobs: of all servers and workers of a database, one does each.
extension Engine {
    package var maintenanceHandlers: [JobHandler] {
        [
            JobHandler(Maintenance.forgetKeys) { _, run in try await self.forgetKeys(run) },
            JobHandler(Maintenance.makeRoomAhead) { _, _ in try await self.database.makeRoomAhead() },
            JobHandler(Maintenance.refreshStatistics) { _, _ in try await self.database.refreshStatistics() },
        ]
    }

    package static func maintenanceSchedules() throws(CronError) -> [JobSchedule] {
        [
            JobSchedule("forget-idempotency-keys", try Cron("7 * * * *"), Maintenance.forgetKeys),
            JobSchedule("make-room-ahead", try Cron("41 2 * * *"), Maintenance.makeRoomAhead),
            JobSchedule("refresh-statistics", try Cron("23 3 * * *"), Maintenance.refreshStatistics),
        ]
    }

    /// Removes the answers kept for repeated requests, a day after the request; a few at a time, so that nobody waits for it.
    private func forgetKeys(_ run: JobRun) async throws {
        let table = EngineTables.idempotency.name
        let statement = RowStatements(database.dialect).removal(
            from: table, key: "Key", where: "At", before: jobs.now + -86_400_000_000, limit: 1000)
        var total = 0
        while true {
            let removed = try await database.transaction(deadline: .after(settings.writeDeadline)) { try await $0.run(statement) }
            total += removed
            if removed < 1000 { return }
            run.report(done: total)
        }
    }
}

private enum Maintenance {
    static let forgetKeys = JobKind<NoPayload>("maintenance.forgetIdempotencyKeys", queue: "maintenance", priority: .low)
    static let makeRoomAhead = JobKind<NoPayload>("maintenance.makeRoomAhead", queue: "maintenance", priority: .low)
    static let refreshStatistics = JobKind<NoPayload>(
        "maintenance.refreshStatistics", queue: "maintenance", priority: .low, attempts: 3, timeout: .seconds(900))
}
