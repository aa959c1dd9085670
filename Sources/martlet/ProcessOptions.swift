import ArgumentParser
import Engine
import Logging
import Metadata
import ServiceLifecycle
import Storage
import UnixSignals

/// How a process that runs until it is stopped logs and stops.
struct ProcessOptions: ParsableArguments {
    @Option(Settings.logLevel) var logLevel: String?
    @Option(Settings.shutdownTimeout) var shutdownTimeout: String?

    func logger(_ environment: Environment) throws(Failure) -> Logger {
        let level = try environment.value(Settings.logLevel, logLevel, or: "info")
        var logger = Logger(label: "martlet") { _ in LineLog() }
        logger.logLevel = Logger.Level(rawValue: level) ?? .info
        return logger
    }

    func shutdownTimeout(_ environment: Environment) throws(Failure) -> Duration {
        try environment.value(Settings.shutdownTimeout, shutdownTimeout, or: .seconds(20))
    }

    /// The services together, until Ctrl-C or SIGTERM.
    func group(_ services: [any Service], _ environment: Environment, _ logger: Logger) throws -> ServiceGroup {
        var configuration = ServiceGroupConfiguration(
            services: services, gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        configuration.maximumGracefulShutdownDuration = try shutdownTimeout(environment)
        return ServiceGroup(configuration: configuration)
    }
}

/// The files of a business as they were read at the start, and from then on are watched.
struct SiteFiles {
    let registry: Registry
    private let site: Site
    private let source: MetadataSource
    private let footprint: Footprint
    private let logger: Logger

    /// Logs every mistake in them.
    init(_ site: Site, _ logger: Logger) throws(Failure) {
        (self.site, self.logger) = (site, logger)
        footprint = Footprint(of: site.folders)
        source = site.folders.read()
        let (loaded, diagnostics) = source.load()
        for diagnostic in diagnostics { logger.log(diagnostic) }
        guard let loaded else { throw site.folders.unusable }
        registry = loaded
    }

    /// What they describe, or what was put in force in the database since.
    func inForce(on database: any Database) async throws -> Registry {
        let chosen = try await Engine.chosen(registry, .newest, on: database)
        if chosen.version != registry.version {
            logger.warning(
                "The metadata in \(site.metadata) was superseded in this database, which has another version in force: that is served. martlet migrate puts the folder's in force again"
            )
        }
        return chosen
    }

    /// Keeps the engine at what the files, and the other servers of the database, have in force.
    func watches(_ engine: Engine) -> [any Service] {
        let files = MetadataWatch(engine, site.folders, loaded: source, footprint: footprint, logger: logger)
        return site.database.file == nil ? [files, EditionWatch(engine, logger: logger)] : [files]
    }
}
