import Foundation
import Testing

@Suite struct `martlet serve` {
    let program: Program
    private var scratch: Scratch { program.scratch }

    init() throws {
        program = Program(scratch: try Scratch())
        try program.scratch.writeBusiness()
    }

    @Test(arguments: [["serve", "--host", "0.0.0.0"], ["serve", "--no-auth", "--host", "192.0.2.1"]])
    func `does not listen beyond this machine`(arguments: [String]) async throws {
        let process = try program.process(arguments + ["--port", "0"], "serve", [:])
        try await process.runToEnd()
        #expect(process.terminationStatus == 1)
        #expect(try scratch.text("serve.err").contains("acts as an administrator"))
    }

    @Test func `makes a secret that only its owner can read, greets, and stops when told to`() async throws {
        let server = try Server(program)
        let greeting = try await server.ready()
        #expect(greeting.contains("open without log-in"))
        let mode = try FileManager.default.attributesOfItem(atPath: scratch.path("data/test.secret"))[.posixPermissions] as? Int
        #expect(mode == 0o600)
        #expect(await server.stop() == 0)
    }

    @Test func `puts a valid change in force and keeps the version before an invalid one`() async throws {
        let server = try Server(program)
        _ = try await server.ready()
        try scratch.write("metadata/Invoice.object.yml", "name: Invoice\nfields:\n  - { name: Name, type: text }\n")
        try await server.logs("New metadata is in force: metadata/Invoice.object.yml is new")
        try scratch.write("metadata/Invoice.object.yml", "name: Invoice\nfields:\n  - { name: Name, type: txt }\n")
        try await server.logs("metadata/Invoice.object.yml:3:")
        try await server.logs("the version before stays in force")
        #expect(await server.stop() == 0)
        #expect(try await program.run("check").status == 1)
    }
}

/// A running server and what it says.
private final class Server {
    private let process: Process
    private let scratch: Scratch

    init(_ program: Program) throws {
        scratch = program.scratch
        process = try program.process(["serve", "--port", "0"], "server", [:])
        try process.run()
    }

    deinit { if process.isRunning { process.terminate() } }

    /// Its greeting, once it answers.
    func ready() async throws -> String { try await wait(for: "Ctrl-C", in: "server.out") }

    func logs(_ text: String) async throws { _ = try await wait(for: text, in: "server.err") }

    /// Tells it to stop and gives its exit status.
    func stop() async -> Int32 {
        process.terminate()
        while process.isRunning { await Task.yield() }
        return process.terminationStatus
    }

    /// Whatever another process writes, it writes when it likes; two minutes are ample, also on a busy machine.
    private func wait(for text: String, in file: String) async throws -> String {
        let end = ContinuousClock.now + .seconds(120)
        while ContinuousClock.now < end {
            let written = try scratch.text(file)
            if written.contains(text) { return written }
            if !process.isRunning { break }
            try await Task.sleep(for: .milliseconds(20))
        }
        let said = try scratch.text("server.out") + scratch.text("server.err")
        Issue.record("\(file) does not say \"\(text)\": \(said)")
        return ""
    }
}
