import CLibPQ
import Dispatch
import SQL

/// One connection to a PostgreSQL server, used by one thread at a time.
///
/// It is in pipeline mode: commands leave in flights, each closed by a sync, and flights land in their order. What fails in a
/// flight takes the rest of that flight with it, and nothing else. Nothing here waits.
final class Link {
    enum Role {
        case preparation(PreparedStatements.Entry)
        /// BEGIN, SAVEPOINT and the like.
        case control
        /// With what it was prepared as.
        case statement(PreparedStatements.Entry?)
        case sync
    }

    let handle: OpaquePointer
    /// The descriptor of its socket.
    var socket: Int32 { PQsocket(handle) }
    private var statements: PreparedStatements
    /// What is under way, the oldest first.
    private var expected: [Role] = []
    private var landing = Flight()
    /// Whether a command was refused that stands before the statement it is for.
    private var isRefusalOpen = false
    /// Whether the end of that refusal was read, where it was refused at its sync.
    private var isEndSeen = false
    private var isOut = true

    init(_ handle: OpaquePointer, statementCacheSize: Int) throws {
        self.handle = handle
        statements = PreparedStatements(capacity: statementCacheSize)
        guard PQsetnonblocking(handle, 1) == 0, PQenterPipelineMode(handle) == 1 else { throw lost }
    }

    deinit { PQfinish(handle) }

    /// Whether nothing is under way and no transaction is open.
    var isAtRest: Bool {
        expected.isEmpty && PQstatus(handle) == CONNECTION_OK && PQtransactionStatus(handle) == PQTRANS_IDLE
    }

    /// Whether a transaction is open, be it that it can only be undone any more.
    var isInTransaction: Bool { [PQTRANS_INTRANS, PQTRANS_INERROR].contains(PQtransactionStatus(handle)) }

    /// Whether there is something to wait for.
    var isWaiting: Bool { !expected.isEmpty }

    /// Whether the socket has not taken everything yet.
    var isSending: Bool { !isOut }

    /// What to wait for on the socket.
    var wish: EventLoop.Wish { EventLoop.Wish(socket: socket, events: isOut ? .readable : [.readable, .writable]) }
}

// MARK: Sending

extension Link {
    /// Adds a command without values and rows.
    ///
    /// - Parameter isUsual: worth being prepared, as a statement is.
    func add(control sql: String, isUsual: Bool = false) throws {
        if isUsual, !statements.isOff {
            let entry = try prepared(sql, Parameters([], sql: sql))
            guard PQsendQueryPrepared(handle, entry.name, 0, nil, nil, nil, 0) == 1 else { throw lost }
            return expected.append(.control)
        }
        guard PQsendQueryParams(handle, sql, 0, nil, nil, nil, nil, 0) == 1 else { throw lost }
        expected.append(.control)
    }

    /// Adds a statement to the flight, and its preparation where this connection has not seen it yet.
    func add(_ sql: String, _ binds: [Bind], isPrepared: Bool = true) throws {
        let parameters = try Parameters(binds, sql: sql)
        let entry = statements.isOff || !isPrepared ? nil : try prepared(sql, parameters)
        try send(parameters) { types, values in
            if let entry { return PQsendQueryPrepared(handle, entry.name, Int32(binds.count), values, nil, nil, 0) }
            return PQsendQueryParams(handle, sql, Int32(binds.count), types, values, nil, nil, 0)
        }
        expected.append(.statement(entry))
    }

    /// Closes the flight and sends it off.
    func takeOff() throws {
        guard PQpipelineSync(handle) == 1 else { throw lost }
        expected.append(.sync)
        try flush()
    }

    /// Sends what the socket takes.
    func flush() throws {
        let rest = PQflush(handle)
        if rest < 0 { throw lost }
        isOut = rest == 0
    }

    private func prepared(_ sql: String, _ parameters: Parameters) throws -> PreparedStatements.Entry {
        if let entry = statements.find(sql, parameters.types) { return entry }
        let entry = statements.make(sql, parameters.types)
        for old in statements.surplus() { try add(control: "DEALLOCATE \(old.name)") }
        guard PQsendPrepare(handle, entry.name, sql, Int32(entry.types.count), entry.types) == 1 else { throw lost }
        expected.append(.preparation(entry))
        return entry
    }

    private func send(
        _ parameters: Parameters, _ body: (UnsafePointer<Oid>?, UnsafePointer<UnsafePointer<CChar>?>?) -> Int32
    ) throws {
        guard parameters.withPointers(body) == 1 else { throw lost }
    }
}

// MARK: Receiving

/// What came of one flight.
struct Flight {
    enum Answer {
        case result(PostgresResult)
        case refused(Refusal)
        /// Nothing was done, since an earlier statement of the flight was refused.
        case skipped
    }

