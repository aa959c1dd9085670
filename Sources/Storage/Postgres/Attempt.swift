import CLibPQ
import Foundation

/// The opening of one connection, which goes on whenever its socket is ready.
final class Attempt {
    private var handle: OpaquePointer?
    private let options: PostgresDatabase.Options
    private let until: ContinuousClock.Instant
    private var events = EventLoop.Wakeup.writable

    init(_ options: PostgresDatabase.Options) throws {
        (self.options, until) = (options, .now + options.connectTimeout)
        let parameters = options.address.parameters(options)
        let names = parameters.map { strdup($0.name) } + [nil]
        let values = parameters.map { strdup($0.value) } + [nil]
        defer { for text in names + values { free(text) } }
        handle = names.map { UnsafePointer($0) }.withUnsafeBufferPointer { names in
            values.map { UnsafePointer($0) }.withUnsafeBufferPointer { values in
                PQconnectStartParams(names.baseAddress, values.baseAddress, 1)
            }
        }
        guard let handle else { throw ConnectionLost("there is no memory for a connection") }
        // Notices would be printed.
        PQsetNoticeProcessor(handle, { _, _ in }, nil)
        if PQstatus(handle) == CONNECTION_BAD { throw failure }
    }

    deinit { if let handle { PQfinish(handle) } }

    var wish: EventLoop.Wish { EventLoop.Wish(socket: PQsocket(handle), events: events, until: until) }

    /// Goes on; the connection when it is open.
    func step() throws -> Link? {
        switch PQconnectPoll(handle) {
        case PGRES_POLLING_READING: events = .readable
        case PGRES_POLLING_WRITING: events = .writable
        case PGRES_POLLING_OK: return try open()
        default: throw failure
        }
        if ContinuousClock.now >= until { throw ConnectionLost("the server at \(options.address) does not answer") }
        return nil
    }

    private func open() throws -> Link? {
        guard let handle else { return nil }
        let version = PQserverVersion(handle)
        guard version >= 140_000 else {
            throw ConnectionLost("the server is PostgreSQL \(version / 10_000); 14 or later is needed")
        }
        self.handle = nil
        return try Link(handle, statementCacheSize: options.address.isPooled ? 0 : options.statementCacheSize)
    }

    private var failure: ConnectionLost { ConnectionLost(String(cString: PQerrorMessage(handle))) }
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
