import ArgumentParser
import Engine
import Foundation
import Jobs
import Logging
import ServiceLifecycle
import Simulation
import Values

/// All that this program does later: what does each kind of jobs, and what is due again and again.
struct Work: Sendable {
    private let handlers: [JobHandler]
    private let schedules: [JobSchedule]
    private let queue: JobQueue

    init(of engine: Engine, _ simulations: Simulations?) throws {
        queue = engine.jobs
        handlers = engine.maintenanceHandlers + (simulations?.handlers ?? [])
        schedules = try Engine.maintenanceSchedules()
    }

    /// The kinds of jobs there may be.
    var rules: [JobRules] { handlers.map(\.rules) }

    /// A worker for it, as the settings want it.
    func worker(
        _ options: WorkerOptions, _ process: ProcessOptions, _ environment: Environment, _ logger: Logger
    ) throws(Failure) -> WorkerService {
        var settings = WorkerSettings()
        settings.name = "\(ProcessInfo.processInfo.hostName):\(ProcessInfo.processInfo.processIdentifier)"
        settings.slots = try environment.value(Settings.workerSlots, options.workerSlots, or: settings.slots)
        settings.lease = try options.lease(environment)
        // Several beats within a lease, and several looks within a beat.
        (settings.beat, settings.tick) = (settings.lease / 4, max(.milliseconds(10), min(settings.tick, settings.lease / 20)))
        // What is cancelled needs a moment more.
        settings.grace = try process.shutdownTimeout(environment) * 0.75
        let worker = JobWorker(queue, handlers: handlers, schedules: schedules, settings: settings) { logger.log($0) }
        return WorkerService(name: settings.name, worker: worker)
    }
}

/// How this process works on jobs.
struct WorkerOptions: ParsableArguments {
    @Option(Settings.workerSlots) var workerSlots: String?
    @Option(Settings.workerLease) var workerLease: String?

    func lease(_ environment: Environment) throws(Failure) -> Duration {
        try environment.value(Settings.workerLease, workerLease, or: WorkerSettings().lease)
    }
}

/// A worker that stops when its process is told to.
struct WorkerService: Service {
    let name: String
    fileprivate let worker: JobWorker

    func run() async throws {
        await withGracefulShutdownHandler {
            await worker.run()
        } onGracefulShutdown: {
            worker.stop()
        }
    }
}

extension Logger {
    /// One line for what an administrator may want to know; what goes as it should is for those who debug.
    fileprivate func log(_ event: JobEvent) {
        switch event {
        case .done(let job, let took): debug("The job \(job.kind) is done", metadata: ["job": "\(job.id)", "took": "\(took)"])
        case .failed(let job, let error, let retryAt?):
            warning(
                "The job \(job.kind) failed and is tried again at \(retryAt): \(error)",
                metadata: ["job": "\(job.id)", "attempt": "\(job.attempt)"])
        case .failed(let job, let error, nil):
            self.error(
                "The job \(job.kind) failed for good: \(error)", metadata: ["job": "\(job.id)", "attempt": "\(job.attempt)"])
        case .cancelled(let job): info("The job \(job.kind) is cancelled", metadata: ["job": "\(job.id)"])
        case .released(let job): info("The job \(job.kind) is given back to the queue", metadata: ["job": "\(job.id)"])
        case .lost(let id):
            warning("What was done for a job is not kept: another worker has taken it", metadata: ["job": "\(id)"])
        case .tookOff(let worker, let jobs):
            warning("A worker has fallen silent; its jobs go to others", metadata: ["worker": "\(worker)", "jobs": "\(jobs)"])
        case .takenOff: warning("This worker was silent for too long: others have its jobs now. It begins anew")
        case .scheduled(let name, let at): debug("The schedule \(name) is due", metadata: ["at": "\(at)"])
        case .compacted(let from, let to):
            debug("The table of jobs is rewritten", metadata: ["from": "\(from)", "to": "\(to)"])
        case .trouble(let text): warning("The jobs cannot be looked after; that is tried again: \(text)")
        }
    }
}
