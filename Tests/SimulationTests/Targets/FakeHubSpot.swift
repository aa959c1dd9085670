import Curl
import Jobs
import Simulation
import StubServer
import Synchronization
import Values

/// HubSpot as its pages describe it, as far as the connector needs it, over a socket: it has an account, keeps to its limits, and
/// does on demand whatever it may do to its callers.
final class FakeHubSpot: Sendable {
    /// What happens to a request beside, or instead of, what it asks for.
    enum Fault: Sendable {
        /// It is answered so, and not carried out.
        case refuse(Int, JSON = [:], headers: [String] = [])
        /// The connection ends before anything is done.
        case hangUp
        /// It is carried out, but the answer does not arrive: the connection ends, or nothing ever comes.
        case loseAnswer, neverAnswer
        /// It is carried out, but the answer makes no sense.
        case mumble
        /// It is carried out, but the answer, a partial result, says nothing about it.
        case saySilently
    }

    struct Settings: Sendable {
        /// Requests in ten seconds and in a day of the account, and whether answers tell about them.
        var perTenSeconds = 100
        var perDay = 250_000
        var tellsLimits = true
        /// What happens to the request of that number, from 1, and path.
        var fault: @Sendable (Int, String) -> Fault? = { _, _ in nil }
    }

    struct Counted: Sendable {
        var requests = 0
        /// Those that were one too many.
        var refused = 0
        var paths: [String] = []
    }

    static let token = "pat-eu1-very-secret"

    private final class Shared: Sendable {
        let state: Mutex<State>
        init(_ state: State) { self.state = Mutex(state) }
    }

    fileprivate struct State {
        var settings: Settings
        var account: FakeAccount
        var counted = Counted()
        var sent: [Instant] = []
        var today: (day: Day, count: Int) = (.earliest, 0)
    }

    private let shared: Shared
    private let server: StubServer
    private let clock: LeapClock

    init(
        _ clock: LeapClock, account: FakeAccount = FakeAccount(), _ change: (inout Settings) -> Void = { _ in }
    ) throws {
        var settings = Settings()
        change(&settings)
        let shared = Shared(State(settings: settings, account: account))
        (self.shared, self.clock) = (shared, clock)
        server = try StubServer { peer in
            while let request = peer.request() {
                guard Self.serve(request, peer, shared, clock) else { return }
            }
        }
    }

    var account: FakeAccount { shared.state.withLock { $0.account } }
    var counted: Counted { shared.state.withLock { $0.counted } }
    func change(_ body: (inout Settings) -> Void) { shared.state.withLock { body(&$0.settings) } }
    func changeAccount(_ body: (inout FakeAccount) -> Void) { shared.state.withLock { body(&$0.account) } }

    /// A connector to it.
    ///
    /// - Parameter silence: when it gives up on an answer; longer than any machine is busy, where an answer is to be waited for.
    func target(
        token: String = FakeHubSpot.token, url: String? = nil, silence: Duration = .seconds(20)
    ) -> HubSpot {
        let deadlines = Outgoing.Deadlines(silence: silence, total: .seconds(60))
        return HubSpot(url: url ?? server.url, token: Key(token), client: Client(), clock: clock, deadlines: deadlines)
    }

