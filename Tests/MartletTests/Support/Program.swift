import Foundation
import Subprocess
import SystemPackage
import Testing

/// The built `martlet`, run as its users run it.
struct Program {
    struct Outcome {
        /// As a shell gives it: 128 and the number of the signal where one ended it.
        let status: Int32
        let output: String
        let errors: String
    }

    let scratch: Scratch

    func run(_ arguments: String..., input: String = "", environment: [String: String] = [:]) async throws -> Outcome {
        try await run(arguments, input: input, environment: environment)
    }

    /// Runs to the end in the scratch folder, on its database.
    func run(_ arguments: [String], input: String = "", environment: [String: String] = [:]) async throws -> Outcome {
        let result = try await Subprocess.run(
            try configuration(arguments, environment), input: try self.input(input), output: .string(limit: 1 << 24),
            error: .string(limit: 1 << 24))
        return Outcome(
            status: result.terminationStatus.code, output: result.standardOutput, errors: result.standardError)
    }

    /// From a file: a pipe that the program does not read to its end would end the tests.
    func input(_ text: String) throws -> FileDescriptorInput {
        let name = UUID().uuidString
        try scratch.write(name, text)
        return .fileDescriptor(try .open(FilePath(scratch.path(name)), .readOnly), closeAfterSpawningProcess: true)
    }

    func configuration(_ arguments: [String], _ environment: [String: String] = [:]) throws -> Configuration {
        var variables = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("MARTLET_") }
        variables["MARTLET_DATABASE"] = "sqlite:data/test.sqlite"
        variables.merge(environment) { $1 }
        return Configuration(
            executable: .path(FilePath(try Self.executable)), arguments: Arguments(arguments),
            environment: .custom(Dictionary(uniqueKeysWithValues: variables.map { (.init(stringLiteral: $0.key), $0.value) })),
            workingDirectory: FilePath(scratch.path))
    }

    /// Beside the test bundle.
    private static var executable: String {
        get throws {
            let folder = try #require(Bundle.main.executableURL).deletingLastPathComponent()
            let program = folder.appending(path: "martlet")
            try #require(FileManager.default.isExecutableFile(atPath: program.path), "martlet is not built")
            return program.path
        }
    }
}

extension TerminationStatus {
    var code: Int32 {
        switch self {
        case .exited(let code): code
        case .signaled(let signal): 128 + signal
        }
    }
}
