import Engine
import HTTPTypes
import Hummingbird
import NIOCore
import Values

/// The body of a request: its bytes and the JSON they spell.
struct Body: Sendable {
    let bytes: [UInt8]
    let json: JSON
}

extension Call {
    /// Reads the body, which must be JSON and no longer than the settings allow.
    func body() async throws -> Body {
        try requireJSON()
        let bytes = try await collect()
        return Body(bytes: bytes, json: try JSON(bytes: bytes))
    }

    /// Reads a body that must be a JSON object.
    func members() async throws -> (body: Body, members: JSON.Members) {
        let body = try await body()
        guard let members = body.json.object else {
            throw Problem(.malformed, "malformed_body", "The body must be an object, not \(body.json.kind)")
        }
        return (body, members)
    }

    private func collect() async throws -> [UInt8] {
        let most = shared.settings.maxBodyBytes
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > most { throw Refusal(bodyBeyond: most) }
        do {
            let buffer = try await request.body.collect(upTo: most)
            return Array(buffer.readableBytesView)
        } catch is NIOTooManyBytesError { throw Refusal(bodyBeyond: most) }
    }

    /// A body without a type is taken for JSON; any other type is a mistake that had better be told.
    private func requireJSON() throws(Refusal) {
        guard let type = request.headers[.contentType] else { return }
        let parts = type.split(separator: ";").map { $0.trimmed.lowercased() }
        let charset = parts.dropFirst().first { $0.hasPrefix("charset=") }.map { $0.dropFirst(8).filter { $0 != "\"" } }
        if parts.first == "application/json", charset == nil || charset == "utf-8" || charset == "us-ascii" { return }
        throw Refusal(
            .unsupportedMediaType,
            Problem(
                .malformed, "unsupported_media_type",
                "The body's type is \(type), but the server takes application/json in UTF-8",
                hint: "Send the header Content-Type: application/json"),
            headers: [.accept: "application/json"])
    }
}

extension Refusal {
    fileprivate init(bodyBeyond most: Int) {
        self.init(
            .contentTooLarge,
            Problem(
                .tooLarge, "body_too_large", "The request's body is longer than \(most) bytes",
                hint: "Send it in several requests, or raise the limit in the server's settings"),
            headers: [.connection: "close"])
    }
}

extension StringProtocol where UTF8View: BidirectionalCollection {
    /// Without the spaces and tabs around it.
    var trimmed: String {
        let bytes = utf8
        guard let first = bytes.firstIndex(where: { $0 != 0x20 && $0 != 0x09 }),
            let last = bytes.lastIndex(where: { $0 != 0x20 && $0 != 0x09 })
        else { return "" }
        return String(self[first...last])
    }
}
