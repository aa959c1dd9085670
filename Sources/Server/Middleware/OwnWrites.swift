import HTTPTypes
import Hummingbird
import Storage

/// Where replicas answer reads, every write comes back with the position in the log that its caller has to see from then on:
/// in a header for programs, in a cookie for browsers.
struct OwnWrites: RouterMiddleware {
    let database: any Database

    func handle(
        _ request: Request, context: RequestScope, next: @concurrent (Request, RequestScope) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        if !request.onlyReads, let position = await position {
            response.headers[.position] = "\(position)"
            let cookie = "\(Request.positionCookie)=\(position); Path=/; HttpOnly; SameSite=Lax"
            response.headers.append(HTTPField(name: .setCookie, value: cookie))
        }
        return response
    }

    /// Where it cannot be found out, the caller is sent to the primary from now on.
    private var position: LogPosition? {
        get async { do { return try await database.position() } catch { return .end } }
    }
}
