import Synchronization

/// Where a trigger waits until the test lets it pass.
final class Gate: Sendable {
    private let reached = AsyncStream.makeStream(of: Void.self)
    private let opened = AsyncStream.makeStream(of: Void.self)

    /// Called by the trigger: says that it is there, and waits.
    func pass() async {
        reached.continuation.yield()
        for await _ in opened.stream { return }
    }

    /// Called by the test: waits until the trigger is there.
    func waitForArrival() async {
        for await _ in reached.stream { return }
    }

    /// It stays open: a transaction that is attempted again passes it again.
    func open() { opened.continuation.finish() }
}
