import Engine
import Jobs
import PostgresCluster
import SQL
import Simulation
import Storage
import Synchronization
import Testing
import Values

/// A simulation whose records are written and wait to be sent to a HubSpot of the test's.
struct Errand: Sendable {
    let theatre: Theatre
    let clock: LeapClock
    let id: String

    /// A simulation in which most things happen, and a short one.
    static let play = Theatre.play(["target": "HubSpot"])
    static let small = Theatre.play(["target": "HubSpot", "totalRecords": 4, "endTime": "2026-02-15T00:00:00Z"])

    static func run(
        on kinds: [DatabaseKind] = [.sqlite], _ order: JSON = small, _ clock: LeapClock = LeapClock(),
        _ body: (Errand) async throws -> Void
    ) async throws {
        // Which one it is matters to a job only; the tests send by themselves.
        let target = try FakeHubSpot(clock).target()
        try await Theatre.run(on: kinds, targets: [target], jobClock: clock) { theatre in
            let id = try await theatre.begin(order)
            try await theatre.drain()
            try await body(Errand(theatre: theatre, clock: clock, id: id))
        }
    }

    /// Sends until nothing is left, patiently: whatever passes is waited for, and after `most` failures that is enough.
    @discardableResult
    func deliver(_ target: any Target, most: Int = 40) async throws -> [TargetFailure] {
        var failures: [TargetFailure] = []
        while true {
            do {
                try await send(target)
                return failures
            } catch let failure as TargetFailure {
                failures.append(failure)
                guard case .passing(let wait) = failure.kind, failures.count < most else { return failures }
                clock.advance(by: wait ?? .seconds(60))
            }
        }
    }

    /// Sends once, by somebody who knows nothing of those before.
    func send(_ target: any Target) async throws {
        try await Sender(theatre.simulations, target, of: id, clock: clock).send(atMost: .seconds(1_000_000))
    }

    /// Has everything to be sent again to somebody who knows nothing of it.
    func reset() async throws {
        _ = try await theatre.engine.database.transaction(deadline: .after(.seconds(60))) { connection in
            try await connection.run(
                Statement(
                    sql:
                        #"UPDATE "martlet_effect" SET "State" = 'waiting', "RemoteKind" = NULL, "RemoteId" = NULL, "Error" = NULL"#
                ))
        }
    }

    var delivery: Delivery {
        get async throws { try #require(try await theatre.simulations.progress(id).delivery) }
    }

    /// What HubSpot holds after an undisturbed delivery.
    func clean() async throws -> FakeAccount {
        let hubSpot = try FakeHubSpot(clock)
        try await send(hubSpot.target())
        #expect(try await delivery.open == 0)
        try await reset()
        return hubSpot.account
    }
}

/// A target whose process dies now and then: before a request, or after it, so that nobody notes what came of it.
final class Mortal: Target {
    struct Death: Error {}

    private let target: any Target
    private let dies: @Sendable (Int) -> Bool
    private let moments = Mutex(0)

    /// - Parameter dies: whether it does at a moment; there are two around each request.
    init(_ target: any Target, _ dies: @escaping @Sendable (Int) -> Bool) { (self.target, self.dies) = (target, dies) }

    var form: TargetForm { target.form }

    func prepare() async throws { try await target.prepare() }

    func write(_ entries: [TargetEntry]) async throws -> [String: Verdict] {
        try live()
        let verdicts = try await target.write(entries)
        try live()
        return verdicts
    }

    func link(_ links: [TargetLink]) async throws -> [String: Verdict] {
        try live()
        let verdicts = try await target.link(links)
        try live()
        return verdicts
    }

    private func live() throws {
        let moment = moments.withLock { moment in
            moment += 1
            return moment
        }
        if dies(moment) { throw Death() }
    }
}
