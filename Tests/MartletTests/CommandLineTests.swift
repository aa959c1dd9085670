import Foundation
import Testing

@Suite struct `The command line` {
    let program: Program

    init() throws { program = Program(scratch: try Scratch()) }

    @Test(arguments: ["serve", "check", "plan", "migrate", "query", "formula eval", "doctor"])
    func `the help of a command teaches by examples`(command: String) async throws {
        let words = command.split(separator: " ").map(String.init)
        let name = UUID().uuidString
        let process = try program.process(words + ["--help"], name, [:])
        try await process.runToEnd()
        #expect(process.terminationStatus == 0)
        #expect(try program.scratch.text(name + ".out").contains("EXAMPLES\n  martlet \(command)"))
    }

    @Test func `the help of the program lists the exit codes`() async throws {
        let outcome = try await program.run("--help")
        for code in ["0", "1", "64", "69", "70"] { #expect(outcome.output.contains("  \(code) ")) }
    }

    @Test(arguments: [["sevre"], ["check", "--prot"], ["query", "--format", "xml"]])
    func `a wrong command line is an error with a hint`(arguments: [String]) async throws {
        let name = UUID().uuidString
        let process = try program.process(arguments, name, [:])
        try await process.runToEnd()
        #expect(process.terminationStatus == 64)
        let errors = try program.scratch.text(name + ".err")
        #expect(errors.hasPrefix("error: ") && errors.contains("\nhint: "))
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
        try program.scratch.write("lines", lines)
        let name = UUID().uuidString
        let process = try program.process(["formula", "eval", "--batch"], name, [:])
        let pipe = Pipe()
        process.standardInput = FileHandle(forReadingAtPath: program.scratch.path("lines"))
        process.standardOutput = pipe
        try pipe.fileHandleForReading.close()
        try await process.runToEnd()
        #expect(try program.scratch.text(name + ".err").isEmpty)
    }
}
