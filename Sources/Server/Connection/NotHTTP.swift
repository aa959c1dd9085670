import Engine
import HTTPTypes
import NIOCore
import NIOHTTP1
import Values

extension Refusal {
    /// The answer to bytes that are no request.
    init(notHTTP error: any Error) {
        if case HTTPParserError.headerOverflow? = error as? HTTPParserError {
            self.init(
                .requestHeaderFieldsTooLarge,
                Problem(
                    .tooLarge, "headers_too_large", "The request's line and headers are longer than the server takes",
                    hint: "Send a long query in the body of POST /api/query"))
        } else {
            self.init(.badRequest, Problem(.malformed, "malformed_http", "This is not an HTTP/1.1 request"))
        }
    }

    /// The answer where no request, and so no middleware, is there to make it.
    var parts: (head: HTTPResponse, body: ByteBuffer) {
        let body = ByteBuffer(JSON.object(problem.members(status)))
        let fields: HTTPFields = [
            .contentType: "application/problem+json", .contentLength: "\(body.readableBytes)", .connection: "close",
        ]
        return (HTTPResponse(status: status, headerFields: fields), body)
    }
}
