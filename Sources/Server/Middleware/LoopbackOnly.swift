import Engine
import HTTPTypes
import Hummingbird

/// While everyone is an administrator, a page in a browser must not be: a request that names another host than this machine
/// (DNS rebinding), or comes from another site's page, is refused.
struct LoopbackOnly: RouterMiddleware {
    func handle(
        _ request: Request, context: RequestScope, next: @concurrent (Request, RequestScope) async throws -> Response
    ) async throws -> Response {
        if let host = request.head.authority, !host.isEmpty, !Loopback.contains(authority: host) {
            throw Problem(
                .forbidden, "not_loopback", "This server answers under the names of this machine only, not as \(host)",
                hint: "Use http://localhost, http://127.0.0.1 or http://[::1]")
        }
        if let origin = request.headers[.origin], !Loopback.contains(origin: origin) {
            throw Problem(.forbidden, "cross_origin", "A page of \(origin) may not use this server")
        }
        return try await next(request, context)
    }
}
