import ArgumentParser
import Engine
import Foundation
import Logging
import Metadata
import Server
import ServiceLifecycle
import Simulation
import Storage
import Values

struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Start the server.",
        discussion: """
            Opens the database (it is made where there is none), brings it to what the metadata describes as long as nothing \
            is lost, answers HTTP, and puts every valid change of the metadata and triggers folders in force at once. Ctrl-C \
            or SIGTERM finishes the requests and jobs that have begun and stops.

            There is no log-in yet: whoever reaches the server acts as an administrator, so it answers this machine only.

            EXAMPLES
              martlet serve
              martlet serve --demo --port 9000
              martlet serve --database sqlite:/srv/crm.sqlite --metadata /srv/metadata
              martlet serve --no-worker
              martlet serve --database 'postgres://martlet@db.example/crm?sslmode=verify-full'
              MARTLET_PORT=9000 MARTLET_LOG_LEVEL=debug martlet serve
            """)

    @Flag(help: "Fill the database with believable life, if it is empty, and go on with it.") var demo = false
    @Flag(name: .customLong("no-auth"), help: "Without log-in, as an administrator, for this machine only.") var noAuth = false
    @Flag(help: "Leave jobs and simulations to martlet worker; the same as --worker off.") var noWorker = false
    @OptionGroup var site: Site.Options
    @OptionGroup var server: ServerOptions
    @OptionGroup var assistant: AssistantOptions
    @Option(Settings.worker) var worker: String?
    @OptionGroup var jobs: WorkerOptions
    @OptionGroup var process: ProcessOptions
    @OptionGroup var targetOptions: TargetOptions

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
        let logger = try process.logger(site.environment)
        let files = try SiteFiles(site, logger)
        let hasWorker = try !noWorker && site.environment.value(Settings.worker, worker, or: "on") == "on"

        try await server.withReplicas(of: site, logger).closed { database in
            let registry = try await files.inForce(on: database)
            let engine = try await site.open(registry, on: database, logger)
            let ledger = await wiring.ledger(engine)
            let briefer = wiring.briefer(engine, ledger)
            let targets = try targetOptions.targets(site.environment)
            let industries = try demo ? site.industries() : site.optionalIndustries()
            let simulations = industries.map { wiring.simulations(engine, $0, targets, ledger) }
            let work = try Work(of: engine, simulations)
            if let simulations, demo { try await Demo(simulations).begin() }
            let http = try HTTPServer(
                engine, simulations: simulations, briefer: briefer, settings: settings, jobRules: work.rules, logger: logger
            ) { port in
                Greeting(site, registry, host: settings.host, port: port, hasDemo: demo).print()
            }
            var services: [any Service] = [http] + files.watches(engine)
            if hasWorker {
                if let simulations {
                    services.append(SimulationService(simulations, lease: try jobs.lease(site.environment), logger))
                }
                services.append(try work.worker(jobs, process, site.environment, logger))
            }
            try await process.group(services, site.environment, logger).run()
        }
    }
}

/// How the server listens and what it bears with.
struct ServerOptions: ParsableArguments {
    @Option(Settings.host) var host: String?
    @Option(Settings.port) var port: String?
    @Option(Settings.maxBody) var maxBody: String?
    @Option(Settings.maxHeader) var maxHeader: String?
    @Option(Settings.maxOperations) var maxOperations: String?
    @Option(Settings.maxConnections) var maxConnections: String?
    @Option(Settings.idleTimeout) var idleTimeout: String?
    @Option(Settings.bodyTimeout) var bodyTimeout: String?
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
}
