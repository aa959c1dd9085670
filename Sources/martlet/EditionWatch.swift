import Engine
import Logging
import Metadata
import ServiceLifecycle

/// Asks about once a second whether another server of the database has put other metadata in force, and follows it.
struct EditionWatch: Service {
    private let engine: Engine
    private let interval: Duration
    private let logger: Logger

    init(_ engine: Engine, every interval: Duration = .seconds(1), logger: Logger) {
        (self.engine, self.interval, self.logger) = (engine, interval, logger)
    }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            var (version, told) = (engine.registry.version, "")
            while true {
                do { try await Task.sleep(for: interval) } catch { return }
                do {
                    try await engine.follow()
                    told = ""
                } catch { tell(error, &told) }
                // It may have been followed by a writer already.
                if engine.registry.version != version {
                    version = engine.registry.version
                    logger.info("Other metadata is in force on this database: \(engine.registry.summary), version \(version)")
                }
            }
        }
    }

    /// What goes on is told once.
    private func tell(_ error: any Error, _ told: inout String) {
        let failure = Failure(error)
        if failure.message != told {
            logger.error("Whether other servers have put other metadata in force cannot be told: \(failure.message)")
        }
        told = failure.message
    }
}
