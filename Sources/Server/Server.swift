package import Assistant
package import Engine
import Hummingbird
import HummingbirdCore
package import Jobs
package import Logging
import NIOCore
import ServiceLifecycle
package import Simulation

/// The engine over HTTP: a service that runs until it is told to stop, and then finishes the requests it has begun.
///
///     let server = try HTTPServer(engine, settings: settings, logger: logger)
///     try await ServiceGroup(services: [server], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger).run()
package struct HTTPServer: Service {
    private let application: Application<RouterResponder<RequestScope>>

    /// - Parameters:
    ///   - briefer: who writes briefings; by default the offline composer.
    ///   - jobRules: the kinds of jobs there may be.
    ///   - extraRoutes: routes beside the API's own.
    ///   - onListening: called once with the port, when requests are accepted.
    /// - Throws: `Problem` where the settings would open the server to others than this machine.
    package init(
        _ engine: Engine, simulations: Simulations? = nil, briefer: Briefer? = nil,
        settings: ServerSettings = ServerSettings(), jobRules: [JobRules] = [], extraRoutes: [Route] = [], logger: Logger,
        onListening: @escaping @Sendable (Int) async -> Void = { _ in }
    ) throws(Problem) {
        try settings.requireLoopback()
        application = Application(
            responder: Router(
                Route.all + extraRoutes, Shared(engine, simulations, briefer ?? Briefer(engine), settings, jobRules, logger)
            ).buildResponder(),
            server: HTTPServerBuilder { responder in
                OnEventLoop(channel: HTTP1Channel(responder: responder, configuration: HTTP1Channel.Configuration(settings)))
            },
            configuration: ApplicationConfiguration(
                address: .hostname(settings.host, port: settings.port),
                availableConnectionsDelegate: .maximum(settings.maxConnections, logger: logger)),
            onServerRunning: { channel in await onListening(channel.localAddress?.port ?? settings.port) },
            logger: logger)
    }

    package func run() async throws { try await application.run() }
}

/// What every request of one server shares.
struct Shared: Sendable {
    let engine: Engine
    /// Nil where the metadata says nothing of industries.
    let simulations: Simulations?
    let settings: ServerSettings
    let jobRules: [JobRules]
    let briefer: Briefer
    let logger: Logger
    let documents = DocumentCache()

    init(
        _ engine: Engine, _ simulations: Simulations?, _ briefer: Briefer, _ settings: ServerSettings, _ jobRules: [JobRules],
        _ logger: Logger
    ) {
        (self.engine, self.simulations, self.briefer) = (engine, simulations, briefer)
        (self.settings, self.jobRules, self.logger) = (settings, jobRules, logger)
    }
}

extension HTTP1Channel.Configuration {
    fileprivate init(_ settings: ServerSettings) {
        self.init(
            additionalChannelHandlers: [ConnectionHandler(settings)],
            idleTimeout: TimeAmount(settings.idleTimeout),
            httpDecoderConfiguration: DecoderConfiguration(
                maxHeaderFieldSize: settings.maxHeaderBytes, maxHeaderListSize: settings.maxHeaderBytes))
    }
}
