import NIOCore
import NIOPosix

/// A bare connection, for what no decent client sends.
struct Wire {
    private let channel: NIOAsyncChannel<ByteBuffer, ByteBuffer>

    /// Opens a connection, lets `body` send and receive on it, and closes it.
    static func open<Result>(_ port: Int, _ body: (inout Wire.Ends) async throws -> Result) async throws -> Result {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelOption(.allowRemoteHalfClosure, value: true)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(
                        wrappingChannelSynchronously: channel, configuration: .init(isOutboundHalfClosureEnabled: true))
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            var ends = Ends(outbound: outbound, inbound: inbound.makeAsyncIterator())
            return try await body(&ends)
        }
    }

    struct Ends {
        let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
        var inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator

        func send(_ text: String) async throws { try await outbound.write(ByteBuffer(string: text)) }
        func send(_ bytes: [UInt8]) async throws { try await outbound.write(ByteBuffer(bytes: bytes)) }

        /// Says that nothing more will be sent.
        func finish() { outbound.finish() }

        /// The next bytes; nil when the server has closed.
        mutating func receive() async throws -> String? {
            try await inbound.next(isolation: #isolation).map { String(buffer: $0) }
        }

        /// Everything until the server closes.
        mutating func receiveAll() async -> String {
            var text = ""
            while let more = try? await receive() { text += more }
            return text
        }

        /// Bytes until they contain `part`, or the server closes.
        mutating func receive(until part: String) async throws -> String {
            var text = ""
            while !text.contains(part), let more = try await receive() { text += more }
            return text
        }
    }
}
