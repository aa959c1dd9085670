import SQL
import Synchronization

/// A connection on which many short reads are under way at once; their answers come in the order of the questions.
///
/// Everything happens on the loop's thread: a read is sent there, and its rows are shaped there, where libpq holds them.
actor Pipeline {
    /// One read, by who waits for it.
    private final class Call {
        let ticket: Ticket
        private(set) var outcome: Result<PostgresResult, any Error>?
        private var continuation: CheckedContinuation<Void, Never>?
        /// Whether nobody waits for an answer (any more).
        private(set) var isOver = true

        init(_ ticket: Ticket) { self.ticket = ticket }

        /// From now on an answer may come, even before the caller has gone to sleep.
        func begin() { (outcome, isOver) = (nil, false) }

        /// Gives the caller its answer, unless it had one; nil lets it go on.
        func end(_ outcome: Result<PostgresResult, any Error>?) {
            if isOver { return }
            (self.outcome, isOver) = (outcome, true)
            continuation?.resume()
            continuation = nil
        }

        /// Sleeps until the end. A caller with an executor of its own may be made to wait for its turn on the way here.
        func sleep(isolation: isolated (any Actor)? = #isolation) async {
            await withCheckedContinuation { continuation in
                if isOver { continuation.resume() } else { self.continuation = continuation }
            }
        }
    }

    private enum State {
        case idle
        case connecting(Attempt)
        case open(Link)
        case resting(until: ContinuousClock.Instant)
    }

    private let loop: EventLoop
    private let place: Int
    private let options: PostgresDatabase.Options
    private var state = State.idle
    private var backoff = Backoff()
    /// Reads that were sent, in their order.
    private var flying: [Call] = []
    /// Reads that wait for a connection, or for room on it.
    private var waiting: [Call] = []
    /// Until when the run loop waits.
    private var watch: ContinuousClock.Instant?
    /// Set when an interruption was sent for the first of the flying.
    private var interruptedUntil: ContinuousClock.Instant?
    private let isClosed = Atomic(false)
    private let count = Atomic(0)

    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    init(on loop: EventLoop, _ options: PostgresDatabase.Options) {
        (self.loop, place, self.options) = (loop, loop.join(), options)
    }

    /// How many reads it has to do.
    nonisolated var load: Int { count.load(ordering: .relaxed) }

    /// Has it look at its callers: one was cancelled.
    nonisolated func nudge() { loop.nudge(place) }

    nonisolated func close() {
        isClosed.store(true, ordering: .relaxed)
        nudge()
    }

    /// Runs a read; once more on another connection where its own broke.
    func read<Result: Sendable>(
        _ statement: Statement, _ ticket: Ticket, _ body: @Sendable (inout any Rows) throws -> Result
    ) async throws -> Result {
        if isClosed.load(ordering: .relaxed) { throw StorageError.unavailable("it is closed") }
        if waiting.count >= options.lineLimit { throw StorageError.busy("\(options.lineLimit) reads wait already") }
        count.add(1, ordering: .relaxed)
        defer { count.subtract(1, ordering: .relaxed) }
        let result = try await answer(statement, ticket)
        defer { result.end() }
        var rows: any Rows = PostgresRows(result)
        return try body(&rows)
    }

    private func answer(_ statement: Statement, _ ticket: Ticket) async throws -> PostgresResult {
        var attempt = 1
        while true {
            do { return try await fly(statement, ticket) } catch let loss as ConnectionLost {
                if attempt > 1 { throw StorageError(loss) }
            } catch let refusal as Refusal {
                // An interruption was meant for a neighbour, or the tables have changed.
                let mayPass = (refusal.isInterruption && ticket.isWanted) || refusal.isStalePlan || refusal.isCollision
                guard mayPass, attempt < 4 else { throw StorageError(refusal, sql: statement.sql) }
            }
            attempt += 1
        }
    }

    private func fly(_ statement: Statement, _ ticket: Ticket) async throws -> PostgresResult {
        let call = Call(ticket)
        while true {
            do { try ticket.check() } catch {
                // The room that this call does not take is another's.
                letIn()
                throw error
            }
            if case .open(let link) = state, flying.count < options.pipelineDepth {
                do {
                    try link.add(statement.sql, statement.binds)
                    try link.takeOff()
                } catch let loss as ConnectionLost {
                    lose(loss)
                    throw loss
                }
                call.begin()
                flying.append(call)
                break
            }
            call.begin()
            waiting.append(call)
            await wait(for: call)
            if case .failure(let error) = call.outcome { throw error }
        }
        await wait(for: call)
        guard let outcome = call.outcome else { throw StorageError.unavailable("it is closed") }
        return try outcome.get()
    }

    private func isWatching(_ call: Call) -> Bool {
        guard case .open(let link) = state, let watch else { return false }
        return watch <= call.ticket.deadline.instant && link.wish.events == .readable
    }

    /// Until somebody ends the call, or lets it go on.
    private func wait(for call: Call) async {
        // The run loop waits for the socket already, mostly also no longer than this call may take.
        if !isWatching(call) { loop.nudge(place) }
        await call.sleep()
    }
}

