import SQL
import Synchronization

/// A connection on which many short reads are under way at once; their answers come in the order of the questions.
///
/// Callers leave their reads in an inbox. Everything else happens on the loop's thread: reads are sent there, and their rows are
/// shaped there, where libpq holds them.
///
/// Those who come while the server is busy leave together, in one flight: what a message costs on both sides, and a transaction
/// on the server's, is shared by them.
actor Pipeline {
    /// What a caller leaves: its statement, and what to do with the answer.
    private struct Call: Sendable {
        let statement: Statement
        let ticket: Ticket
        /// When it is told that there was no room for it.
        let boarding: Deadline
        /// Whether it changes something, which the failure of a neighbour would undo.
        let isChange: Bool
        let finish: @Sendable (Result<PostgresResult, any Error>) -> Void
    }

    private struct Inbox {
        var calls: [Call] = []
        var isClosed = false
    }

    /// A read on its way.
    private final class Errand {
        let call: Call
        /// How often it was sent.
        var attempts = 0
        /// Whether it leaves with nobody; so does who was in a flight of several that failed.
        var isAlone: Bool
        /// Whether the caller has its answer; the server may still be at work.
        private(set) var isOver = false

        init(_ call: Call) { (self.call, isAlone) = (call, call.isChange) }

        func end(_ answer: Result<PostgresResult, any Error>) {
            if isOver { return }
            isOver = true
            call.finish(answer)
        }
    }

    /// Reads that left together.
    private struct Departure {
        var errands: [Errand] = []
        /// When the server could begin with them.
        var since = ContinuousClock.now
    }

    private enum State {
        case idle
        case connecting(Attempt)
        case open(Link)
        case resting(until: ContinuousClock.Instant)
    }

    let loop: EventLoop
    private let place: Int
    private let options: PostgresDatabase.Options
    /// Those are told of whom the server kept long; nil where nobody wants to know.
    private let slow: SlowStatements?
    private let inbox = Mutex(Inbox())
    private let count = Atomic(0)
    private var state = State.idle
    private var backoff = Backoff()
    /// Flights of reads that were sent, in their order.
    private var flying: [Departure] = []
    /// Reads that wait for a connection, or for room on it.
    private var waiting: [Errand] = []
    /// Set when an interruption was sent for the first of the flying.
    private var interruptedUntil: ContinuousClock.Instant?
    private var isClosed = false

    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    init(on loop: EventLoop, _ options: PostgresDatabase.Options, slow: SlowStatements? = nil) {
        (self.loop, place, self.options, self.slow) = (loop, loop.join(), options, slow)
    }
}

// MARK: For callers

extension Pipeline {
    /// How many reads it has to do.
    nonisolated var load: Int { count.load(ordering: .relaxed) }

    /// Runs a read; once more on another connection where its own broke.
    nonisolated func read<Output: Sendable>(
        _ statement: Statement, isChange: Bool = false, deadline: Deadline,
        _ body: @escaping @Sendable (inout any Rows) throws -> Output
    ) async throws -> Output {
        let ticket = Ticket(deadline: deadline)
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                submit(
                    Call(statement: statement, ticket: ticket, boarding: .after(options.linePatience), isChange: isChange) {
                        answer in
                        continuation.resume(with: Result { try Pipeline.shape(try answer.get(), body) })
                    })
            }
        } onCancel: {
            ticket.cancel()
            loop.nudge(place)
        }
    }

    nonisolated func close() {
        inbox.withLock { $0.isClosed = true }
        loop.nudge(place)
    }

    private static func shape<Output>(
        _ result: PostgresResult, _ body: (inout any Rows) throws -> Output
    ) throws -> Output {
        defer { result.end() }
        var rows: any Rows = PostgresRows(result)
        return try body(&rows)
    }

    private nonisolated func submit(_ call: Call) {
        let refusal: StorageError? = inbox.withLock { inbox in
            if inbox.isClosed { return .unavailable("it is closed") }
            if load >= options.lineLimit { return .busy("\(options.lineLimit) reads wait already") }
            count.add(1, ordering: .relaxed)
            inbox.calls.append(call)
            return nil
        }
        if let refusal { return call.finish(.failure(refusal)) }
        loop.nudge(place)
    }
}

// MARK: The connection's life

extension Pipeline {
    /// Keeps the connection until the pipeline is closed and empty.
    func run() async {
        while letIn() {
            let wakeup = await loop.wait(at: place, for: wish)
            do { try proceed(wakeup) } catch { lose(error) }
            expire()
        }
        state = .idle
        loop.leave(place)
    }

    /// Takes those in who came, and sends as many as there is room for; false at the end.
    private func letIn() -> Bool {
        isClosed = inbox.withLock { inbox in
            waiting += inbox.calls.map(Errand.init)
            inbox.calls.removeAll(keepingCapacity: true)
            return inbox.isClosed
        }
        if case .open(let link) = state {
            do { try takeOff(link) } catch { lose(error) }
        }
        return !isClosed || !flying.isEmpty || !waiting.isEmpty
    }

    /// Until when a read may wait for room: while there is no connection, it is the server that is waited for.
    private func boarding(_ errand: Errand) -> Deadline {
        if case .open = state, errand.attempts == 0 { errand.call.boarding } else { errand.call.ticket.deadline }
    }

