import Foundation
import Testing

@Suite(.timeLimit(.minutes(3))) struct `martlet simulate` {
    let program: Program
    private var shipped: [String: String] { ["MARTLET_METADATA": repository.appending(path: "metadata").path] }

    init() throws { program = Program(scratch: try Scratch()) }

    private func simulate(_ arguments: String...) async throws -> Program.Outcome {
        try await program.run(["simulate"] + arguments, environment: shipped)
    }

    @Test func `fills the database and tells what it did`() async throws {
        let outcome = try await simulate(
            "--records", "6", "--theme", "Cuisine", "--industry", "Hospitality", "--scenario", "B2C", "--start", "2026-01-01",
            "--end",
            "2026-02-01", "--seed", "5")
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.output.contains("Completed: 6 of 6 primary records"))
        #expect(outcome.output.contains("seed 5"))
        let accounts = try await program.run("query", "SELECT COUNT() FROM Account", environment: shipped)
        #expect(accounts.output.contains("6"))
    }

    @Test func `shows the curve of arrivals without making anything`() async throws {
        let outcome = try await simulate(
            "--records", "240", "--distribution", "Surge", "--start", "2026-01-01", "--end", "2026-01-25", "--plan")
        #expect(outcome.status == 0)
        let lines = outcome.output.split(separator: "\n")
        #expect(lines.count == 24)
        #expect(lines[0].hasPrefix("2026-01-01T00:00"))
        #expect(lines.map { $0.count { $0 == "#" } }.max() == 50)
        #expect(!FileManager.default.fileExists(atPath: program.scratch.path("data/test.sqlite")))
    }

    @Test(arguments: [
        (["--theme", "Pirats"], "There is no theme \"Pirats\"", "Did you mean Pirates?"),
        (["--frequency", "often"], "\"often\" is no frequency", "1h, 4hrs, 1day, 1wk, 1mo"),
        (["--distribution", "Bell Curv"], "There is no distribution method \"Bell Curv\"", "Did you mean Bell Curve?"),
    ])
    func `says what is wrong and what was meant`(arguments: [String], error: String, hint: String) async throws {
        let outcome = try await program.run(["simulate", "--plan"] + arguments, environment: shipped)
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains(error) && outcome.errors.contains(hint))
    }
}
