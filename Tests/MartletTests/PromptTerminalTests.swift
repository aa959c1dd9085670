import Foundation
import Subprocess
import SystemPackage
import Testing

@testable import martlet

/// `martlet query` as a person at a terminal has it.
@Suite(.timeLimit(.minutes(2))) struct `The prompt at a terminal` {
    private let program: Program

    init() async throws {
        program = Program(scratch: try Scratch())
        try program.scratch.writeBusiness()
        #expect(try await program.run("migrate").status == 0)
    }

    /// Runs the prompt at a terminal until `body` has ended it. Returns its status.
    private func converse(columns: UInt16 = 60, _ body: (PseudoTerminal) async throws -> Void) async throws -> Int32 {
        let terminal = try PseudoTerminal(columns: columns)
        let configuration = try program.configuration(["query"], ["HOME": program.scratch.path, "NO_COLOR": "1"])
        let (input, output, errors) = (try terminal.open(), try terminal.open(), try terminal.open())
        async let result = Subprocess.run(
            configuration, input: .fileDescriptor(input, closeAfterSpawningProcess: true),
            output: .fileDescriptor(output, closeAfterSpawningProcess: true),
            error: .fileDescriptor(errors, closeAfterSpawningProcess: true))
        await terminal.wait(for: "martlet> ")
        try await body(terminal)
        return try await result.terminationStatus.code
    }

    @Test func `completes, answers, remembers and ends`() async throws {
        let status = try await converse { terminal in
            try terminal.type("SELECT Name FROM Use\t")
            await terminal.wait(for: "FROM User ")
            try terminal.type("LIMIT 5\r")
            await terminal.wait(for: "Administrator")
            await terminal.wait(for: "martlet> ")
            try terminal.type("SELECT Nmae FROM User\r")
            await terminal.wait(for: "Did you mean Name?")
            await terminal.wait(for: "martlet> ")
            try terminal.type("\u{1B}[A\u{1B}[A")
            await terminal.wait(for: "FROM User LIMIT 5")
            try terminal.type("\u{3}")
            await terminal.wait(for: "^C")
            await terminal.wait(for: "martlet> ")
            try terminal.type("\u{4}")
        }
        #expect(status == 0)
        let history = try program.scratch.text(".martlet_history")
        #expect(history == "SELECT Name FROM User LIMIT 5\nSELECT Nmae FROM User\n")
        #expect(
            try await converse { terminal in
                try terminal.type("\u{1B}[A")
                await terminal.wait(for: "SELECT Nmae FROM User")
                try terminal.type("\u{15}exit\r")
            } == 0)
    }

    @Test func `long lines, pasted lines and another width`() async throws {
        let long = "SELECT Name FROM User WHERE Name != 'x' AND Name != 'y' AND Name != 'z' AND Name = 'Administrator'"
        let status = try await converse(columns: 40) { terminal in
            try terminal.type("\u{1B}[200~\(long.replacing(" AND", with: "\n  AND"))\u{1B}[201~")
            let shown = await terminal.wait(for: "= 'Administrator'")
            #expect(!shown.contains("SELECT Name FROM User WHERE Name != 'x' AND"))
            try terminal.type("\u{1}")
            await terminal.wait(for: "SELECT Name FROM User")
            terminal.resize(columns: 150)
            await terminal.wait(for: "= 'Administrator'")
            try terminal.type("\u{1B}[1;5C\u{1B}[1;5CX\u{8}\r")
            await terminal.wait(for: "1 record")
            await terminal.wait(for: "martlet> ")
            try terminal.type("\u{4}")
        }
        #expect(status == 0)
        #expect(try program.scratch.text(".martlet_history").split(separator: "\n").count == 1)
    }
}