    private func takeOff(_ link: Link) throws {
        while flying.count < options.pipelineFlights, !waiting.isEmpty {
            flying.append(Departure())
            try board(link)
            if flying.last?.errands.isEmpty == true { flying.removeLast() } else { try link.takeOff() }
        }
    }

    /// Adds those to the last flight who leave next.
    private func board(_ link: Link) throws {
        let flight = flying.count - 1
        var next = 0
        defer { waiting.removeFirst(next) }
        while next < waiting.count, flying[flight].errands.count < options.pipelineDepth {
            let errand = waiting[next]
            if errand.isAlone, !flying[flight].errands.isEmpty { return }
            next += 1
            // Where the connection is found broken, it is among those who were on it.
            flying[flight].errands.append(errand)
            if try !isAdded(errand, to: link) { flying[flight].errands.removeLast() } else if errand.isAlone { return }
        }
    }

    private func isAdded(_ errand: Errand, to link: Link) throws -> Bool {
        guard errand.call.ticket.isWanted else {
            end(errand, .failure(errand.call.ticket.reason))
            return false
        }
        errand.attempts += 1
        do { try link.add(errand.call.statement.sql, errand.call.statement.binds) } catch let error as StorageError {
            // Its values cannot be said: nothing was sent.
            end(errand, .failure(error))
            return false
        }
        return true
    }

    private var attempt: Attempt { Attempt(options) { [loop, place] in loop.nudge(place) } }

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
        for errand in flying.lazy.flatMap(\.errands) where !errand.isOver { limit(to: errand.call.ticket.deadline.instant) }
        for errand in waiting { limit(to: min(errand.call.ticket.deadline, boarding(errand)).instant) }
        return wish
    }

    private func proceed(_ wakeup: EventLoop.Wakeup) throws {
        switch state {
        case .idle: if !waiting.isEmpty { state = .connecting(attempt) }
        case .resting(let moment): if moment <= .now { state = waiting.isEmpty ? .idle : .connecting(attempt) }
        case .connecting(let attempt):
            guard let link = try attempt.step() else { return }
            backoff.succeeded()
            state = .open(link)
        case .open(let link):
            try link.flush()
            if wakeup.contains(.readable) { try link.receive() }
            while let flight = try link.land() { deliver(flight) }
        }
    }

    private func deliver(_ flight: Flight) {
        interruptedUntil = nil
        let landed = flying.removeFirst()
        time(landed)
        var again: [Errand] = []
        for (errand, answer) in zip(landed.errands, flight.answers) where !errand.isOver && !deliver(answer, to: errand) {
            errand.isAlone = true
            again.append(errand)
        }
        waiting.insert(contentsOf: again, at: 0)
    }

    private func time(_ landed: Departure) {
        guard let slow else { return }
        let now = ContinuousClock.now
        if now - landed.since >= options.slowPage { slow.note(landed.errands.map(\.call.statement.sql)) }
        if !flying.isEmpty { flying[0].since = now }
    }

    /// Whether that was the answer; else it is sent again.
    private func deliver(_ answer: Flight.Answer, to errand: Errand) -> Bool {
        switch answer {
        case .result(let result): end(errand, .success(result))
        case .skipped:
            errand.attempts -= 1
            return false
        case .refused(let refusal):
            // An interruption was meant for a neighbour, or the tables have changed.
            let mayPass = (refusal.isInterruption && errand.call.ticket.isWanted) || refusal.isStalePlan || refusal.isCollision
            if mayPass, errand.attempts < 4 { return false }
            end(errand, .failure(StorageError(refusal, sql: errand.call.statement.sql)))
        }
        return true
    }

    private func end(_ errand: Errand, _ answer: Result<PostgresResult, any Error>) {
        if !errand.isOver { count.subtract(1, ordering: .relaxed) }
        errand.end(answer)
    }

    /// The connection is gone, or was not to be had.
    private func lose(_ error: any Error) {
        if case .open = state { state = .idle } else { state = .resting(until: backoff.failed()) }
        interruptedUntil = nil
        let reason = (error as? ConnectionLost).map { StorageError($0) } ?? error
        let lost = flying.flatMap(\.errands).filter { !$0.isOver }
        flying = []
        for errand in lost where errand.attempts > 1 { end(errand, .failure(reason)) }
        waiting.insert(contentsOf: lost.filter { !$0.isOver }, at: 0)
        guard backoff.isLongerThan(options.patience) || isClosed else { return }
        for errand in waiting { end(errand, .failure(reason)) }
        waiting = []
    }

    /// Sends those away whom nobody wants any more, and interrupts the server where it works for one of them.
    private func expire() {
        for errand in flying.flatMap(\.errands) + waiting where !errand.call.ticket.isWanted {
            end(errand, .failure(errand.call.ticket.reason))
        }
        for errand in waiting where boarding(errand).isPast { end(errand, .failure(StorageError.lineIsLong)) }
        waiting.removeAll { $0.isOver }
        if let moment = interruptedUntil, moment <= .now { return lose(ConnectionLost("the server does not answer")) }
        guard case .open(let link) = state, interruptedUntil == nil, flying.first?.errands.contains(where: \.isOver) ?? false
        else { return }
        interruptedUntil = .now + options.interruptionPatience
        Interruption(of: link).send {}
    }
}
