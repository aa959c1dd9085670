import SQL
import Synchronization

/// A connection at work for one caller at a time: what is sent is waited for, until the caller's deadline.
final class PostgresSession {
    let link: Link
    let options: PostgresDatabase.Options
    let loop: EventLoop
    let place: Int
    /// For whom the connection works; nil where nothing may interrupt it.
    var ticket: Ticket?

    private var interruption: Pending?

    /// An interruption that was asked for.
    private final class Pending: Sendable {
        let isSent = Atomic(false)
        /// When it is asked for again: one that comes between two statements meets nothing.
        let again = ContinuousClock.now + .seconds(1)
        /// When the connection is given up, if nothing comes of it.
        let until: ContinuousClock.Instant

        init(until: ContinuousClock.Instant) { self.until = until }

        /// When there is something to be done about it. While it is on its way, it says itself when it has been sent.
        var due: ContinuousClock.Instant { isSent.load(ordering: .acquiring) ? min(again, until) : until }
    }

    init(_ link: Link, on loop: EventLoop, at place: Int, _ options: PostgresDatabase.Options) {
        (self.link, self.loop, self.place, self.options) = (link, loop, place, options)
    }

    var isPooled: Bool { options.address.isPooled }

    /// Closes the flight and waits for it, while others use the thread.
    func fly() async throws -> Flight {
        try link.takeOff()
        while true {
            if let flight = try link.land() {
                try await settle()
                return try checked(flight)
            }
            try react(await loop.wait(at: place, for: wish))
        }
    }

    /// The same, keeping the thread.
    func flyBlocking() throws -> Flight {
        try link.takeOff()
        return try landBlocking()
    }

    func landBlocking() throws -> Flight {
        while true {
            if let flight = try link.land() {
                while isInterrupting { try react(loop.block(at: place, for: restWish), isAnswered: true) }
                return try checked(flight)
            }
            try react(loop.block(at: place, for: wish))
        }
    }

    /// Waits for an interruption that is still on its way.
    func settle() async throws {
        while isInterrupting { try react(await loop.wait(at: place, for: restWish), isAnswered: true) }
        interruption = nil
    }

    private func checked(_ flight: Flight) throws -> Flight {
        interruption = nil
        guard let refusal = flight.refusal else { return flight }
        if refusal.isInterruption { try ticket?.check() }
        throw refusal
    }
}

extension PostgresSession {
    private var isInterrupting: Bool { interruption.map { !$0.isSent.load(ordering: .acquiring) } ?? false }

    var wish: EventLoop.Wish {
        var wish = link.wish
        wish.until = interruption?.due ?? ticket?.deadline.instant
        return wish
    }

    /// An interruption that is still on its way could meet the next statement instead.
    private var restWish: EventLoop.Wish { EventLoop.Wish(until: interruption?.until) }

    /// - Parameter isAnswered: nothing is waited for but the interruption, which is then not repeated.
    func react(_ wakeup: EventLoop.Wakeup, isAnswered: Bool = false) throws {
        try link.flush()
        if wakeup.contains(.readable) { try link.receive() }
        if let interruption {
            if ContinuousClock.now >= interruption.until { throw ConnectionLost("the server does not answer") }
            if !isAnswered, ContinuousClock.now >= interruption.due { interrupt(until: interruption.until) }
        } else if let ticket, !ticket.isWanted {
            interrupt()
        }
    }

    func interrupt() { interrupt(until: .now + options.interruptionPatience) }

    private func interrupt(until end: ContinuousClock.Instant) {
        let pending = Pending(until: end)
        interruption = pending
        Interruption(of: link).send { [loop, place] in
            pending.isSent.store(true, ordering: .releasing)
            loop.nudge(place)
        }
    }
}

// MARK: Whole statements, keeping the thread

extension PostgresSession {
    @discardableResult
    func run(_ sql: String, _ binds: [Bind] = []) throws -> Int {
        try perform(sql, binds).changed
    }

    /// A statement that is run once and has no values.
    func command(_ sql: String) throws {
        do {
            try ticket?.check()
            try link.add(control: sql)
            _ = try flyBlocking()
        } catch let refusal as Refusal { throw StorageError(refusal, sql: sql) }
    }

    @discardableResult
    func run(_ sql: String, each sets: [[Bind]]) throws -> Int {
        do {
            try ticket?.check()
            for binds in sets { try link.add(sql, binds) }
            return sets.isEmpty ? 0 : try flyBlocking().changed
        } catch let refusal as Refusal { throw StorageError(refusal, sql: sql) }
    }

    func pause(_ duration: Duration) { _ = loop.block(at: place, for: EventLoop.Wish(until: .now + duration)) }

    func rows<Result>(_ sql: String, _ binds: [Bind] = [], _ body: (inout any Rows) throws -> Result) throws -> Result {
        guard let result = try perform(sql, binds).result else { throw StorageError.statement(message: "No rows", sql: sql) }
        defer { result.end() }
        var rows: any Rows = PostgresRows(result)
        return try body(&rows)
    }

    func integer(_ sql: String, _ binds: [Bind] = []) throws -> Int {
        try rows(sql, binds) { rows in try rows.next() ? Int(rows.cell(0).integer ?? 0) : 0 }
    }

    /// The first column of every row.
    func texts(_ sql: String, _ binds: [Bind] = []) throws -> [String] {
        try rows(sql, binds) { rows in
            var texts: [String] = []
            while try rows.next() { texts.append(rows.cell(0).string ?? "") }
            return texts
        }
    }

    /// Not prepared: these belong to maintenance, which changes the tables that they are about.
    private func perform(_ sql: String, _ binds: [Bind]) throws -> Flight {
        do {
            try ticket?.check()
            try link.add(sql, binds, isPrepared: false)
            return try flyBlocking()
        } catch let refusal as Refusal { throw StorageError(refusal, sql: sql) }
    }
}
