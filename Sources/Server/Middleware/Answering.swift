import HTTPTypes
import Hummingbird
import Logging

/// Around everything: each request gets an id, each error becomes a problem document, each answer tells how long it took.
struct Answering: RouterMiddleware {
    let logger: Logger

    func handle(
        _ request: Request, context: RequestScope, next: @concurrent (Request, RequestScope) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        var scope = context
        scope.requestID = RequestIdentity.of(request)
        var response: Response
        do { response = try await next(request, scope) } catch {
            let refusal = Refusal(error)
            if let defect = refusal.defect { log(defect, request, scope) }
            response = refusal.response(requestID: scope.requestID)
        }
        response.headers[.requestID] = scope.requestID
        response.headers[.serverTiming] = timing(since: start)
        return response
    }

    private func log(_ defect: String, _ request: Request, _ scope: RequestScope) {
        logger.error(
            "A request failed",
            metadata: [
                "requestId": "\(scope.requestID)", "method": "\(request.method)", "path": "\(request.uri.path)",
                "error": "\(defect)",
            ])
    }

    /// `total;dur=1.234`: milliseconds, as the Server-Timing specification wants them.
    private func timing(since start: ContinuousClock.Instant) -> String {
        let microseconds = Int((ContinuousClock.now - start) / .microseconds(1))
        let fraction = String(microseconds % 1000)
        return "total;dur=\(microseconds / 1000)." + String(repeating: "0", count: 3 - fraction.count) + fraction
    }
}

enum RequestIdentity {
    /// The caller's own id where it is a plain word, else a new one.
    static func of(_ request: Request) -> String {
        if let given = request.headers[.requestID], isPlain(given) { return given }
        return String(UInt64.random(in: 1 << 60...UInt64.max), radix: 16)
    }

    /// Letters, digits, `-`, `_`, `.` and `:` only, at most 128: it goes into the log and into the answer.
    private static func isPlain(_ id: String) -> Bool {
        (1...128).contains(id.utf8.count)
            && id.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: ":"):
                    true
                case UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."): true
                default: false
                }
            }
    }
}
