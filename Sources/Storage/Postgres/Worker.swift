import SQL
import Synchronization

/// Owns one connection, and serves with it one caller after another.
actor Worker {
    typealias Line = WaitingLine<Worker>

    /// What the workers of one line know of each other.
    final class Lane: Sendable {
        /// How many are connected.
        let connected = Atomic(0)
    }

    let loop: EventLoop
    private let place: Int
    private let lane: Lane
    private let line: Line
    private let options: PostgresDatabase.Options
    private var connection: PostgresSession?
    private var backoff = Backoff()
    private var ticket: Ticket?

    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    init(on loop: EventLoop, _ lane: Lane, _ line: Line, _ options: PostgresDatabase.Options) {
        (self.loop, place, self.lane, self.line, self.options) = (loop, loop.join(), lane, line, options)
    }

    /// Serves the line until it is closed and empty.
    func run() async {
        while await line.wait() {
            guard await isConnected(), let waiting = line.takeNow(upTo: 1).first else { continue }
            await serve(waiting)
        }
        disconnect()
        loop.leave(place)
    }

    private func serve(_ waiting: Line.Waiting) async {
        ticket = waiting.ticket
        connection?.ticket = ticket
        waiting.ticket.whenCancelled { [loop, place] in loop.nudge(place) }
        do {
            try waiting.ticket.check()
            let deliver = try await waiting.perform(self)
            deliver()
        } catch { waiting.fail(StorageError.told(error)) }
        ticket = nil
        connection?.ticket = nil
        // A connection in the middle of something is never used again.
        if let connection, !connection.link.isAtRest { disconnect() }
    }
}

// MARK: Connecting

extension Worker {
    /// Whether there is a connection; where none can be had, it waits a little before it says no.
    private func isConnected() async -> Bool {
        if connection != nil { return true }
        do {
            try await connect()
            return true
        } catch {
            let error = (error as? ConnectionLost).map { StorageError($0) } ?? error
            let isAway = lane.connected.load(ordering: .relaxed) == 0
            if isAway, let error = error as? StorageError { line.hinder(error) }
            let next = backoff.failed()
            if isAway, backoff.isLongerThan(options.patience) || line.isClosed { line.refuseAll(error) }
            await pause(until: next)
            return false
        }
    }

    private func connect() async throws {
        let attempt = Attempt(options) { [loop, place] in loop.nudge(place) }
        while true {
            _ = await loop.wait(at: place, for: attempt.wish)
            if let link = try attempt.step() {
                connection = PostgresSession(link, on: loop, at: place, options)
                connection?.ticket = ticket
                backoff.succeeded()
                lane.connected.add(1, ordering: .relaxed)
                return line.hinder(nil)
            }
        }
    }

    private func disconnect() {
        guard connection != nil else { return }
        connection = nil
        lane.connected.subtract(1, ordering: .relaxed)
    }

    private func pause(until moment: ContinuousClock.Instant) async {
        _ = await loop.wait(at: place, for: EventLoop.Wish(until: moment))
    }

    /// The connection, opened again where it broke. A server that is just starting again is given a moment.
    private func session() async throws -> PostgresSession {
        while true {
            if let connection { return connection }
            do { try await connect() } catch let loss as ConnectionLost {
                let next = backoff.failed()
                if backoff.isLongerThan(options.patience) || ticket?.isWanted == false { throw loss }
                await pause(until: next)
            }
        }
    }
}

// MARK: Serving

extension Worker {
    /// Finds out whether the server takes us and can do what is needed, before anybody else works with the connection.
    func greet() async throws {
        if connection == nil { try await connect() }
        let encoding = try await session().texts("SHOW server_encoding")
        guard encoding == ["UTF8"] else {
            throw StorageError.unavailable(
                "it keeps texts as \(encoding.first ?? ""): create it with ENCODING 'UTF8' TEMPLATE template0")
        }
        // Behind a pooler nothing can be set for a session.
        let zone = try await session().texts("SHOW TimeZone").first ?? ""
        guard ["UTC", "Etc/UTC", "GMT"].contains(zone) else {
            throw StorageError.unavailable("it tells times in the zone \(zone): ALTER ROLE ... SET TimeZone = 'UTC' for our role")
        }
    }

    func stream<Result: Sendable>(
        _ statement: Statement, _ body: @Sendable (inout any Rows) throws -> Result
    ) async throws -> Result {
        try await again { session in try session.stream(statement, body) }
    }

    /// Lends the connection, and keeps the thread meanwhile.
    func hold<Result: Sendable>(_ work: @Sendable (PostgresSession) throws -> Result) async throws -> Result {
        try work(try await session())
    }

    /// Does `work` once more where the connection was found broken, or the tables have changed.
    private func again<Result>(_ work: (PostgresSession) throws -> Result) async throws -> Result {
        do { return try work(try await session()) } catch is ConnectionLost { disconnect() } catch let refusal as Refusal
            where refusal.isStalePlan
        {}
        return try work(try await session())
    }

    /// Runs `body` between `beginning` and COMMIT. Where it collided with another transaction, or the connection broke before
    /// anything could be committed, it runs again; so it does where a table had no part yet for a month.
    func transaction<Result: Sendable>(
        _ beginning: [String], _ body: @Sendable (any Connection) async throws -> Result
    ) async throws -> Result {
        var attempt = 1
        // Those that were made for it.
        var months: Set<Month> = []
        while true {
            let lease = PostgresLease(try await session(), beginning: beginning)
            do {
                let result = try await body(lease)
                try await lease.commit()
                return result
            } catch {
                var error = error
                do { try await lease.verify() } catch let refusal { error = refusal }
                await lease.undo()
                if lease.isLost { disconnect() }
                if let month = lease.missingMonth, months.insert(month).inserted {
                    try await session().makeMonths([month])
                    continue
                }
                guard lease.mayRunAgain, attempt < 5, ticket?.isWanted ?? true else { throw lease.reason(for: error) }
            }
            // Those who collided are not to meet again.
            await pause(until: .now + .milliseconds(attempt) * Double.random(in: 0.5...4))
            attempt += 1
        }
    }
}
