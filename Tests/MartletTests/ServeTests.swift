import Foundation
import Testing

@Suite(.timeLimit(.minutes(2))) struct `martlet serve` {
    let program: Program
    private var scratch: Scratch { program.scratch }

    init() throws {
        program = Program(scratch: try Scratch())
        try program.scratch.writeBusiness()
    }

    @Test(arguments: [["serve", "--host", "0.0.0.0"], ["serve", "--no-auth", "--host", "192.0.2.1"]])
    func `does not listen beyond this machine`(arguments: [String]) async throws {
        let outcome = try await program.run(arguments + ["--port", "0"])
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains("acts as an administrator"))
    }

    @Test func `makes a secret that only its owner can read, greets, and stops when told to`() async throws {
        let status = try await RunningServer.status(program) { server in
            #expect(try await server.greeting().contains("open without log-in"))
            let mode = try FileManager.default.attributesOfItem(atPath: scratch.path("data/test.secret"))[.posixPermissions]
            #expect(mode as? Int == 0o600)
        }
        #expect(status == 0)
    }

    @Test func `puts a valid change in force and keeps the version before an invalid one`() async throws {
        let status = try await RunningServer.status(program) { server in
            _ = try await server.greeting()
            try scratch.write("metadata/Invoice.object.yml", "name: Invoice\nfields:\n  - { name: Name, type: text }\n")
            try await server.logs("New metadata is in force: metadata/Invoice.object.yml is new")
            try scratch.write("metadata/Invoice.object.yml", "name: Invoice\nfields:\n  - { name: Name, type: txt }\n")
            try await server.logs("metadata/Invoice.object.yml:3:")
            try await server.logs("the version before stays in force")
        }
        #expect(status == 0)
        #expect(try await program.run("check").status == 1)
    }
}
