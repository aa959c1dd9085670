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
    private struct Inbox {
        var calls: [Errand.Call] = []
        var isClosed = false
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
    private let held = Atomic(false)
    private var state = State.idle
    private var backoff = Backoff()
    /// Those who were sent, in their order.
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

    /// Whether the server takes its time for what was sent first: who comes now had better go elsewhere.
    nonisolated var isHeld: Bool { held.load(ordering: .relaxed) }

    /// Runs a read; once more on another connection where its own broke.
    nonisolated func read<Output: Sendable>(
        _ statement: Statement, isChange: Bool = false, deadline: Deadline,
        _ body: @escaping @Sendable (inout any Rows) throws -> Output
    ) async throws -> Output {
        let ticket = Ticket(deadline: deadline)
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let boarding = Deadline.after(options.linePatience)
                submit(
                    Errand.Call(statement: statement, ticket: ticket, boarding: boarding, isChange: isChange) { answer in
                        let output = Result {
                            var rows: any Rows = try answer.get()
                            return try body(&rows)
                        }
                        continuation.resume(with: output)
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

    private nonisolated func submit(_ call: Errand.Call) {
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
            // Where the connection is found broken, they are among those who were on it.
            flying.append(Departure(of: &waiting, most: options.pipelineDepth))
            let parties = flying[flying.count - 1].parties.compactMap(wanted)
            flying[flying.count - 1].parties = parties
            let sent = try parties.filter { try isAdded($0, to: link) }
            flying[flying.count - 1].parties = sent
            if sent.isEmpty { flying.removeLast() } else { try link.takeOff() }
        }
    }

    /// Without those whom nobody wants any more.
    private func wanted(_ party: Party) -> Party? {
        for errand in party.errands where !errand.call.ticket.isWanted { end(errand, .failure(errand.call.ticket.reason)) }
        let errands = party.errands.filter { !$0.isOver }
        return errands.isEmpty ? nil : Party(errands: errands)
    }

    private func isAdded(_ party: Party, to link: Link) throws -> Bool {
        for errand in party.errands { errand.attempts += 1 }
        let statement = party.statement
        do { try link.add(statement.sql, statement.binds) } catch let error as StorageError {
            // Its values cannot be said: nothing was sent.
            for errand in party.errands { end(errand, .failure(error)) }
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
        if let first = flying.first, !isHeld { limit(to: first.since + options.pipelinePatience) }
        for errand in flying.flatMap(\.errands) where !errand.isOver { limit(to: errand.call.ticket.deadline.instant) }
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
        held.store(false, ordering: .relaxed)
        time(landed)
        var again: [Errand] = []
        for (party, answer) in zip(landed.parties, flight.answers) { again += deliver(answer, to: party) }
        for errand in again { errand.isAlone = true }
        waiting.insert(contentsOf: again, at: 0)
    }

    private func time(_ landed: Departure) {
        let now = ContinuousClock.now
        if !flying.isEmpty { flying[0].since = now }
        let isLong = now - landed.since >= options.slowPage
        slow?.note(landed.errands.lazy.map(\.call.statement.sql), isLong: isLong, since: landed.since, at: now)
    }

    /// Those for whom that was no answer, and who are sent again.
    private func deliver(_ answer: Flight.Answer, to party: Party) -> [Errand] {
        let errands = party.errands.filter { !$0.isOver }
        switch answer {
        case .result(let result):
            for (errand, rows) in zip(party.errands, party.rows(of: result)) { end(errand, .success(rows)) }
            result.end()
            return []
        case .refused(let refusal) where party.errands.count == 1: return errands.filter { !isRefused($0, refusal) }
        case .refused, .skipped:
            for errand in errands { errand.attempts -= 1 }
            return errands
        }
    }

    /// False where it may pass the next time: an interruption was meant for a neighbour, or the tables have changed.
    private func isRefused(_ errand: Errand, _ refusal: Refusal) -> Bool {
        let mayPass = (refusal.isInterruption && errand.call.ticket.isWanted) || refusal.isStalePlan || refusal.isCollision
        if mayPass, errand.attempts < 4 { return false }
        end(errand, .failure(StorageError(refusal, sql: errand.call.statement.sql)))
        return true
    }

    private func end(_ errand: Errand, _ answer: Result<PostgresRows, any Error>) {
        if !errand.isOver { count.subtract(1, ordering: .relaxed) }
        errand.end(answer)
    }

    /// The connection is gone, or was not to be had.
    private func lose(_ error: any Error) {
        if case .open = state { state = .idle } else { state = .resting(until: backoff.failed()) }
        interruptedUntil = nil
        held.store(false, ordering: .relaxed)
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
        if !isHeld, let since = flying.first?.since, since + options.pipelinePatience <= .now {
            held.store(true, ordering: .relaxed)
        }
        if let moment = interruptedUntil, moment <= .now { return lose(ConnectionLost("the server does not answer")) }
        guard case .open(let link) = state, interruptedUntil == nil, flying.first?.errands.contains(where: { $0.isOver }) ?? false
        else { return }
        interruptedUntil = .now + options.interruptionPatience
        Interruption(of: link).send {}
    }
}
