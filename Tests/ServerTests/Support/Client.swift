import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOPosix
import Values

/// What the server answered.
struct Reply: Sendable {
    let status: Int
    let headers: HTTPHeaders
    let bytes: [UInt8]

    var json: JSON { (try? JSON(bytes: bytes)) ?? .null }
    var text: String { String(decoding: bytes, as: UTF8.self) }
    var code: String? { json["code"]?.string }
    var hint: String? { json["hint"]?.string }
    /// `field: message` of each error.
    var errors: [String] {
        (json["errors"]?.array ?? []).map { "\($0["field"]?.string ?? ""): \($0["message"]?.string ?? "")" }
    }

    subscript(header name: String) -> String? { headers.first(name: name) }
}

/// Sends requests to a server on this machine, each over a connection of its own.
struct Client: Sendable {
    let port: Int

    func get(_ path: String, _ headers: HTTPHeaders = [:]) async throws -> Reply { try await send("GET", path, headers: headers) }
    func post(_ path: String, _ body: JSON, _ headers: HTTPHeaders = [:]) async throws -> Reply {
        try await send("POST", path, body, headers)
    }
    func patch(_ path: String, _ body: JSON, _ headers: HTTPHeaders = [:]) async throws -> Reply {
        try await send("PATCH", path, body, headers)
    }
    func delete(_ path: String, _ headers: HTTPHeaders = [:]) async throws -> Reply {
        try await send("DELETE", path, headers: headers)
    }

    func send(_ method: String, _ path: String, _ body: JSON, _ headers: HTTPHeaders = [:]) async throws -> Reply {
        var headers = headers
        if !headers.contains(name: "Content-Type") { headers.add(name: "Content-Type", value: "application/json") }
        return try await send(method, path, headers: headers, body: Array(body.description.utf8))
    }

    func send(_ method: String, _ path: String, headers: HTTPHeaders = [:], body: [UInt8]? = nil) async throws -> Reply {
        let (channel, reply) = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    let collector = ReplyCollector(channel.eventLoop.makePromise(of: Reply.self))
                    try channel.pipeline.syncOperations.addHTTPClientHandlers()
                    try channel.pipeline.syncOperations.addHandler(collector)
                    return (channel, collector.promise.futureResult)
                }
            }
        var head = HTTPRequestHead(version: .http1_1, method: .RAW(value: method), uri: path, headers: headers)
        if !headers.contains(name: "Host") { head.headers.add(name: "Host", value: "127.0.0.1:\(port)") }
        if let body, !headers.contains(name: "Content-Length") {
            head.headers.add(name: "Content-Length", value: "\(body.count)")
        }
        channel.write(HTTPClientRequestPart.head(head), promise: nil)
        if let body { channel.write(HTTPClientRequestPart.body(.byteBuffer(ByteBuffer(bytes: body))), promise: nil) }
        channel.writeAndFlush(HTTPClientRequestPart.end(nil), promise: nil)
        let answer = try await reply.get()
        try? await channel.close()
        return answer
    }
}

struct ConnectionClosed: Error {}

private final class ReplyCollector: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart
    let promise: EventLoopPromise<Reply>
    private var head: HTTPResponseHead?
    private var bytes: [UInt8] = []

    init(_ promise: EventLoopPromise<Reply>) { self.promise = promise }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): self.head = head
        case .body(let buffer): bytes += buffer.readableBytesView
        case .end:
            guard let head, head.status.code >= 200 else { return }
            promise.succeed(Reply(status: Int(head.status.code), headers: head.headers, bytes: bytes))
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { promise.fail(error) }
    func handlerRemoved(context: ChannelHandlerContext) { promise.fail(ConnectionClosed()) }
}
