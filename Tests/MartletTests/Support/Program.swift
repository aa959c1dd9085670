import Foundation
import Testing

/// The built `martlet`, run as its users run it.
struct Program {
    struct Outcome {
        let status: Int32
        let output: String
        let errors: String
    }

    let scratch: Scratch

    /// Runs to the end in the scratch folder, on its database.
    func run(_ arguments: String..., input: String = "", environment: [String: String] = [:]) async throws -> Outcome {
        let name = UUID().uuidString
        try scratch.write(name + ".in", input)
        let process = try process(arguments, name, environment)
        try await process.runToEnd()
        return Outcome(
            status: process.terminationReason == .exit ? process.terminationStatus : 128 + process.terminationStatus,
            output: try scratch.text(name + ".out"), errors: try scratch.text(name + ".err"))
    }

    /// A process that reads and writes the files `NAME.in`, `NAME.out` and `NAME.err` of the scratch folder.
    func process(_ arguments: [String], _ name: String, _ environment: [String: String]) throws -> Process {
        for ending in [".out", ".err"] { try scratch.write(name + ending, "") }
        let process = Process()
        process.executableURL = try Self.executable
        process.arguments = arguments
        process.currentDirectoryURL = URL(filePath: scratch.path)
        let inherited = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("MARTLET_") }
        process.environment = inherited.merging(["MARTLET_DATABASE": "sqlite:data/test.sqlite"]) { $1 }.merging(environment) {
            $1
        }
        process.standardInput = FileHandle(forReadingAtPath: scratch.path(name + ".in")) ?? FileHandle.nullDevice
        process.standardOutput = FileHandle(forWritingAtPath: scratch.path(name + ".out"))
        process.standardError = FileHandle(forWritingAtPath: scratch.path(name + ".err"))
        return process
    }

    /// Beside the test bundle.
    private static var executable: URL {
        get throws {
            let folder = try #require(Bundle.main.executableURL).deletingLastPathComponent()
            let program = folder.appending(path: "martlet")
            try #require(FileManager.default.isExecutableFile(atPath: program.path), "martlet is not built")
            return program
        }
    }
}

extension Process {
    func runToEnd() async throws {
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            terminationHandler = { _ in continuation.resume() }
            do { try run() } catch { continuation.resume(throwing: error) }
        }
    }
}
