import CLibPQ
import Foundation
import Synchronization

/// The opening of one connection, on a thread of its own: looking up a host's name blocks, and so does encryption's handshake
/// for a while.
final class Attempt {
    private let outcome = Outcome()
    private let options: PostgresDatabase.Options
    private let until: ContinuousClock.Instant

    /// - Parameter done: called when there is something to `step` to.
    init(_ options: PostgresDatabase.Options, done: @escaping @Sendable () -> Void) {
        (self.options, until) = (options, .now + options.connectTimeout)
        let (outcome, until) = (outcome, until)
        Thread.detachNewThread {
            outcome.end(Opening(options, until: until).result())
            done()
        }
    }

    deinit { outcome.abandon() }

    var wish: EventLoop.Wish { EventLoop.Wish(until: until) }

    /// The connection when it is open; nil as long as it may become so.
    func step() throws -> Link? {
        guard let result = outcome.take() else {
            if ContinuousClock.now >= until { throw Opening.silence(options) }
            return nil
        }
        return try Link(try result.get().handle(), statementCacheSize: options.address.isPooled ? 0 : options.statementCacheSize)
    }
}

/// A connection that nobody works with yet.
private struct Opened: Sendable {
    private let address: UInt

    init(_ handle: OpaquePointer) { address = UInt(bitPattern: handle) }

    func handle() throws -> OpaquePointer {
        guard let handle = OpaquePointer(bitPattern: address) else { throw ConnectionLost("") }
        return handle
    }

    func close() { PQfinish(OpaquePointer(bitPattern: address)) }
}

/// What comes of an attempt, unless nobody waits for it any more.
private final class Outcome: Sendable {
    private struct State {
        var result: Result<Opened, ConnectionLost>?
        var isAbandoned = false
    }

    private let state = Mutex(State())

    func end(_ result: Result<Opened, ConnectionLost>) {
        let isAbandoned = state.withLock { state in
            if !state.isAbandoned { state.result = result }
            return state.isAbandoned
        }
        if isAbandoned { try? result.get().close() }
    }

    func take() -> Result<Opened, ConnectionLost>? {
        state.withLock { state in
            defer { state.result = nil }
            return state.result
        }
    }

    func abandon() {
        state.withLock { $0.isAbandoned = true }
        try? take()?.get().close()
    }
}

/// The work of an attempt, on a thread that may block.
private struct Opening {
    private let options: PostgresDatabase.Options
    private let until: ContinuousClock.Instant

    init(_ options: PostgresDatabase.Options, until: ContinuousClock.Instant) { (self.options, self.until) = (options, until) }

    func result() -> Result<Opened, ConnectionLost> {
        guard let handle = start() else { return .failure(ConnectionLost("there is no memory for a connection")) }
        do throws(ConnectionLost) {
            try finish(handle)
            return .success(Opened(handle))
        } catch {
            PQfinish(handle)
            return .failure(error)
        }
    }

    static func silence(_ options: PostgresDatabase.Options) -> ConnectionLost {
        ConnectionLost("the server at \(options.address) does not answer")
    }

    private func start() -> OpaquePointer? {
        let parameters = options.address.parameters(options)
        let names = parameters.map { strdup($0.name) } + [nil]
        let values = parameters.map { strdup($0.value) } + [nil]
        defer { for text in names + values { free(text) } }
        return names.map { UnsafePointer($0) }.withUnsafeBufferPointer { names in
            values.map { UnsafePointer($0) }.withUnsafeBufferPointer { values in
                PQconnectStartParams(names.baseAddress, values.baseAddress, 1)
            }
        }
    }

    private func finish(_ handle: OpaquePointer) throws(ConnectionLost) {
        // Notices would be printed.
        PQsetNoticeProcessor(handle, { _, _ in }, nil)
        if PQstatus(handle) == CONNECTION_BAD { throw failure(handle) }
        var events = Int16(POLLOUT)
        while true {
            var socket = pollfd(fd: PQsocket(handle), events: events, revents: 0)
            poll(&socket, 1, EventLoop.timeout(until: until))
            switch PQconnectPoll(handle) {
            case PGRES_POLLING_READING: events = Int16(POLLIN)
            case PGRES_POLLING_WRITING: events = Int16(POLLOUT)
            case PGRES_POLLING_OK: return try checkVersion(handle)
            default: throw failure(handle)
            }
            if ContinuousClock.now >= until { throw Opening.silence(options) }
        }
    }

    private func checkVersion(_ handle: OpaquePointer) throws(ConnectionLost) {
        let version = PQserverVersion(handle)
        if version < 140_000 { throw ConnectionLost("the server is PostgreSQL \(version / 10_000); 14 or later is needed") }
    }

    private func failure(_ handle: OpaquePointer) -> ConnectionLost { ConnectionLost(String(cString: PQerrorMessage(handle))) }
}

/// The pauses between attempts to connect, which grow while nothing answers.
struct Backoff {
    private(set) var since: ContinuousClock.Instant?
    private var pause = Duration.milliseconds(50)

    /// Whether the server has been away for longer than callers are let wait.
    func isLongerThan(_ patience: Duration) -> Bool { since.map { .now - $0 > patience } ?? false }

    /// When to try again. The pauses differ, so that not all connections come at the same time.
    mutating func failed() -> ContinuousClock.Instant {
        if since == nil { since = .now }
        defer { pause = min(pause * 2, .seconds(1)) }
        return .now + pause * Double.random(in: 0.75...1)
    }

    mutating func succeeded() { self = Backoff() }
}
