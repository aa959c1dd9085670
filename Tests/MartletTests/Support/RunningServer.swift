import Subprocess
import Testing

/// A running server and what it says.
struct RunningServer {
    private typealias Lines = SubprocessOutputSequence.StringSequence<UTF8>

    private var output: Lines.AsyncIterator
    private var errors: Lines.AsyncIterator
    private var said = ""

    /// Starts `martlet serve`, tells it to stop after `body`, and gives its exit status.
    static func status(
        _ program: Program, _ options: [String] = [], environment: [String: String] = [:], ending signal: Signal = .terminate,
        _ body: (inout RunningServer) async throws -> Void
    ) async throws -> Int32 {
        try await Subprocess.run(
            try program.configuration(["serve", "--port", "0"] + options, environment), input: .none, output: .sequence,
            error: .sequence
        ) { execution in
            var server = RunningServer(
                output: execution.standardOutput.strings().makeAsyncIterator(),
                errors: execution.standardError.strings().makeAsyncIterator())
            try await body(&server)
            try execution.send(signal: signal)
            while try await server.errors.next() != nil {}
            while try await server.output.next() != nil {}
        }.terminationStatus.code
    }

    /// Its greeting, once it answers.
    mutating func greeting() async throws -> String {
        var greeting = ""
        while let line = try await output.next() {
            greeting += line
            if line.contains("Ctrl-C") { return greeting }
        }
        Issue.record("It ends with \(greeting)")
        return greeting
    }

    /// Waits until it logs the text.
    mutating func logs(_ text: String) async throws {
        while let line = try await errors.next() {
            said += line
            if line.contains(text) { return }
        }
        Issue.record("It does not say \"\(text)\": \(said)")
    }
}
