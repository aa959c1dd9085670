import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOHTTPTypes

/// The body of a request did not arrive in time.
struct BodyTimeout: Error {}

/// Guards one connection: a body must arrive in time, an answer that says so closes the connection, what is not HTTP is
/// answered, and a caller who asks whether to send its body (`Expect: 100-continue`) is told.
final class ConnectionHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private var state = ConnectionState()
    private var deadline: Scheduled<Void>?
    private let bodyTimeout: TimeAmount
    private let maxBodyBytes: Int
    private static let linger = TimeAmount.seconds(1)

    init(_ settings: ServerSettings) {
        (bodyTimeout, maxBodyBytes) = (TimeAmount(settings.bodyTimeout), settings.maxBodyBytes)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let passes: ConnectionState.Read
        switch unwrapInboundIn(data) {
        case .head(let head):
            passes = state.readHead()
            stopClock()
            if passes == .pass, head.wantsContinue(maxBodyBytes) {
                context.writeAndFlush(wrapOutboundOut(.head(HTTPResponse(status: .continue))), promise: nil)
            }
        case .body: passes = state.readBody()
        case .end: passes = state.readEnd()
        }
        if passes == .pass { context.fireChannelRead(data) }
    }

    /// Most requests are whole by now; only a body that is still on its way gets a deadline.
    func channelReadComplete(context: ChannelHandlerContext) {
        if !state.isReading {
            stopClock()
        } else if deadline == nil, !state.isClosing {
            deadline = context.eventLoop.assumeIsolated().scheduleTask(in: bodyTimeout) { [self] in
                if state.isReading, !state.isClosing { context.fireErrorCaught(BodyTimeout()) }
            }
        }
        context.fireChannelReadComplete()
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(let head):
            state.wroteHead(saysClose: head.headerFields[.connection] == "close")
            context.write(data, promise: promise)
        case .body: context.write(data, promise: promise)
        case .end: finish(state.wroteEnd(), context, data, promise)
        }
    }

    private func finish(
        _ next: ConnectionState.Write, _ context: ChannelHandlerContext, _ data: NIOAny, _ promise: EventLoopPromise<Void>?
    ) {
        switch next {
        case .go: context.write(data, promise: promise)
        case .finish:
            context.writeAndFlush(data, promise: promise)
            context.close(promise: nil)
        case .finishAndLinger:
            context.writeAndFlush(data, promise: promise)
            context.close(mode: .output, promise: nil)
            context.eventLoop.assumeIsolated().scheduleTask(in: ConnectionHandler.linger) { context.close(promise: nil) }
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard !(error is IOError), state.failed() == .answer else { return context.fireErrorCaught(error) }
        let (head, body) = Refusal(notHTTP: error).parts
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(body)), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        context.close(mode: .output, promise: nil)
        context.eventLoop.assumeIsolated().scheduleTask(in: ConnectionHandler.linger) { context.close(promise: nil) }
    }

    func handlerRemoved(context: ChannelHandlerContext) { stopClock() }

    private func stopClock() {
        deadline?.cancel()
        deadline = nil
    }
}

extension HTTPRequest {
    /// A body that will be refused for its size is not asked for.
    fileprivate func wantsContinue(_ maxBodyBytes: Int) -> Bool {
        guard headerFields[.expect]?.lowercased() == "100-continue" else { return false }
        return headerFields[.contentLength].flatMap { Int($0) }.map { $0 <= maxBodyBytes } ?? true
    }
}