    /// One for each statement, in their order.
    var answers: [Answer] = []
    /// Rows changed by all its statements.
    var changed = 0
    /// Of the first command that failed.
    var refusal: Refusal?

    /// Of its last statement.
    var result: PostgresResult? { if case .result(let result) = answers.last { result } else { nil } }
}

extension Link {
    /// Reads what has arrived.
    func receive() throws {
        guard PQconsumeInput(handle) == 1, PQstatus(handle) == CONNECTION_OK else { throw lost }
    }

    /// The next flight that has landed; nil while the oldest is still under way.
    func land() throws -> Flight? {
        while let role = expected.first, PQisBusy(handle) == 0 {
            guard let result = PQgetResult(handle).map(PostgresResult.init) else {
                // What ends at a sync is the refusal of the whole flight; the sync itself follows.
                if case .sync = role, isRefusalOpen, !isEndSeen {
                    isEndSeen = true
                    continue
                }
                if case .sync = role { throw ConnectionLost("its answers are out of step") }
                expected.removeFirst()
                continue
            }
            if case .sync = role, result.status == PGRES_PIPELINE_SYNC {
                expected.removeFirst()
                defer { (landing, isRefusalOpen, isEndSeen) = (Flight(), false, false) }
                // Refused at its very end, as by a deferred constraint: nothing of it is there.
                if isRefusalOpen, let refusal = landing.refusal {
                    landing.answers = landing.answers.map { _ in .refused(refusal) }
                }
                return landing
            }
            try note(result, of: role)
        }
        return nil
    }

    /// The next row of a flight of one statement as soon as it is there; a result without rows is the end, nil means waiting.
    func piece() throws -> PostgresResult? {
        streamNext()
        while let role = expected.first, PQisBusy(handle) == 0 {
            guard let result = PQgetResult(handle).map(PostgresResult.init) else {
                expected.removeFirst()
                streamNext()
                continue
            }
            if case .statement = role, [PGRES_SINGLE_TUPLE, PGRES_TUPLES_OK].contains(result.status) { return result }
            try note(result, of: role)
            if let refusal = landing.refusal { throw refusal }
        }
        return nil
    }

    /// Rows come one by one if that is said before the first of them is looked at.
    private func streamNext() {
        if case .statement = expected.first { _ = PQsetSingleRowMode(handle) }
    }

    private func note(_ result: PostgresResult, of role: Role) throws {
        switch (result.status, role) {
        case (PGRES_TUPLES_OK, .statement), (PGRES_COMMAND_OK, .statement):
            landing.changed += result.changedRows
            landing.answers.append(.result(result))
        case (PGRES_FATAL_ERROR, _):
            var refusal = Refusal(result)
            if refusal.endsConnection || PQstatus(handle) != CONNECTION_OK { throw ConnectionLost(refusal.message) }
            // An earlier flight was to prepare it, and was refused.
            if refusal.isUnprepared, case .statement(let entry?) = role, let cause = entry.refusal { refusal = cause }
            landing.refusal = refusal
            if case .statement = role { landing.answers.append(.refused(refusal)) } else { isRefusalOpen = true }
            forget(role)
            if refusal.isStalePlan { statements.removeAll() }
        case (PGRES_PIPELINE_ABORTED, .statement):
            // What was refused before it, its preparation perhaps, was for its sake.
            if isRefusalOpen, let refusal = landing.refusal {
                landing.answers.append(.refused(refusal))
                isRefusalOpen = false
            } else {
                landing.answers.append(.skipped)
            }
        case (PGRES_PIPELINE_ABORTED, _): forget(role)
        default: break
        }
    }

    private func forget(_ role: Role) {
        guard case .preparation(let entry) = role else { return }
        entry.refusal = landing.refusal
        statements.forget(entry)
    }

    var lost: ConnectionLost { ConnectionLost(String(cString: PQerrorMessage(handle))) }
}

/// Asks a server to interrupt what it does for a connection. That takes a connection of its own, and blocks: it is done by
/// a thread that may.
struct Interruption: Sendable {
    private let address: UInt
    /// Its own: the shared ones have no thread to spare while all cores compute.
    private static let queue = DispatchQueue(label: "interruptions", attributes: .concurrent)

    init(of link: Link) { address = UInt(bitPattern: PQgetCancel(link.handle)) }

    func send(_ done: @escaping @Sendable () -> Void) {
        Interruption.queue.async {
            guard let key = OpaquePointer(bitPattern: address) else { return done() }
            var message: [CChar] = Array(repeating: 0, count: 256)
            PQcancel(key, &message, Int32(message.count))
            PQfreeCancel(key)
            done()
        }
    }
}
