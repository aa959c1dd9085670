import Curl
import Values

/// One request to a provider over HTTP, and its stream of events.
struct Exchange {
    let client: Client
    let url: String
    let headers: [(name: String, value: String)]
    let deadlines: Outgoing.Deadlines

    /// The most bytes of an answer.
    private static let longestAnswer = 4 << 20

    /// Sends a body, and hands over each event; an answer that is no stream comes as one event named `whole`.
    func run(_ body: JSON, _ onEvent: (EventStream.Event) async throws -> Void) async throws {
        do { try await exchange(body, onEvent) } catch let error as TransferError { throw ProviderFailure(error) }
    }

    private func exchange(_ body: JSON, _ onEvent: (EventStream.Event) async throws -> Void) async throws {
        var outgoing = Outgoing(
            "POST", url,
            headers: headers + [("Content-Type", "application/json"), ("Accept", "text/event-stream, application/json")],
            body: Array(body.description.utf8))
        outgoing.deadlines = deadlines
        outgoing.bounds.body = Self.longestAnswer
        let incoming = try await client.send(outgoing)
        guard incoming.status == 200 else { throw ProviderFailure(incoming, try await incoming.body.collect()) }
        guard incoming.header("Content-Type")?.lowercased().hasPrefix("text/event-stream") ?? false else {
            let bytes = try await incoming.body.collect()
            return try await onEvent(EventStream.Event(name: "whole", data: String(decoding: bytes, as: UTF8.self)))
        }
        var stream = EventStream()
        for try await piece in incoming.body {
            for event in try stream.read(piece) { try await onEvent(event) }
        }
    }

    /// The JSON of an event, or the failure that it is none.
    static func json(_ event: EventStream.Event) throws(ProviderFailure) -> JSON {
        do throws(JSONError) { return try JSON(parsing: event.data) } catch {
            throw ProviderFailure(.malformed, "it answers what is not JSON")
        }
    }
}

extension ProviderFailure {
    init(_ error: TransferError) {
        switch error.kind {
        case .connectingTooLong, .silentTooLong, .tookTooLong: self.init(.slow, "\(error)")
        case .malformed, .tooLarge, .redirected: self.init(.malformed, "\(error)")
        case .badRequest, .forbidden, .insecure: self.init(.rejected, "\(error)")
        case .unreachable, .cut, .closed: self.init(.down, "\(error)")
        }
    }

    /// What a status other than 200 means. Providers tell about limits with 429, and with 529 that they are overloaded.
    init(_ incoming: Incoming, _ body: [UInt8]) {
        let wait = incoming.header("Retry-After").flatMap { Int($0) }.map { Duration.seconds(min(max(0, $0), 3600)) }
        let detail = "it answers with the status \(incoming.status)"
        switch incoming.status {
        case 429: self.init(.rateLimited, detail + ": too many requests", retryAfter: wait)
        case 408, 500...599: self.init(.down, detail, retryAfter: wait)
        default: self.init(.rejected, detail + Self.reason(body))
        }
    }

    /// The provider's own words about a refused request, as far as they are harmless: one short line.
    private static func reason(_ body: [UInt8]) -> String {
        guard let error = try? JSON(bytes: body)["error"],
            let type = (error["code"] ?? error["type"])?.string ?? error["type"]?.string,
            type.utf8.allSatisfy({ $0.isWordByte }), type.utf8.count < 60
        else { return "" }
        return " (\(type))"
    }
}

extension UInt8 {
    fileprivate var isWordByte: Bool {
        self == UInt8(ascii: "_") || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self)
            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self)
    }
}
