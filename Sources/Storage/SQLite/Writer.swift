import CSQLite

/// Owns the one connection that writes, on a thread of its own, and commits groups of waiting transactions together.
actor Writer {
    typealias Line = WaitingLine<SQLiteConnection>

    let thread = ThreadExecutor(name: "sqlite-writer")
    private let connection: SQLiteConnection
    private let line: Line
    private let log: LogKeeper
    private let options: SQLiteDatabase.Options

    /// How many shared the latest commit, and how long it took.
    private var latest = (count: 0, duration: Duration.zero)

    nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    init(path: String, line: Line, options: SQLiteDatabase.Options) throws {
        connection = try SQLiteConnection(path: path, role: .writer, options: options)
        log = LogKeeper(path: path, options: options)
        (self.line, self.options) = (line, options)
    }

    /// Serves the line until it is closed and empty.
    func run() async {
        while await line.wait() {
            do {
                await gather()
                try await begin { !line.isEmpty }
                let group = line.takeNow(upTo: options.groupLimit)
                if let waiting = group.first, waiting.isAlone { await serveAlone(waiting) } else { await commit(group) }
            } catch { line.refuseAll(error) }
        }
        log.finish(on: connection)
        thread.stop()
    }

    /// Where commits are slow, waits a little for those whose latest write was just acknowledged: two groups would else take
    /// turns, each with a commit of its own.
    private func gather() async {
        guard latest.duration > .milliseconds(1), line.count < latest.count else { return }
        try? await Task.sleep(for: latest.duration / 4)
    }

    /// Takes the file's write lock, for which another process may make us wait. Who stands in the line meanwhile may leave it.
    private func begin(while isWanted: () -> Bool) async throws {
        let patience = Deadline.after(options.busyTimeout)
        defer { line.hinder(nil) }
        while true {
            do {
                try connection.beginWriting()
                return
            } catch StorageError.busy(let message) where !patience.isPast && isWanted() {
                line.hinder(.busy(message))
                try? await Task.sleep(for: .milliseconds(5))
            }
        }
    }
}

extension Writer {
    /// Runs the transactions of a group one after another and commits them at once. Where the database gives up the whole
    /// (its disk is full, a statement was interrupted), each runs again alone.
    private func commit(_ group: [Line.Waiting]) async {
        do {
            var outcomes: [@Sendable () -> Void] = []
            // One that has no neighbours needs no savepoint, for which every page it changes would be kept: all is undone with it.
            if group.count == 1 {
                outcomes = [try await attempt(group[0])]
            } else {
                for waiting in group { outcomes.append(try await outcome(of: waiting)) }
            }
            let start = ContinuousClock.now
            try connection.commit()
            latest = (group.count, .now - start)
            for outcome in outcomes { outcome() }
            log.grew(on: connection)
        } catch {
            if connection.isInTransaction { try? connection.rollBack() }
            await afterLoss(of: group, error)
        }
    }

    private func afterLoss(of group: [Line.Waiting], _ error: any Error) async {
        if group.count == 1 { return group[0].fail(error) }
        for waiting in group {
            do {
                try await begin { waiting.ticket.isWanted }
                await commit([waiting])
            } catch { waiting.fail(error) }
        }
    }

    /// Runs one transaction in a savepoint, and gives back how its caller learns of it, which must wait for the commit.
    /// Throws only where all that stands uncommitted is lost.
    private func outcome(of waiting: Line.Waiting) async throws -> @Sendable () -> Void {
        try connection.beginSavepoint()
        do {
            let deliver = try await attempt(waiting)
            try connection.releaseSavepoint()
            return deliver
        } catch {
            guard connection.isInTransaction else { throw error }
            try connection.undoSavepoint()
            return { waiting.fail(error) }
        }
    }

    private func attempt(_ waiting: Line.Waiting) async throws -> @Sendable () -> Void {
        try waiting.ticket.check()
        connection.begin(waiting.ticket)
        defer { connection.end() }
        let deliver = try await waiting.perform(connection)
        // The body may have kept to itself why nothing could be done any more.
        try waiting.ticket.check()
        guard connection.isInTransaction else { throw StorageError.lost }
        // Left for the commit to find, it would undo the neighbours too.
        if connection.hasDanglingKeys {
            throw StorageError.foreignKey("a record written in this transaction points at one that does not exist")
        }
        return deliver
    }

    /// Work that begins and ends its own transactions.
    private func serveAlone(_ waiting: Line.Waiting) async {
        line.hinder(.busy("its tables are being changed"))
        defer { line.hinder(nil) }
        do {
            try connection.rollBack()
            connection.begin(waiting.ticket)
            defer { connection.end() }
            let deliver = try await waiting.perform(connection)
            deliver()
        } catch { waiting.fail(error) }
    }
}
