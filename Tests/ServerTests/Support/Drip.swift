import NIOCore
import Synchronization

/// Sends a little every few milliseconds, until it is stopped or the connection is closed.
final class Drip: Sendable {
    private let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
    private let isStopped = Mutex(false)

    init(_ outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>) { self.outbound = outbound }

    func stop() { isStopped.withLock { $0 = true } }

    /// - Returns: how often something could be sent.
    func run(_ text: String) async -> Int {
        var sent = 0
        while !isStopped.withLock({ $0 }) {
            do {
                try await outbound.write(ByteBuffer(string: text))
                try await Task.sleep(for: .milliseconds(5))
            } catch { break }
            sent += 1
        }
        return sent
    }
}

extension String {
    /// How often `part` occurs.
    func components(of part: String) -> Int { ranges(of: part).count }
}
