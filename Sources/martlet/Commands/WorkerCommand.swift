import ArgumentParser
import Engine
import Logging
import ServiceLifecycle
import Simulation

struct WorkerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "worker",
        abstract: "Work on jobs and simulations, beside the server.",
        discussion: """
            Does what was put off until later: maintenance, what triggers enqueue, and simulations. The server does that too, unless it is \
            started with --no-worker; any number of workers may share a PostgreSQL server, and a few a file of SQLite. Each \
            job is done by one of them, and by another if that one is lost. Ctrl-C or SIGTERM finishes the jobs that have \
            begun, gives back the others and stops.

            EXAMPLES
              martlet worker
              martlet worker --worker-slots 32 --database 'postgres://martlet@db.example/crm?sslmode=verify-full'
            """)

    @OptionGroup var site: Site.Options
    @OptionGroup var jobs: WorkerOptions
    @OptionGroup var process: ProcessOptions
    @OptionGroup var targetOptions: TargetOptions
    @OptionGroup var assistant: AssistantOptions

    func run() async throws {
        let site = try Site(site)
        let wiring = try assistant.wiring(site.environment)
        let logger = try process.logger(site.environment)
        let files = try SiteFiles(site, logger)
        try await site.openDatabase().closed { database in
            let engine = try await site.open(try await files.inForce(on: database), on: database, logger)
            let targets = try targetOptions.targets(site.environment)
            let ledger = await wiring.ledger(engine)
            let simulations = try site.optionalIndustries().map { wiring.simulations(engine, $0, targets, ledger) }
            let worker = try Work(of: engine, simulations).worker(jobs, process, site.environment, logger)
            let greeting = WorkerGreeting("Working on the jobs of \(site.database) as \(worker.name). Ctrl-C stops.")
            var services: [any Service] = [greeting] + files.watches(engine)
            if let simulations {
                services.append(SimulationService(simulations, lease: try jobs.lease(site.environment), logger))
            }
            try await process.group(services + [worker], site.environment, logger).run()
        }
    }
}

/// Says that a worker works, once it would also hear that it is to stop.
private struct WorkerGreeting: Service {
    private let text: String

    init(_ text: String) { self.text = text }

    func run() async throws {
        try? Terminal.output.line(text)
        try await gracefulShutdown()
    }
}
