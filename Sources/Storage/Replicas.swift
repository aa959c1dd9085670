package import SQL
import Synchronization

/// A PostgreSQL server with replicas, to which reads go that need not see the latest writes.
///
/// A watch asks all servers every moment how far they have come. A replica is left out while it does not answer, is further
/// behind than allowed, or is none; it is taken back as soon as it is well again. A read that a replica fails goes to the primary.
package final class ReplicatedDatabase: Database {
    package struct Options: Sendable {
        /// How far behind a replica may be whose answers are taken.
        package var lag = Duration.seconds(10)
        /// How often the servers are asked how far they have come; nil for never, where `look` is called instead.
        package var interval: Duration? = .milliseconds(200)
        /// How long a server may take to answer that.
        package var patience = Duration.seconds(2)
        package var now: @Sendable () -> ContinuousClock.Instant = { .now }
        /// Told in words when a replica is left out, and why, and when it is taken back.
        package var tell: @Sendable (String) -> Void = { _ in }

        package init() {}
    }

    private let primary: PostgresDatabase
    private let watch: ReplicaWatch
    private let watching: Task<Void, Never>
    private let turn = Atomic(0)

    /// The replicas need not be there yet.
    package init(_ primary: PostgresDatabase, replicas: [PostgresAddress], options: Options = Options()) {
        let watch = ReplicaWatch(of: primary, replicas, options)
        (self.primary, self.watch) = (primary, watch)
        // Ends when it is cancelled, which `close` and `deinit` do.
        watching = Task { await watch.run() }
    }

    deinit { watching.cancel() }

    package var dialect: Dialect { .postgres }

    package func close() async {
        watching.cancel()
        await watching.value
        for replica in watch.replicas { await replica.close() }
        await primary.close()
    }
}

extension ReplicatedDatabase {
    /// Asks all servers how far they have come.
    package func look() async { await watch.look() }

    /// The replicas as they are now.
    package var replicas: [ReplicaState] { watch.replicas.map { $0.state(lag: watch.options.lag, now: watch.options.now()) } }

    package func position() async throws -> LogPosition? {
        try await primary.logPosition(deadline: .after(watch.options.patience)).position
    }

    package func read<Result: Sendable>(
        _ statement: Statement, lane: Lane, freshness: Freshness, deadline: Deadline,
        _ body: @escaping @Sendable (inout any Rows) throws -> Result
    ) async throws -> Result {
        guard case .atLeast(let position) = freshness, let replica = replica(at: position) else {
            return try await primary.read(statement, lane: lane, deadline: deadline, body)
        }
        let touch = Touch()
        do {
            return try await replica.read(statement, lane: lane, deadline: deadline) { rows in
                var rows: any Rows = WatchedRows(rows: rows, touch: touch)
                return try body(&rows)
            }
        } catch let error as StorageError where error != .deadline && !touch.isMade {
            if case .unavailable = error { replica.leaveOut(because: "\(error)", watch.options.tell) }
            return try await primary.read(statement, lane: lane, deadline: deadline, body)
        }
    }

    /// One that is fresh enough; they take turns.
    private func replica(at position: LogPosition?) -> Replica? {
        let (lag, now) = (watch.options.lag, watch.options.now())
        let able = watch.replicas.filter { $0.serves(position, lag: lag, now: now) }
        if able.count < 2 { return able.first }
        return able[abs(turn.add(1, ordering: .relaxed).newValue % able.count)]
    }
}

// What the primary alone can do.
extension ReplicatedDatabase {
    package func read<Result: Sendable>(
        _ statement: Statement, lane: Lane, deadline: Deadline,
        _ body: @escaping @Sendable (inout any Rows) throws -> Result
    ) async throws -> Result {
        try await primary.read(statement, lane: lane, deadline: deadline, body)
    }

    package func snapshot<Result: Sendable>(
        deadline: Deadline, _ body: @escaping @Sendable (any Connection) async throws -> Result
    ) async throws -> Result {
        try await primary.snapshot(deadline: deadline, body)
    }

    package func transaction<Result: Sendable>(
        deadline: Deadline, _ body: @escaping @Sendable (any Connection) async throws -> Result
    ) async throws -> Result {
        try await primary.transaction(deadline: deadline, body)
    }

    package func aside<Result: Sendable>(
        _ statement: Statement, deadline: Deadline, _ body: @escaping @Sendable (inout any Rows) throws -> Result
    ) async throws -> Result {
        try await primary.aside(statement, deadline: deadline, body)
    }

    package func inspect(_ wanted: Schema) async throws -> Schema { try await primary.inspect(wanted) }
    package func plan(_ schema: Schema) async throws -> Migration { try await primary.plan(schema) }

    package func migrate(
        to schema: Schema, allowDestructive: Bool, progress: @escaping @Sendable (MigrationProgress) -> Void
    ) async throws -> Migration {
        try await primary.migrate(to: schema, allowDestructive: allowDestructive, progress: progress)
    }

    package func migrate(
        to schema: Schema, edition: Edition, allowDestructive: Bool, progress: @escaping @Sendable (MigrationProgress) -> Void
    ) async throws -> Migration {
        try await primary.migrate(to: schema, edition: edition, allowDestructive: allowDestructive, progress: progress)
    }

    package func transaction<Result: Sendable>(
        under version: String, deadline: Deadline, _ body: @escaping @Sendable (any Connection) async throws -> Result
    ) async throws -> Result {
        try await primary.transaction(under: version, deadline: deadline, body)
    }

    package func edition(otherThan version: String) async throws -> Edition? {
        try await primary.edition(otherThan: version)
    }

    package func isKnown(edition version: String) async throws -> Bool { try await primary.isKnown(edition: version) }
    package func refreshStatistics() async throws { try await primary.refreshStatistics() }
    package func makeRoomAhead() async throws { try await primary.makeRoomAhead() }
}

/// Whether a caller has seen a row: from then on a read cannot begin anew elsewhere.
private final class Touch: Sendable {
    private let made = Atomic(false)

    var isMade: Bool { made.load(ordering: .relaxed) }
    func make() { made.store(true, ordering: .relaxed) }
}

private struct WatchedRows: Rows {
    var rows: any Rows
    let touch: Touch

    var columnCount: Int { rows.columnCount }
    var columnNames: [String] { rows.columnNames }
    func cell(_ index: Int) -> Cell { rows.cell(index) }

    mutating func next() throws -> Bool {
        let isThere = try rows.next()
        if isThere { touch.make() }
        return isThere
    }
}
