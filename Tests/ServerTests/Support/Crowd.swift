import NIOHTTP1
import Synchronization
import Values

/// Callers who write and read over HTTP whatever comes, and what they were told.
final class Crowd: Sendable {
    private struct State {
        /// The ids of records by their codes.
        var acknowledged: [String: String] = [:]
        var refused: Set<String> = []
        var surprises: [String] = []
        var next = 0
        var done = 0
        var isOver = false
    }

    private let client: Client
    private let state = Mutex(State())

    init(_ client: Client) { self.client = client }

    /// The codes of records that a caller knows to be there.
    var acknowledged: Set<String> { state.withLock { Set($0.acknowledged.keys) } }
    /// The codes of records that a caller knows not to be there.
    var refused: Set<String> { state.withLock { $0.refused } }
    /// Answers that were wrong.
    var surprises: [String] { state.withLock { $0.surprises } }

    func begin(in group: inout ThrowingTaskGroup<Void, any Error>) {
        for place in 0..<8 {
            group.addTask { try await self.repeating { try await self.write(isKeyed: place.isMultiple(of: 2)) } }
            group.addTask { try await self.repeating { try await self.read() } }
        }
    }

    func end() { state.withLock { $0.isOver = true } }

    /// How many answers that are no refusal come in a second.
    func pace(over time: Duration = .milliseconds(300)) async throws -> Double {
        let before = state.withLock { $0.done }
        try await Task.sleep(for: time)
        return Double(state.withLock { $0.done } - before) / (time / .seconds(1))
    }

    /// Whether that pace comes back in time.
    func recovers(to pace: Double, within limit: Duration) async throws -> Bool {
        let end = ContinuousClock.now + limit
        while ContinuousClock.now < end { if try await self.pace() >= pace { return true } }
        return false
    }

    private func repeating(_ work: () async throws -> Void) async throws {
        while !state.withLock({ $0.isOver }) { try await work() }
    }

    func write(isKeyed: Bool) async throws {
        let code = state.withLock { state in
            state.next += 1
            return "C\(state.next)"
        }
        let body: JSON = ["Name": "One of many", "Code": .string(code), "Phone": "+1 555 0100"]
        while true {
            let reply = try await client.post("/api/objects/Account", body, isKeyed ? ["Idempotency-Key": code] : [:])
            switch (reply.status, reply.code) {
            case (201, _): return done { $0.acknowledged[code] = reply.json["Id"]?.string }
            case (503, "uncertain") where !isKeyed: return
            case (503, "unavailable"), (503, "busy"):
                try await bear(reply)
                // Whoever has a key comes again until all is well.
                if isKeyed { continue }
                return state.withLock { _ = $0.refused.insert(code) }
            default: return wonder(at: reply)
            }
        }
    }

    /// Reads a record that was acknowledged.
    private func read() async throws {
        guard let (code, id) = state.withLock({ $0.acknowledged.randomElement() }) else { return await Task.yield() }
        let reply = try await client.get("/api/objects/Account/\(id)?fields=Code")
        switch (reply.status, reply.code) {
        case (200, _) where reply.json["Code"]?.string == code: done { _ in }
        case (503, "unavailable"), (503, "busy"): try await bear(reply)
        default: wonder(at: reply)
        }
    }

    /// Waits, if not as long as it is told: 16 who come again without a pause would keep both cores.
    private func bear(_ reply: Reply) async throws {
        if reply[header: "Retry-After"] != "1" { wonder(at: reply) }
        try await Task.sleep(for: .milliseconds(10))
    }

    private func done(_ note: (inout State) -> Void) {
        state.withLock { state in
            note(&state)
            state.done += 1
        }
    }

    private func wonder(at reply: Reply) { state.withLock { $0.surprises.append("\(reply.status) \(reply.text)") } }
}
