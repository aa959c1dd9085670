import Foundation
import ShippedFiles
import Subprocess
import SystemPackage
import Testing

/// `martlet worker` as a process of its own, on the database of a theatre.
struct WorkerProcess: Sendable {
    /// How long it may be silent before others have its work.
    static let lease = Duration.seconds(1)

    let address: String

    init(_ theatre: Theatre) { address = theatre.address }

    /// One whose transactions PostgreSQL undoes when it is silent in their midst.
    init(silentNoLongerThan seconds: Int, _ theatre: Theatre) {
        // The address of a test's own schema ends in options, to which this is added.
        let patience = "%20-c%20idle_in_transaction_session_timeout%3D\(seconds)s"
        address = theatre.address + (theatre.address.hasPrefix("postgres") ? patience : "")
    }

    /// Starts it, calls `body` once it works, and waits for its end, which `body` brings about by a signal.
    @discardableResult
    func run(_ body: (_ send: (Signal) throws -> Void) async throws -> Void) async throws -> TerminationStatus {
        try await Subprocess.run(configuration(), input: .none, output: .sequence, error: .discarded) { execution in
            var lines = execution.standardOutput.strings().makeAsyncIterator()
            #expect(try await lines.next()?.hasPrefix("Working on the jobs of") == true)
            try await body { try execution.send(signal: $0) }
            while try await lines.next() != nil {}
        }.terminationStatus
    }

    /// Works until the simulation is over, and ends as workers do that are told to.
    func finish(_ id: String, of theatre: Theatre) async throws {
        let status = try await run { send in
            try await theatre.isOver(id)
            try send(.terminate)
        }
        #expect(status.isSuccess, "\(status)")
    }

    private func configuration() throws -> Configuration {
        let program = try #require(Bundle.main.executableURL).deletingLastPathComponent().appending(path: "martlet")
        var variables = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("MARTLET_") }
        variables.merge([
            "MARTLET_DATABASE": address, "MARTLET_METADATA": Shipped.root.path + "/metadata", "MARTLET_WORKER_LEASE": "1s",
            "MARTLET_SECRET_FILE": NSTemporaryDirectory() + "martlet-test-\(ProcessInfo.processInfo.processIdentifier).secret",
        ]) { $1 }
        return Configuration(
            executable: .path(FilePath(program.path)), arguments: ["worker"],
            environment: .custom(Dictionary(uniqueKeysWithValues: variables.map { (.init(stringLiteral: $0.key), $0.value) })))
    }
}
