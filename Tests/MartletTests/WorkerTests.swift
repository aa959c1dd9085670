import Engine
import Foundation
import Jobs
import PostgresCluster
import Storage
import Subprocess
import Testing
import Values

@Suite(.timeLimit(.minutes(2))) struct `martlet worker` {
    let program: Program

    init() throws {
        program = Program(scratch: try Scratch())
        try program.scratch.writeBusiness()
    }

    @Test func `works on the jobs of a file until it is told to stop`() async throws {
        try await work(on: "sqlite:data/test.sqlite") {
            var options = SQLiteDatabase.Options()
            options.functions = Engine.sqlFunctions
            return try await SQLiteDatabase.open(path: program.scratch.path("data/test.sqlite"), options: options)
        }
    }

    @Test func `works on the jobs of a PostgreSQL server`() async throws {
        let test = try await PostgresCluster.shared.makeDatabase()
        try await work(on: test.address) { try await PostgresDatabase.open(PostgresAddress(test.address)) }
        withExtendedLifetime(test) {}
    }

    private func work(on address: String, _ open: () async throws -> any Database) async throws {
        let environment = ["MARTLET_DATABASE": address, "MARTLET_LOG_LEVEL": "debug"]
        #expect(try await program.run(["migrate"], environment: environment).status == 0)
        let database = try await open()
        let schedule = try #require(try Engine.maintenanceSchedules().first { $0.name == "forget-idempotency-keys" })
        _ = try await JobQueue(database).enqueue(schedule.job)
        let status = try await Subprocess.run(
            try program.configuration(["worker", "--worker-slots", "2"], environment), input: .none, output: .sequence,
            error: .sequence
        ) { execution in
            var greeting = execution.standardOutput.strings().makeAsyncIterator()
            #expect(try await greeting.next()?.contains("Working on the jobs of") == true)
            for try await line in execution.standardError.strings() {
                if line.contains("The job maintenance.forgetIdempotencyKeys is done") { try execution.send(signal: .terminate) }
            }
        }.terminationStatus.code
        #expect(status == 0)
        #expect(try await JobQueue(database).jobs().isEmpty)
        #expect(try await JobQueue(database).workers().isEmpty)
        await database.close()
    }

    @Test(arguments: [([String](), 1), (["--no-worker"], 0), (["--worker", "off"], 0)])
    func `the server works on jobs itself unless it is told not to`(arguments: [String], workers: Int) async throws {
        let settings = arguments + ["--log-level", "debug"]
        let status = try await Subprocess.run(
            try program.configuration(["serve", "--port", "0"] + settings), input: .none, output: .sequence, error: .sequence
        ) { execution in
            for try await line in execution.standardOutput.strings() where line.contains("Ctrl-C") { break }
            let database = try await SQLiteDatabase.open(path: program.scratch.path("data/test.sqlite"))
            // It registers right after it has greeted, or never.
            while try await JobQueue(database).workers().count < workers { await Task.yield() }
            #expect(try await JobQueue(database).workers().count == workers)
            await database.close()
            try execution.send(signal: .terminate)
            for try await _ in execution.standardError.strings() {}
        }.terminationStatus.code
        #expect(status == 0)
    }
}
