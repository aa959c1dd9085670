import NIOCore
import NIOPosix
import Synchronization

/// Stands before a PostgreSQL server, and can let what passes through it go quiet: nothing arrives any more, and nobody is told.
final class Strait: Sendable {
    /// Whether what is sent on a connection still arrives.
    fileprivate final class Tide: Sendable {
        private let quiet = Atomic(false)
        var isQuiet: Bool { quiet.load(ordering: .relaxed) }
        func turn() { quiet.store(true, ordering: .relaxed) }
    }

    private struct State {
        var tide = Tide()
        var connections: [any Channel] = []
        var entrance: (any Channel)?
    }

    private let state = Mutex(State())

    /// - Parameter socket: the server's.
    init(before socket: String) async throws {
        let entrance = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { [self] near in
                let tide = state.withLock { state in
                    state.connections.append(near)
                    return state.tide
                }
                return ClientBootstrap(group: near.eventLoop)
                    .channelInitializer { far in far.pipeline.addHandler(Ferry(to: near, tide)) }
                    .connect(unixDomainSocketPath: socket)
                    .flatMap { far in near.pipeline.addHandler(Ferry(to: far, tide)) }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        state.withLock { $0.entrance = entrance }
    }

    var port: Int { state.withLock { $0.entrance?.localAddress?.port ?? 0 } }

    /// From here on nothing arrives on any connection, nor on new ones.
    func goQuiet() { state.withLock { $0.tide.turn() } }

    /// From here on new connections are well; what was quiet stays so.
    func flow() { state.withLock { if $0.tide.isQuiet { $0.tide = Tide() } } }

    func close() async {
        let all = state.withLock { $0.connections + [$0.entrance].compactMap(\.self) }
        for channel in all { try? await channel.close() }
    }
}

/// Takes what comes on one connection to another.
private final class Ferry: ChannelInboundHandler, Sendable {
    typealias InboundIn = ByteBuffer
    private let other: any Channel
    private let tide: Strait.Tide

    init(to other: any Channel, _ tide: Strait.Tide) { (self.other, self.tide) = (other, tide) }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if !tide.isQuiet { other.writeAndFlush(unwrapInboundIn(data), promise: nil) }
    }

    func channelInactive(context: ChannelHandlerContext) { other.close(promise: nil) }
}
