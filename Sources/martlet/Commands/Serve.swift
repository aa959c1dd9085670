import ArgumentParser
import Engine
import Foundation
import Logging
import Metadata
import Server
import ServiceLifecycle
import Simulation
import Storage
import UnixSignals
import Values

struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Start the server.",
        discussion: """
            Opens the database (it is made where there is none), brings it to what the metadata describes as long as nothing \
            is lost, answers HTTP, and puts every valid change of the metadata and triggers folders in force at once. Ctrl-C \
            or SIGTERM finishes the requests that have begun and stops.

            There is no log-in yet: whoever reaches the server acts as an administrator, so it answers this machine only.

            EXAMPLES
              martlet serve
              martlet serve --demo --port 9000
              martlet serve --database sqlite:/srv/crm.sqlite --metadata /srv/metadata
              martlet serve --database 'postgres://martlet@db.example/crm?sslmode=verify-full'
              MARTLET_PORT=9000 MARTLET_LOG_LEVEL=debug martlet serve
            """)

    @Flag(help: "Fill the database with believable demo data, if it is empty.") var demo = false
    @Flag(name: .customLong("no-auth"), help: "Without log-in, as an administrator, for this machine only.") var noAuth = false
    @OptionGroup var site: Site.Options
    @OptionGroup var server: ServerOptions
    @OptionGroup var assistant: AssistantOptions

    func run() async throws {
        let site = try Site(site)
        let settings = try server.settings(site.environment)
        let wiring = try assistant.wiring(site.environment)
        try settings.requireLoopback()
        // Sooner than the server would find it out, and in words.
        if let reason = Port.objection(settings.host, settings.port) {
            throw Failure(
                .unavailable, "The server cannot listen on \(settings.host):\(settings.port): \(reason)",
                hint: "--port takes another port")
        }
        let logger = try server.logger(site.environment)
        let footprint = Footprint(of: site.folders)
        let source = site.folders.read()
        let (loaded, diagnostics) = source.load()
        for diagnostic in diagnostics { logger.log(diagnostic) }
        guard let registry = loaded else { throw site.folders.unusable }

        if demo { try await makeDemo(registry, at: site) }
        try await server.withReplicas(of: site, logger).closed { database in
            let chosen = try await Engine.chosen(registry, .newest, on: database)
            if chosen.version != registry.version {
                logger.warning(
                    "The metadata in \(site.metadata) was superseded in this database, which has another version in force: that is served. martlet migrate puts the folder's in force again"
                )
            }
            let engine = try await open(chosen, on: database, at: site)
            let watch = MetadataWatch(engine, site.folders, loaded: source, footprint: footprint, logger: logger)
            let briefer = await wiring.briefer(engine, on: Instant.wallClock.day)
            let simulations = try site.optionalIndustries().map { Simulations(engine, $0) }
            if let simulations, demo { try await LiveDemo(simulations).begin() }
            let http = try HTTPServer(
                engine, simulations: simulations, briefer: briefer, settings: settings, logger: logger
            ) { port in
                Greeting(site, chosen, host: settings.host, port: port).print()
            }
            var services: [any Service] = [http, watch]
            if site.database.file == nil { services.append(EditionWatch(engine, logger: logger)) }
            if let simulations { services.append(SimulationService(simulations, logger)) }
            try await group(services, site, logger).run()
        }
    }

    /// The engine on a database that holds what the metadata describes, with demo data where it was asked for.
    private func open(_ registry: Registry, on database: any Database, at site: Site) async throws -> Engine {
        let migration = try await database.plan(try site.model(registry).schema)
        guard migration.isHarmless else {
            try MigrationReport(migration, site).print(to: .errors)
            throw Failure(.refused, "The database cannot take the metadata without losing data; nothing was changed")
        }
        return try await site.engine(registry, on: database)
    }

    /// Makes the database with demo data where there is none; it is there when all of the data is.
    private func makeDemo(_ registry: Registry, at site: Site) async throws {
        guard let file = site.database.file, !site.database.exists else {
            return try await site.openDatabase().closed { try await Demo(try await open(registry, on: $0, at: site)).fill() }
        }
        let scratch = file + ".demo"
        for ending in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: scratch + ending) }
        // A loss of power would only lose what is begun anew then.
        try await site.openDatabase(at: scratch, synchronous: .normal).closed {
            try await Demo(try await site.engine(registry, on: $0)).fill()
        }
        try FileManager.default.moveItem(atPath: scratch, toPath: file)
    }

    private func group(_ services: [any Service], _ site: Site, _ logger: Logger) throws -> ServiceGroup {
        var configuration = ServiceGroupConfiguration(
            services: services, gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        configuration.maximumGracefulShutdownDuration = try site.environment.value(
            Settings.shutdownTimeout, server.shutdownTimeout)
        return ServiceGroup(configuration: configuration)
    }
}