// MARK: The connection's life

extension Pipeline {
    /// Keeps the connection until the pipeline is closed and empty.
    func run() async {
        while !isClosed.load(ordering: .relaxed) || !flying.isEmpty || !waiting.isEmpty {
            let wish = wish
            watch = wish.until
            let wakeup = await loop.wait(at: place, for: wish)
            do { try proceed(wakeup) } catch { lose(error) }
            expire()
        }
        state = .idle
        loop.leave(place)
    }

    private var wish: EventLoop.Wish {
        var wish =
            switch state {
            case .idle: EventLoop.Wish(until: waiting.isEmpty ? nil : .now)
            case .connecting(let attempt): attempt.wish
            case .open(let link): link.wish
            case .resting(let moment): EventLoop.Wish(until: moment)
            }
        func limit(to moment: ContinuousClock.Instant) { wish.until = min(wish.until ?? moment, moment) }
        if let interruptedUntil { limit(to: interruptedUntil) }
        for call in flying where !call.isOver { limit(to: call.ticket.deadline.instant) }
        for call in waiting { limit(to: call.ticket.deadline.instant) }
        return wish
    }

    private func proceed(_ wakeup: EventLoop.Wakeup) throws {
        switch state {
        case .idle: if !waiting.isEmpty { state = .connecting(try Attempt(options)) }
        case .resting(let moment): if moment <= .now { state = waiting.isEmpty ? .idle : .connecting(try Attempt(options)) }
        case .connecting(let attempt):
            guard let link = try attempt.step() else { return }
            backoff.succeeded()
            state = .open(link)
            letIn()
        case .open(let link):
            try link.flush()
            if wakeup.contains(.readable) { try link.receive() }
            try deliver(link)
        }
    }

    private func deliver(_ link: Link) throws {
        while let flight = try link.land() {
            interruptedUntil = nil
            let call = flying.removeFirst()
            if let refusal = flight.refusal {
                call.end(.failure(refusal))
            } else if let result = flight.result {
                call.end(.success(result))
            } else {
                call.end(.failure(StorageError.statement(message: "The statement gives no rows", sql: "")))
            }
        }
        letIn()
    }

    /// Lets those go on who wait for room.
    private func letIn() {
        let room = options.pipelineDepth - flying.count
        let next = waiting.prefix(max(0, room))
        waiting.removeFirst(next.count)
        for call in next { call.end(nil) }
    }

    /// The connection is gone, or was not to be had.
    private func lose(_ error: any Error) {
        if case .open = state { state = .idle } else { state = .resting(until: backoff.failed()) }
        interruptedUntil = nil
        let lost = flying
        flying = []
        for call in lost where !call.isOver { call.end(.failure(error)) }
        guard backoff.isLongerThan(options.patience) || isClosed.load(ordering: .relaxed) else { return }
        let refused = waiting
        waiting = []
        let reason = (error as? ConnectionLost).map { StorageError($0) } ?? error
        for call in refused { call.end(.failure(reason)) }
    }

    /// Sends those away whom nobody wants any more, and interrupts the server where it works for one of them.
    private func expire() {
        for call in flying where !call.isOver && !call.ticket.isWanted { call.end(.failure(call.ticket.reason)) }
        let left = waiting.filter { !$0.ticket.isWanted }
        if !left.isEmpty {
            waiting.removeAll { !$0.ticket.isWanted }
            for call in left { call.end(.failure(call.ticket.reason)) }
        }
        if let moment = interruptedUntil, moment <= .now { return lose(ConnectionLost("the server does not answer")) }
        guard case .open(let link) = state, let first = flying.first, first.isOver, interruptedUntil == nil else { return }
        interruptedUntil = .now + .seconds(5)
        Interruption(of: link).send {}
    }
}
