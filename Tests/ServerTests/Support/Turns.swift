import Jobs
import Values

/// A clock whose waits end when the test says so. One waits by it at a time.
final class Turns: JobClock {
    private let waits = AsyncStream.makeStream(of: Duration.self)
    private let ends = AsyncStream.makeStream(of: Void.self)

    var now: Instant { .wallClock }
    var uptime: Duration { .zero }

    func sleep(for duration: Duration) async throws {
        waits.continuation.yield(duration)
        for await _ in ends.stream { return }
        throw CancellationError()
    }

    /// How long somebody wants to wait, once somebody does.
    func wait() async -> Duration {
        for await duration in waits.stream { return duration }
        return .zero
    }

    func end() { ends.continuation.yield() }

    /// Ends every wait at once, until it is cancelled.
    func run() async { for await _ in waits.stream { end() } }
}
