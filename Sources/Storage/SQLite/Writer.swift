import CSQLite

/// Owns the one connection that writes, on a thread of its own, and commits groups of waiting transactions together.
actor Writer {
    typealias Line = WaitingLine<SQLiteConnection>

    private let thread = ThreadExecutor(name: "sqlite-writer")
    private let connection: SQLiteConnection
    private let line: Line
    private let options: SQLiteDatabase.Options

    nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    init(path: String, line: Line, options: SQLiteDatabase.Options) throws {
        connection = try SQLiteConnection(path: path, role: .writer, options: options)
        (self.line, self.options) = (line, options)
    }

    /// Serves the line until it is closed and empty.
    func run() async {
        while await line.wait() {
            guard await begin() else { continue }
            await commit(line.takeNow(upTo: options.groupLimit))
        }
        _ = try? connection.run("PRAGMA wal_checkpoint(TRUNCATE)")
        thread.stop()
    }

    /// Takes the file's write lock, for which another process may make us wait; who stands in the line meanwhile may leave it.
    private func begin() async -> Bool {
        let patience = Deadline.after(options.busyTimeout)
        defer { line.hinder(nil) }
        while true {
            do {
                try connection.run("BEGIN IMMEDIATE")
                return true
            } catch StorageError.busy(let message) {
                line.hinder(.busy(message))
                if patience.isPast { line.refuseAll(.busy(message)) }
                if line.isEmpty { return false }
                try? await Task.sleep(for: .milliseconds(5))
            } catch {
                line.refuseAll(error as? StorageError ?? .unavailable("\(error)"))
                return false
            }
        }
    }

    /// Runs the transactions of a group one after another and commits them at once. Where the database gives the whole
    /// up (its disk is full, a statement was interrupted), each runs again alone.
    private func commit(_ group: [Line.Waiting]) async {
        do {
            var outcomes: [@Sendable () -> Void] = []
            for waiting in group { outcomes.append(try await outcome(of: waiting)) }
            try connection.run("COMMIT")
            for outcome in outcomes { outcome() }
        } catch {
            if connection.isInTransaction { _ = try? connection.run("ROLLBACK") }
            await afterLoss(of: group, error)
        }
    }

    private func afterLoss(of group: [Line.Waiting], _ error: any Error) async {
        if group.count == 1 { return group[0].fail(error) }
        for waiting in group {
            do {
                try connection.run("BEGIN IMMEDIATE")
                await commit([waiting])
            } catch { waiting.fail(error) }
        }
    }

    /// Runs one transaction in its own savepoint, and says what its caller is to be told after the commit.
    /// Throws only where all that stands uncommitted is lost.
    private func outcome(of waiting: Line.Waiting) async throws -> @Sendable () -> Void {
        try connection.run("SAVEPOINT one")
        do {
            let deliver = try await attempt(waiting)
            try connection.run("RELEASE one")
            return deliver
        } catch {
            guard connection.isInTransaction else { throw error }
            try connection.run("ROLLBACK TO one")
            try connection.run("RELEASE one")
            return { waiting.fail(error) }
        }
    }

    private func attempt(_ waiting: Line.Waiting) async throws -> @Sendable () -> Void {
        try waiting.ticket.check()
        connection.begin(waiting.ticket)
        defer { connection.end() }
        let deliver = try await waiting.perform(connection)
        if connection.hasDanglingKeys { throw StorageError.foreignKey("A record written here points at one that does not exist") }
        return deliver
    }
}