    /// False where the connection is to end.
    private static func serve(_ request: Peer.Received, _ peer: Peer, _ shared: Shared, _ clock: LeapClock) -> Bool {
        let (fault, limit) = shared.state.withLock { state -> (Fault?, Fault?) in
            state.counted.requests += 1
            state.counted.paths.append(request.target)
            let limit = state.limit(at: clock.now)
            return (state.settings.fault(state.counted.requests, request.target), limit)
        }
        if case .hangUp? = fault { return false }
        if case .refuse(let status, let body, let headers)? = fault ?? limit {
            return peer.answer(body.description, status: status, headers: headers + limits(of: shared))
        }
        let (status, body) = shared.state.withLock { state in
            guard request.headers["authorization"] == "Bearer \(token)" else {
                // Some gateways quote what they were sent.
                let message = JSON.string("Authentication credentials not found: \(request.headers["authorization"] ?? "")")
                return (401, ["status": "error", "category": "INVALID_AUTHENTICATION", "message": message] as JSON)
            }
            let body = (try? JSON(bytes: request.body)) ?? .null
            return state.account.answer(request.method, request.target, body)
        }
        switch fault {
        case .loseAnswer: return false
        case .neverAnswer:
            peer.waitForEnd()
            return false
        case .mumble: return peer.answer("<html>It works!</html>", headers: limits(of: shared))
        case .saySilently:
            return peer.answer(
                #"{"status":"COMPLETE","results":[],"numErrors":0,"errors":[]}"#, status: 207, headers: limits(of: shared))
        default: return peer.answer(body.description, status: status, headers: limits(of: shared))
        }
    }

    private static func limits(of shared: Shared) -> [String] {
        shared.state.withLock { state in
            guard state.settings.tellsLimits else { return [] }
            return [
                "X-HubSpot-RateLimit-Max: \(state.settings.perTenSeconds)", "X-HubSpot-RateLimit-Interval-Milliseconds: 10000",
                "X-HubSpot-RateLimit-Remaining: \(max(0, state.settings.perTenSeconds - state.sent.count))",
                "X-HubSpot-RateLimit-Daily: \(state.settings.perDay)",
                "X-HubSpot-RateLimit-Daily-Remaining: \(max(0, state.settings.perDay - state.today.count))",
            ]
        }
    }
}

extension FakeHubSpot.State {
    /// Counts a request, and gives the answer where it is one too many.
    fileprivate mutating func limit(at now: Instant) -> FakeHubSpot.Fault? {
        let day = (Zone(account.zone) ?? .utc).day(now)
        if today.day != day { today = (day, 0) }
        sent.removeAll { now - $0 >= 10_000_000 }
        if today.count >= settings.perDay { return refusal("DAILY", "You have reached your daily limit.") }
        if sent.count >= settings.perTenSeconds {
            return refusal("TEN_SECONDLY_ROLLING", "You have reached your ten_secondly_rolling limit.")
        }
        today.count += 1
        sent.append(now)
        return nil
    }

    private mutating func refusal(_ policy: String, _ message: String) -> FakeHubSpot.Fault {
        counted.refused += 1
        return .limit(policy, message)
    }
}

extension FakeHubSpot.Fault {
    static func limit(_ policy: String, _ message: String = "Too many requests", headers: [String] = []) -> Self {
        let body: JSON = [
            "status": "error", "message": .string(message), "errorType": "RATE_LIMIT", "policyName": .string(policy),
            "correlationId": "c033cdaa-2c40-4a64-ae48-b4cec88dad24",
        ]
        return .refuse(429, body, headers: headers)
    }

    static func error(_ status: Int, _ category: String, _ message: String, headers: [String] = []) -> Self {
        let body: JSON = ["status": "error", "category": .string(category), "message": .string(message)]
        return .refuse(status, body, headers: headers)
    }
}

/// A clock for which waiting takes no time.
final class LeapClock: JobClock {
    private let state: Mutex<(now: Instant, uptime: Duration, longest: Duration)>

    init(_ now: String = "2026-05-04T12:00:00Z") { state = Mutex((moment(now), .zero, .zero)) }

    var now: Instant { state.withLock { $0.now } }
    var uptime: Duration { state.withLock { $0.uptime } }
    /// The longest that anybody slept in one go.
    var longest: Duration { state.withLock { $0.longest } }

    func sleep(for duration: Duration) async throws {
        try Task.checkCancellation()
        advance(by: duration)
        state.withLock { $0.longest = max($0.longest, duration) }
    }

    func advance(by duration: Duration) {
        state.withLock { state in
            state.now = state.now + duration
            state.uptime += duration
        }
    }
}
