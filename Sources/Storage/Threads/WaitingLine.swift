import Dispatch
import Synchronization

/// Work that waits for one of a few threads that own a resource: first come, first served.
///
/// The line is bounded; who waits leaves it when its task is cancelled or its deadline passes, even while every thread is
/// blocked.
final class WaitingLine<Resource>: Sendable {
    /// One caller in the line: its work, and the two ways to wake it, of which exactly one is called once.
    struct Waiting: Sendable {
        let ticket: Ticket
        /// When it leaves the line unserved.
        let until: Deadline
        /// Whether the work shares the resource's present use with nobody.
        let isAlone: Bool
        /// Does the work; what it returns hands the result to the caller.
        let perform: @Sendable (Resource) async throws -> @Sendable () -> Void
        let fail: @Sendable (any Error) -> Void
    }

    private struct State {
        var waiting: [Waiting] = []
        var idle: [CheckedContinuation<Void, Never>] = []
        var isClosed = false
        /// When the next look at the deadlines is due.
        var alarm: Deadline?
        /// Why nobody is served at present, where that is known.
        var hindrance: StorageError?
    }

    private let state = Mutex(State())
    private let limit: Int

    init(limit: Int) { self.limit = limit }

    /// Waits for a thread, has it run `body`, and gives back what that made.
    ///
    /// - Parameter patience: how long it may wait in the line, where that is less than the deadline allows.
    func submit<Result: Sendable>(
        deadline: Deadline, patience: Duration? = nil, isAlone: Bool = false,
        _ body: @escaping @Sendable (Resource) async throws -> Result
    ) async throws -> Result {
        let ticket = Ticket(deadline: deadline)
        let until = patience.map { min(deadline, .after($0)) } ?? deadline
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Result, any Error>) in
                let waiting = Waiting(
                    ticket: ticket, until: until, isAlone: isAlone,
                    perform: { resource in
                        let result = try await body(resource)
                        return { continuation.resume(returning: result) }
                    },
                    fail: { continuation.resume(throwing: $0) })
                add(waiting)
            }
        } onCancel: {
            cancel(ticket)
        }
    }

    /// Up to `count` who wait, in their order; waits until there is someone. Empty when the line is closed and served.
    func take(upTo count: Int) async -> [Waiting] {
        while await wait() {
            let taken = takeNow(upTo: count)
            if !taken.isEmpty { return taken }
        }
        return []
    }

    /// Waits until somebody is in the line; false when the line is closed and served.
    func wait() async -> Bool {
        await withCheckedContinuation { continuation in
            let isReady = state.withLock { state in
                let isReady = !state.waiting.isEmpty || state.isClosed
                if !isReady { state.idle.append(continuation) }
                return isReady
            }
            if isReady { continuation.resume() }
        }
        return state.withLock { !$0.waiting.isEmpty || !$0.isClosed }
    }

    /// Those who can be served together and come first, at most `count`.
    func takeNow(upTo count: Int) -> [Waiting] {
        state.withLock { state in
            let group = state.waiting.prefix(count).prefix { !$0.isAlone }
            let taken = Array(group.isEmpty ? state.waiting.prefix(1) : group)
            state.waiting.removeFirst(taken.count)
            return taken
        }
    }

    var isEmpty: Bool { count == 0 }
    var count: Int { state.withLock { $0.waiting.count } }
    var isClosed: Bool { state.withLock { $0.isClosed } }

    /// Says what those are told who waited in vain from now on; nil where all are just at work.
    func hinder(_ error: StorageError?) { state.withLock { $0.hindrance = error } }

    /// Sends everybody away who waits.
    func refuseAll(_ error: any Error) {
        let refused = state.withLock { state in
            defer { state.waiting = [] }
            return state.waiting
        }
        for waiting in refused { waiting.fail(error) }
    }

    /// Lets nobody in any more; who waits is still served.
    func close() {
        let idle = state.withLock { state in
            state.isClosed = true
            defer { state.idle = [] }
            return state.idle
        }
        for continuation in idle { continuation.resume() }
    }
}

extension WaitingLine {
    private func add(_ waiting: Waiting) {
        let refusal: (any Error)? = state.withLock { state in
            if waiting.ticket.isCancelled { return CancellationError() }
            if state.isClosed { return StorageError.unavailable("it is closed") }
            if state.waiting.count >= limit {
                return StorageError.busy("\(limit) transactions or reads wait already")
            }
            state.waiting.append(waiting)
            return nil
        }
        if let refusal { return waiting.fail(refusal) }
        state.withLock { $0.idle.popLast() }?.resume()
        setAlarm(waiting.until)
    }

    private func cancel(_ ticket: Ticket) {
        ticket.cancel()
        let waiting = state.withLock { state in
            state.waiting.firstIndex { $0.ticket === ticket }.map { state.waiting.remove(at: $0) }
        }
        waiting?.fail(CancellationError())
    }

    /// Arranges for a look at the deadlines at `deadline`, unless one is due by then.
    private func setAlarm(_ deadline: Deadline) {
        let isNeeded = state.withLock { state in
            if let alarm = state.alarm, alarm <= deadline { return false }
            state.alarm = deadline
            return true
        }
        guard isNeeded else { return }
        let delay = max(.zero, ContinuousClock.now.duration(to: deadline.instant)) + .milliseconds(1)
        waitingLineAlarms.asyncAfter(deadline: .now() + delay / .seconds(1)) { [weak self] in self?.expire(deadline) }
    }

    private func expire(_ alarm: Deadline) {
        let (expired, hindrance, next) = state.withLock { state in
            if state.alarm == alarm { state.alarm = nil }
            let now = Deadline.after(.zero)
            let expired = state.waiting.filter { $0.until <= now }
            if !expired.isEmpty { state.waiting.removeAll { $0.until <= now } }
            return (expired, state.hindrance, state.waiting.map(\.until).min())
        }
        for waiting in expired {
            waiting.fail(hindrance ?? (waiting.ticket.deadline.isPast ? .deadline : .lineIsLong))
        }
        if let next { setAlarm(next) }
    }
}

extension StorageError {
    /// For who waited for a connection in vain.
    static let lineIsLong = StorageError.busy("all its connections have been at work for others")
}

/// A queue of its own: the threads of the shared ones may all be taken by computations.
private let waitingLineAlarms = DispatchQueue(label: "waiting-line-alarms")

/// Until when the work of one caller is wanted.
final class Ticket: Sendable {
    let deadline: Deadline
    private let cancelled = Atomic(false)
    private let alarm = Mutex<(@Sendable () -> Void)?>(nil)

    init(deadline: Deadline) { self.deadline = deadline }

    var isWanted: Bool { !isCancelled && !deadline.isPast }
    var isCancelled: Bool { cancelled.load(ordering: .relaxed) }

    func cancel() {
        cancelled.store(true, ordering: .relaxed)
        alarm.withLock { $0 }?()
    }

    /// Has `alarm` called when the work is cancelled: for whoever waits for something else than this ticket.
    func whenCancelled(_ alarm: @escaping @Sendable () -> Void) {
        self.alarm.withLock { $0 = alarm }
        if isCancelled { alarm() }
    }

    /// Throws when nobody wants the work any more.
    func check() throws { if !isWanted { throw reason } }

    /// Why it is not wanted any more.
    var reason: any Error { isCancelled ? CancellationError() : StorageError.deadline }
}