/// How the server listens and what it bears with.
struct ServerOptions: ParsableArguments {
    @Option(Settings.host) var host: String?
    @Option(Settings.port) var port: String?
    @Option(Settings.logLevel) var logLevel: String?
    @Option(Settings.maxBody) var maxBody: String?
    @Option(Settings.maxHeader) var maxHeader: String?
    @Option(Settings.maxOperations) var maxOperations: String?
    @Option(Settings.maxConnections) var maxConnections: String?
    @Option(Settings.idleTimeout) var idleTimeout: String?
    @Option(Settings.bodyTimeout) var bodyTimeout: String?
    @Option(Settings.shutdownTimeout) var shutdownTimeout: String?
    @Option(several: Settings.readReplicas) var readReplica: [String] = []
    @Option(Settings.replicaLag) var replicaLag: String?

    func settings(_ environment: Environment) throws(Failure) -> ServerSettings {
        var chosen = ServerSettings()
        chosen.host = try environment.value(Settings.host, host, or: chosen.host)
        chosen.port = try environment.value(Settings.port, port, or: chosen.port)
        chosen.maxBodyBytes = try environment.value(Settings.maxBody, maxBody, or: chosen.maxBodyBytes)
        chosen.maxHeaderBytes = try environment.value(Settings.maxHeader, maxHeader, or: chosen.maxHeaderBytes)
        chosen.maxOperations = try environment.value(Settings.maxOperations, maxOperations, or: chosen.maxOperations)
        chosen.maxConnections = try environment.value(Settings.maxConnections, maxConnections, or: chosen.maxConnections)
        chosen.idleTimeout = try environment.value(Settings.idleTimeout, idleTimeout, or: chosen.idleTimeout)
        chosen.bodyTimeout = try environment.value(Settings.bodyTimeout, bodyTimeout, or: chosen.bodyTimeout)
        return chosen
    }

    /// The database, with the replicas that answer reads.
    func withReplicas(of site: Site, _ logger: Logger) async throws -> any Database {
        let given = readReplica.isEmpty ? nil : readReplica.joined(separator: " ")
        let replicas = try site.environment.value(Settings.readReplicas, given) ?? []
        var options = ReplicatedDatabase.Options()
        options.lag = try site.environment.value(Settings.replicaLag, replicaLag, or: options.lag)
        options.tell = { logger.warning("\($0)") }
        if site.database.file != nil, !replicas.isEmpty {
            throw Failure(
                .usage, "\(site.database) is a file, which has no replicas",
                hint: "--read-replica goes with --database postgres://...")
        }
        let database = try await site.openDatabase()
        guard let primary = database as? PostgresDatabase, !replicas.isEmpty else { return database }
        return ReplicatedDatabase(primary, replicas: replicas, options: options)
    }

    func logger(_ environment: Environment) throws(Failure) -> Logger {
        let level = try environment.value(Settings.logLevel, logLevel, or: "info")
        var logger = Logger(label: "martlet") { _ in LineLog() }
        logger.logLevel = Logger.Level(rawValue: level) ?? .info
        return logger
    }
}
