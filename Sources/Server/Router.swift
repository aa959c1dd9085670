import Engine
import HTTPTypes
import Hummingbird

extension Router<RequestScope> {
    /// The routes behind everything that holds for each of them.
    convenience init(_ routes: [Route], _ shared: Shared) {
        self.init(context: RequestScope.self, options: .autoGenerateHeadEndpoints)
        add(middleware: OwnWrites(database: shared.engine.database))
        add(middleware: Answering(logger: shared.logger))
        add(middleware: LoopbackOnly())
        add(middleware: Unrouted(routes: routes))
        for route in routes {
            on(RouterPath(route.path), method: route.method) { request, scope in
                try await route.answer(Call(request, scope, route, shared))
            }
        }
    }
}

/// What is known of one request from the start.
struct RequestScope: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// By which the caller and the log speak of the request.
    var requestID = ""

    init(source: ApplicationRequestContextSource) { coreContext = CoreRequestContextStorage(source: source) }
}
