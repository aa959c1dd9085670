import PostgresCluster
import Testing
import Values

/// The commands, where the database is a PostgreSQL server.
@Suite(.timeLimit(.minutes(2))) struct `martlet on PostgreSQL` {
    let program: Program

    init() throws {
        program = Program(scratch: try Scratch())
        try program.scratch.writeBusiness()
    }

    @Test func `plans, migrates, asks and looks after itself as on a file`() async throws {
        let database = try await PostgresCluster.shared.makeDatabase()
        let environment = ["MARTLET_DATABASE": database.address]
        let plan = try await program.run(["plan"], environment: environment)
        #expect(plan.status == 0, "\(plan.errors)")
        #expect(plan.output.contains(". Create the table Account"))
        #expect(try await program.run(["migrate"], environment: environment).output.contains("Done: Create the table Account"))
        let again = try await program.run(["plan"], environment: environment)
        #expect(again.output.hasPrefix("Nothing to do: postgres://postgres@"))
        let answer = try await program.run(["query", #"{"object": "User", "fields": ["Name"]}"#], environment: environment)
        #expect(answer.status == 0, "\(answer.errors)")
        let doctor = try await program.run(["doctor", "--port", "0"], environment: environment)
        #expect(doctor.output.contains("holds what the metadata describes"))
        withExtendedLifetime(database) {}
    }

    @Test func `a server that is not there is named, without the password`() async throws {
        let environment = ["MARTLET_DATABASE": "postgres://x:secret@/y?host=/nowhere"]
        let outcome = try await program.run(["migrate"], environment: environment)
        #expect(outcome.status != 0)
        #expect(outcome.errors.contains("/nowhere") && !outcome.errors.contains("secret"))
    }
}
