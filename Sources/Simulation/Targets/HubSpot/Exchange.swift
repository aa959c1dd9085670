import Curl
import Values

extension HubSpot {
    /// One request and its whole answer.
    struct Exchange: Sendable {
        private let base: String
        private let token: Key
        private let client: Client
        private let deadlines: Outgoing.Deadlines

        init(url: String, token: Key, client: Client, deadlines: Outgoing.Deadlines) {
            base = url.hasSuffix("/") ? String(url.dropLast()) : url
            (self.token, self.client, self.deadlines) = (token, client, deadlines)
        }

        func send(_ method: String, _ path: String, _ body: JSON?) async throws -> Reply {
            var outgoing = Outgoing(method, base + path, headers: [("Authorization", "Bearer \(token.text)")])
            outgoing.deadlines = deadlines
            if let body {
                outgoing.headers.append(("Content-Type", "application/json"))
                outgoing.body = Array(body.description.utf8)
            }
            do {
                let incoming = try await client.send(outgoing)
                let bytes = try await incoming.body.collect()
                return Reply(incoming, try? JSON(bytes: bytes), without: token)
            } catch let error as TransferError { throw TargetFailure(error) }
        }
    }

    /// What came back: the status, the headers that matter, and a body that shows no secret.
    struct Reply: Sendable {
        let status: Int
        let body: JSON?
        let retryAfter: Duration?
        /// Requests in so much time, and how many of them are left; and how many are left of the day's.
        let window: (most: Int, length: Duration, left: Int)?
        let leftToday: Int?
        private let token: Key

        init(_ incoming: Incoming, _ body: JSON?, without token: Key) {
            func number(_ name: String) -> Int? { incoming.header(name).flatMap { Int($0) } }
            (status, self.body, self.token) = (incoming.status, body, token)
            retryAfter = number("Retry-After").map { .seconds(min(max(0, $0), 172_800)) }
            leftToday = number("X-HubSpot-RateLimit-Daily-Remaining")
            if let most = number("X-HubSpot-RateLimit-Max"), let left = number("X-HubSpot-RateLimit-Remaining"),
                let milliseconds = number("X-HubSpot-RateLimit-Interval-Milliseconds")
            {
                window = (max(1, most), .milliseconds(max(1, milliseconds)), left)
            } else {
                window = nil
            }
        }

        /// HubSpot's own words, on one line.
        var message: String { shown(body?["message"]) }

        func shown(_ message: JSON?) -> String {
            let line = (message?.string ?? "").replacing(token.text, with: "***").split(whereSeparator: \.isNewline)
            return String(line.joined(separator: " ").prefix(400))
        }
    }
}

extension TargetFailure {
    fileprivate init(_ error: TransferError) {
        switch error.kind {
        // What came of the request is unknown: the same one does no harm.
        case .unreachable, .connectingTooLong, .silentTooLong, .tookTooLong, .cut, .malformed, .tooLarge, .closed:
            self.init(.passing(nil), "HubSpot cannot be talked to: \(error)")
        case .badRequest, .forbidden, .insecure, .redirected: self.init(.closed, "HubSpot cannot be talked to: \(error)")
        }
    }
}
