import Engine
import HTTPTypes
import Hummingbird
import Storage

extension Request {
    static let positionCookie = "martlet-position"

    /// Whether the request changes nothing: all but questions that are too long for an address do.
    var onlyReads: Bool {
        [.get, .head, .options].contains(method) || (method == .post && uri.path == Route.query.path)
    }

    /// How recent the data must be that the request reads: its caller's own writes are in it.
    var freshness: Freshness {
        get throws(Problem) {
            if !onlyReads { return .latest }
            guard let text = headers[.position] else { return positionInCookie }
            if text == "latest" { return .latest }
            if let position = LogPosition(text) { return .atLeast(position) }
            throw Problem(
                .malformed, "bad_header", "The header Martlet-Position is wrong: \(text) is no position",
                hint: "Send it back as the latest write gave it, or latest to read from the primary")
        }
    }

    /// A cookie that makes no sense is not the browser's fault: it gets the latest.
    private var positionInCookie: Freshness {
        for cookie in headers[values: .cookie].joined(separator: ";").split(separator: ";") {
            let pair = cookie.drop { $0 == " " }.split(separator: "=", maxSplits: 1)
            if pair.count == 2, pair[0] == Request.positionCookie {
                return LogPosition(String(pair[1])).map { .atLeast($0) } ?? .latest
            }
        }
        return .atLeast(nil)
    }
}
