import Engine
import HTTPTypes
import Hummingbird
import Values

/// Answers what no route does: OPTIONS, a wrong method (405, with those that are right), a wrong path (404, with the nearest right one).
struct Unrouted: RouterMiddleware {
    let routes: [Route]

    func handle(
        _ request: Request, context: RequestScope, next: @concurrent (Request, RequestScope) async throws -> Response
    ) async throws -> Response {
        do { return try await next(request, context) } catch let error as HTTPError where error.status == .notFound {
            return try answer(request.method, request.uri.path)
        }
    }

    private func answer(_ method: HTTPRequest.Method, _ path: String) throws -> Response {
        let parts = Route.parts(path)
        let methods = (path == "*" ? routes : routes(at: parts)).map(\.method)
        if methods.isEmpty {
            throw Problem(
                .notFound, "unknown_route", "There is nothing at \(path)",
                hint: nearest(parts).map { "Did you mean \($0)?" } ?? "GET / lists what there is")
        }
        let allowed = Unrouted.allowed(methods)
        if method == .options { return Response(status: .noContent, headers: [.allow: allowed]) }
        throw Refusal(
            .methodNotAllowed,
            Problem(.malformed, "method_not_allowed", "\(path) does not take \(method.rawValue)", hint: "It takes \(allowed)"),
            headers: [.allow: allowed])
    }

    /// The routes of that path. A fixed part stands before a variable one: `/api/objects/Account/batch` is no record.
    private func routes(at parts: [Substring]) -> [Route] {
        let found = routes.filter { $0.matches(parts) }
        let fewest = found.map(\.variables).min()
        return found.filter { $0.variables == fewest }
    }

    private static func allowed(_ methods: [HTTPRequest.Method]) -> String {
        var names = Set(methods.map(\.rawValue)).union(["OPTIONS"])
        if names.contains("GET") { names.insert("HEAD") }
        return names.sorted().joined(separator: ", ")
    }

    /// The path that is meant: each part by itself mistyped, or a part too many or too few.
    private func nearest(_ parts: [Substring]) -> String? {
        let written = "/" + parts.joined(separator: "/")
        return suggestion(for: written, among: routes.map { $0.filled(from: parts) })
    }
}

extension Route {
    static func parts(_ path: String) -> [Substring] { path.split(separator: "/", omittingEmptySubsequences: true) }

    func matches(_ parts: [Substring]) -> Bool {
        let own = Route.parts(path)
        return own.count == parts.count && zip(own, parts).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
    }

    /// How many parts of the path are variable.
    fileprivate var variables: Int { Route.parts(path).count { $0.hasPrefix("{") } }

    /// The path with its variable parts as they stand at the same places of another one.
    fileprivate func filled(from parts: [Substring]) -> String {
        let own = Route.parts(path)
        let filled = own.enumerated().map { index, part in part.hasPrefix("{") && index < parts.count ? parts[index] : part }
        return "/" + filled.joined(separator: "/")
    }
}
