import SQL
import Synchronization

/// Knows how far a primary and its replicas have come.
final class ReplicaWatch: Sendable {
    let replicas: [Replica]
    let options: ReplicatedDatabase.Options
    private let primary: PostgresDatabase
    private let history = Mutex(PositionHistory())

    init(of primary: PostgresDatabase, _ addresses: [PostgresAddress], _ options: ReplicatedDatabase.Options) {
        (self.primary, self.options) = (primary, options)
        replicas = addresses.map { Replica($0, patience: options.patience) }
    }

    /// Looks again and again, until it is cancelled.
    func run() async {
        guard let interval = options.interval else { return }
        while !Task.isCancelled {
            await look()
            try? await Task.sleep(for: interval)
        }
    }

    func look() async {
        let now = options.now()
        // A replica is measured by the primary: where that does not answer, nothing new is known.
        guard let known = try? await primary.logPosition(deadline: .after(options.patience)) else { return }
        let history = history.withLock { history in
            history.note(known.position, at: now, keeping: options.lag)
            return history
        }
        await withTaskGroup(of: Void.self) { group in
            for replica in replicas {
                group.addTask { [options] in await replica.look(history, system: known.system, options) }
            }
        }
    }
}

/// A replica as its users see it.
package struct ReplicaState: Sendable, Hashable {
    package let address: PostgresAddress
    package let isServing: Bool
    /// How far it has come; nil while that is not known.
    package let position: LogPosition?
    /// Bytes of the log that it had not come to when it was looked at.
    package let behind: Int?
    /// Why it is left out.
    package let complaint: String?
}

/// One replica, and what is known of it.
final class Replica: Sendable {
    private struct State {
        var database: PostgresDatabase?
        var reached: LogPosition?
        /// When the primary was where the replica is.
        var asOf: ContinuousClock.Instant?
        var behind: Int?
        var complaint: String?
        var isClosed = false
    }

    private let address: PostgresAddress
    private let patience: Duration
    private let known = Mutex(State())

    init(_ address: PostgresAddress, patience: Duration) { (self.address, self.patience) = (address, patience) }

    func serves(_ position: LogPosition?, lag: Duration, now: ContinuousClock.Instant) -> Bool {
        known.withLock { state in
            guard state.complaint == nil, let reached = state.reached, let asOf = state.asOf else { return false }
            return now - asOf <= lag && position.map { $0 <= reached } ?? true
        }
    }

    func state(lag: Duration, now: ContinuousClock.Instant) -> ReplicaState {
        let isServing = serves(nil, lag: lag, now: now)
        return known.withLock {
            ReplicaState(
                address: address, isServing: isServing, position: $0.reached, behind: $0.behind, complaint: $0.complaint)
        }
    }

    func read<Result: Sendable>(
        _ statement: Statement, lane: Lane, deadline: Deadline,
        _ body: @escaping @Sendable (inout any Rows) throws -> Result
    ) async throws -> Result {
        try await opened().read(statement, lane: lane, deadline: deadline, body)
    }

    /// Asks it how far it has come, and leaves it out or takes it back accordingly.
    func look(_ history: PositionHistory, system: String, _ options: ReplicatedDatabase.Options) async {
        do {
            let reached = try await opened().replayPosition(system: system, deadline: .after(patience))
            known.withLock { $0.behind = history.latest.map { $0.bytes(after: reached) } }
            let asOf = history.moment(of: reached)
            // Before the start of what is remembered may be a moment ago, or long ago.
            if let known = asOf ?? history.start, options.now() - known > options.lag {
                return leaveOut(because: "it is more than \(options.lag) behind", options.tell)
            }
            if let asOf { takeBack(reached, asOf: asOf, options.tell) }
        } catch { leaveOut(because: "\(error)", options.tell) }
    }

    func leaveOut(because reason: String, _ tell: (String) -> Void) {
        let isNews = known.withLock { state in
            defer { state.complaint = reason }
            return state.complaint == nil
        }
        if isNews { tell("The replica \(address) is left out: \(reason)") }
    }

    private func takeBack(_ reached: LogPosition, asOf: ContinuousClock.Instant, _ tell: (String) -> Void) {
        let wasOut = known.withLock { state in
            defer { (state.reached, state.asOf, state.complaint) = (reached, asOf, nil) }
            return state.complaint != nil
        }
        if wasOut { tell("The replica \(address) is taken back") }
    }

    private func opened() async throws -> PostgresDatabase {
        if let database = known.withLock({ $0.database }) { return database }
        let new = try await PostgresDatabase.open(address) { options in
            // There is the primary to go to: nobody waits for a replica that is away.
            (options.patience, options.connectTimeout) = (.zero, patience)
            (options.writers, options.writerThreads) = (1, 1)
        }
        // Of two who open it at the same time, one is first; after the end nobody is.
        let (kept, isClosed) = known.withLock { state in
            if state.database == nil, !state.isClosed { state.database = new }
            return (state.database, state.isClosed)
        }
        if kept !== new { await new.close() }
        guard let kept, !isClosed else { throw StorageError.unavailable("it is closed") }
        return kept
    }

    func close() async {
        let database = known.withLock { state in
            defer { (state.database, state.isClosed) = (nil, true) }
            return state.database
        }
        await database?.close()
    }
}

extension PostgresDatabase {
    /// Where a primary is, and which system it is: its replicas bear the same number.
    func logPosition(deadline: Deadline) async throws -> (position: LogPosition, system: String) {
        let position: Fragment = "SELECT pg_current_wal_insert_lsn()::text, system_identifier::text FROM pg_control_system()"
        return try await read(position.statement(.postgres), lane: .short, deadline: deadline) { rows in
            guard try rows.next(), let position = rows.cell(0).string.flatMap(LogPosition.init) else {
                throw StorageError.unavailable("it does not tell its position in the log")
            }
            return (position, rows.cell(1).string ?? "")
        }
    }

    /// How far a replica has come.
    fileprivate func replayPosition(system: String, deadline: Deadline) async throws -> LogPosition {
        let position: Fragment = """
            SELECT pg_last_wal_replay_lsn()::text, pg_is_in_recovery(), system_identifier::text FROM pg_control_system()
            """
        return try await read(position.statement(.postgres), lane: .short, deadline: deadline) { rows in
            guard try rows.next(), rows.cell(1).integer == 1, rows.cell(2).string == system,
                let position = rows.cell(0).string.flatMap(LogPosition.init)
            else { throw StorageError.unavailable("it is no replica of the primary") }
            return position
        }
    }
}
