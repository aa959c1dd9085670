import Foundation
import Subprocess
import SystemPackage
import Testing

@Suite struct `The command line` {
    let program: Program

    init() throws { program = Program(scratch: try Scratch()) }

    @Test(arguments: ["serve", "check", "plan", "migrate", "query", "soql check", "soql format", "formula eval", "doctor"])
    func `the help of a command teaches by examples`(command: String) async throws {
        let words = command.split(separator: " ").map(String.init)
        let outcome = try await program.run(words + ["--help"])
        #expect(outcome.status == 0)
        #expect(outcome.output.contains("EXAMPLES\n  martlet \(command)"))
    }

    @Test func `the help of the program lists the exit codes`() async throws {
        let outcome = try await program.run("--help")
        for code in ["0", "1", "64", "69", "70"] { #expect(outcome.output.contains("  \(code) ")) }
    }

    @Test(arguments: [["sevre"], ["check", "--prot"], ["query", "--format", "xml"]])
    func `a wrong command line is an error with a hint`(arguments: [String]) async throws {
        let outcome = try await program.run(arguments)
        #expect(outcome.status == 64)
        #expect(outcome.errors.hasPrefix("error: ") && outcome.errors.contains("\nhint: "))
    }

    @Test func `doctor prints a line for each thing and what to do`() async throws {
        try program.scratch.writeBusiness()
        #expect(try await program.run("doctor", "--port", "0").status == 0)
        try program.scratch.write("metadata/Broken.object.yml", "name: Broken\nfeilds: []\n")
        let outcome = try await program.run("doctor", "--port", "0")
        #expect(outcome.status == 1)
        #expect(outcome.output.contains("ok       sqlite    SQLite 3."))
        #expect(outcome.output.contains("error    metadata  metadata has "))
        #expect(outcome.output.contains("martlet check metadata"))
    }

    @Test func `a reader that goes away ends the program quietly`() async throws {
        let lines = String(repeating: #"{"formula": "1 + 1"}"# + "\n", count: 20_000)
        let (reading, writing) = try FileDescriptor.pipe()
        try reading.close()
        let result = try await Subprocess.run(
            try program.configuration(["formula", "eval", "--batch"]), input: try program.input(lines),
            output: .fileDescriptor(writing, closeAfterSpawningProcess: true), error: .string(limit: 1 << 16))
        #expect(result.standardError.isEmpty)
    }
}
