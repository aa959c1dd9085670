import PostgresCluster
import SQL
import Storage
import Synchronization
import Testing

/// A primary with a streaming replica, whose watch looks when it is told to and whose clock moves when it is told to.
@Suite(.timeLimit(.minutes(3))) struct `Read replicas` {
    @Test func `answer what need not be the latest, and nothing else`() async throws {
        try await Pair.run { pair in
            try await pair.database.run(.account(1, name: "Acme"))
            try await pair.catchUp()
            #expect(try await pair.isReplica(.atLeast(nil)))
            #expect(try await pair.isReplica(.atLeast(pair.position())))
            #expect(try await !pair.isReplica(.latest))
            #expect(try await pair.names(.atLeast(nil)) == ["Acme"])
        }
    }

    @Test func `let a writer read what it wrote, however far behind they are`() async throws {
        try await Pair.run { pair in
            try await pair.pauseReplay()
            try await pair.database.run(.account(1, name: "Acme"))
            let position = try await pair.position()
            await pair.database.look()
            #expect(try await pair.names(.atLeast(position)) == ["Acme"])
            #expect(try await pair.names(.latest) == ["Acme"])
            #expect(try await pair.names(.atLeast(nil)) == [])

            try await pair.replica("SELECT pg_wal_replay_resume()")
            try await pair.catchUp()
            #expect(try await pair.isReplica(.atLeast(position)))
            #expect(try await pair.names(.atLeast(position)) == ["Acme"])
        }
    }

    @Test func `are left out while they are too far behind, and taken back`() async throws {
        try await Pair.run { pair in
            try await pair.pauseReplay()
            try await pair.database.run(.account(1, name: "Acme"))
            await pair.database.look()
            #expect(try await pair.isReplica(.atLeast(nil)))
            pair.advance(by: .seconds(9))
            #expect(try await pair.isReplica(.atLeast(nil)))
            pair.advance(by: .seconds(2))
            #expect(try await !pair.isReplica(.atLeast(nil)))
            await pair.database.look()
            #expect(pair.told.last?.contains("is left out: it is more than 10.0 seconds behind") == true)

            try await pair.replica("SELECT pg_wal_replay_resume()")
            try await pair.catchUp()
            #expect(try await pair.isReplica(.atLeast(nil)))
            #expect(pair.told.last?.hasSuffix("is taken back") == true)
        }
    }

    @Test func `that are killed fail no read, and are taken back when they are there again`() async throws {
        try await Pair.run { pair in
            try await pair.database.run(.account(1, name: "Acme"))
            try await pair.catchUp()
            let end = Tally()
            try await withThrowingTaskGroup(of: Int.self) { readers in
                for lane in [Lane.short, .long, .short, .long] {
                    readers.addTask {
                        var count = 0
                        repeat {
                            let names = try await pair.names(.atLeast(nil), lane)
                            #expect(names == ["Acme"])
                            count += 1
                        } while end.value == 0
                        return count
                    }
                }
                try await pair.server.kill()
                #expect(try await !pair.isReplica(.atLeast(nil)))
                await pair.database.look()
                end.add()
                for try await count in readers { #expect(count > 0) }
            }
            #expect(pair.told.contains { $0.contains("is left out: ") })
            #expect(pair.database.replicas.map(\.isServing) == [false])

            try await pair.server.restart()
            try await pair.catchUp()
            #expect(try await pair.isReplica(.atLeast(nil)))
        }
    }

    @Test func `that are none, or of another server, are never asked`() async throws {
        let (primary, other) = (
            try await PostgresServer.start(settings: ["fsync=off"]), try await PostgresCluster.shared.makeDatabase()
        )
        let database = ReplicatedDatabase(
            try await PostgresDatabase.open(PostgresAddress(primary.address)),
            replicas: [try PostgresAddress(primary.address), try PostgresAddress(other.address)], options: .manual)
        await database.look()
        #expect(database.replicas.map(\.isServing) == [false, false])
        #expect(database.replicas.allSatisfy { $0.complaint?.contains("it is no replica of the primary") == true })
        #expect(try await database.names(.atLeast(nil), "SELECT 'primary'") == ["primary"])
        await database.close()
        try primary.stop()
    }

    @Test(arguments: [
        ("0/0", true), ("16/B374D848", true), ("FFFFFFFF/FFFFFFFF", true), ("16", false), ("1/2/3", false), ("x/1", false),
        ("", false),
    ])
    func `a position in the log is written as PostgreSQL writes it`(text: String, isRight: Bool) {
        #expect(LogPosition(text)?.description == (isRight ? text : nil))
    }
}

private final class Pair: Sendable {
    let database: ReplicatedDatabase
    let server: PostgresReplica
    private let primary: PostgresServer
    private let direct: PostgresDatabase
    private let lines: Lines
    private let clock: ManualClock

    static func run(_ body: (Pair) async throws -> Void) async throws {
        let pair = try await Pair()
        try await body(pair)
        await pair.database.close()
        await pair.direct.close()
        try pair.primary.stop()
    }

    private init() async throws {
        primary = try await PostgresServer.start(settings: ["fsync=off"])
        let writer = try await PostgresDatabase.open(PostgresAddress(primary.address))
        try await writer.migrate(to: .sales)
        server = try await PostgresReplica.start(of: primary)
        let (lines, clock) = (Lines(), ManualClock())
        var options = ReplicatedDatabase.Options.manual
        options.tell = { lines.add($0) }
        options.now = { clock.now }
        database = ReplicatedDatabase(writer, replicas: [try PostgresAddress(server.address)], options: options)
        direct = try await PostgresDatabase.open(PostgresAddress(server.address))
        (self.lines, self.clock) = (lines, clock)
        try await catchUp()
    }

    var told: [String] { lines.all }
    func advance(by duration: Duration) { clock.advance(by: duration) }

    func position() async throws -> LogPosition { try #require(try await database.position()) }

    /// Until the replica serves, and has everything.
    func catchUp() async throws {
        let position = try await position()
        repeat {
            await database.look()
            await Task.yield()
        } while !database.replicas.allSatisfy { $0.isServing && $0.position.map { $0 >= position } ?? false }
    }

    func replica(_ sql: Fragment) async throws { _ = try await direct.texts(sql, lane: .long) }

    func pauseReplay() async throws {
        try await replica("SELECT pg_wal_replay_pause()")
        while try await direct.texts("SELECT pg_get_wal_replay_pause_state()", lane: .long) != ["paused"] { await Task.yield() }
    }

    func isReplica(_ freshness: Freshness) async throws -> Bool {
        try await database.names(freshness, "SELECT pg_is_in_recovery()") == ["1"]
    }

    func names(_ freshness: Freshness, _ lane: Lane = .short) async throws -> [String] {
        try await database.names(freshness, #"SELECT "Name" FROM "Account" ORDER BY 1"#, lane)
    }
}

extension ReplicatedDatabase {
    fileprivate func names(_ freshness: Freshness, _ sql: Fragment, _ lane: Lane = .short) async throws -> [String] {
        try await read(sql.statement(.postgres), lane: lane, freshness: freshness, deadline: .ample) { rows in
            var names: [String] = []
            while try rows.next() { names.append(rows.cell(0).string ?? "null") }
            return names
        }
    }
}

extension ReplicatedDatabase.Options {
    /// Nothing happens by itself.
    fileprivate static var manual: Self {
        var options = Self()
        options.interval = nil
        options.patience = .seconds(20)
        return options
    }
}

private final class ManualClock: Sendable {
    private let time = Mutex(ContinuousClock.now)

    var now: ContinuousClock.Instant { time.withLock { $0 } }
    func advance(by duration: Duration) { time.withLock { $0 += duration } }
}

private final class Lines: Sendable {
    private let lines = Mutex<[String]>([])

    var all: [String] { lines.withLock { $0 } }
    func add(_ line: String) { lines.withLock { $0.append(line) } }
}
