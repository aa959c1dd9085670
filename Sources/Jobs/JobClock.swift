package import Values

/// The time as the queue knows it. Tests bring a clock of their own, and no test waits.
package protocol JobClock: Sendable {
    /// The wall clock, with which due times are compared. It may be set forward and back.
    var now: Instant { get }
    /// Goes forward only, from anywhere: leases and timeouts are measured by it, so that no step of the wall clock ends one.
    var uptime: Duration { get }
    func sleep(for duration: Duration) async throws
}

package struct SystemClock: JobClock {
    private let start = ContinuousClock.now

    package init() {}

    package var now: Instant { .wallClock }
    package var uptime: Duration { start.duration(to: .now) }
    package func sleep(for duration: Duration) async throws { try await Task.sleep(for: duration) }
}

extension Instant {
    package static func + (a: Instant, b: Duration) -> Instant { a + Int64(b / .microseconds(1)) }
}
