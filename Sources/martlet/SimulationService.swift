import Engine
import Foundation
import Logging
import Metadata
import ServiceLifecycle
import Simulation
import Values

/// Works on running simulations while the server runs.
struct SimulationService: Service {
    private let simulations: Simulations
    private let settings: SimulationWorker.Settings
    private let logger: Logger

    /// - Parameter lease: how long it may be silent before others have its work.
    init(_ simulations: Simulations, lease: Duration, _ logger: Logger) {
        var settings = SimulationWorker.Settings()
        (settings.lease, settings.heartbeat) = (lease, lease / 4)
        (self.simulations, self.settings, self.logger) = (simulations, settings, logger)
    }

    func run() async throws {
        let logger = logger
        let worker = SimulationWorker(simulations, settings: settings) { logger.warning("A simulation: \($0.detail)") }
        await cancelWhenGracefulShutdown { await worker.run() }
    }
}

extension Site {
    /// The industries that simulations are made for.
    func industries() throws -> Industries {
        let path = metadata + "/" + Industries.fileName
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw Failure(
                .refused, "There is no \(path), which says what business is like", hint: "Copy the shipped one into the folder")
        }
        let (industries, diagnostics) = Industries.load(text, file: path)
        for diagnostic in diagnostics { try Terminal.errors.line(diagnostic.description) }
        guard let industries else { throw Failure(.refused, "\(path) has mistakes") }
        return industries
    }

    /// The same; nil where the metadata folder has no table.
    func optionalIndustries() throws -> Industries? {
        FileManager.default.fileExists(atPath: metadata + "/" + Industries.fileName) ? try industries() : nil
    }
}
