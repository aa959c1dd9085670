import PostgresCluster
import Synchronization
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
        for line in [
            "postgres  PostgreSQL ", "texts     UTF8, with ICU", "commits   may be lost", "rights    Tables may", "lines     ",
        ] {
            #expect(doctor.output.contains(line), "\(doctor.output)")
        }
        withExtendedLifetime(database) {}
    }

    @Test func `servers that start together share one database, and a change that one makes is in force on all`() async throws {
        let database = try await PostgresCluster.shared.makeDatabase()
        let programs = try (0..<3).map { _ in
            let program = Program(scratch: try Scratch())
            try program.scratch.writeBusiness()
            return program
        }
        let environment = ["MARTLET_DATABASE": database.address]
        let ready = Tally()
        let statuses = try await withThrowingTaskGroup(of: Int32.self) { group in
            for (number, program) in programs.enumerated() {
                group.addTask {
                    try await RunningServer.status(program, environment: environment) { server in
                        _ = try await server.greeting()
                        ready.add()
                        // Only one of them gets the new file.
                        if number == 0 {
                            await ready.reach(programs.count)
                            try program.scratch.write(
                                "metadata/Invoice.object.yml", "name: Invoice\nfields: [{ name: Name, type: text }]\n")
                            try await server.logs("metadata/Invoice.object.yml is new")
                        } else {
                            try await server.logs("Other metadata is in force on this database")
                        }
                    }
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(statuses == [0, 0, 0])

        // A folder that is behind does not take the change back; whoever wants that says so.
        let status = try await RunningServer.status(programs[1], environment: environment) { server in
            try await server.logs("was superseded in this database")
            _ = try await server.greeting()
        }
        #expect(status == 0)
        let invoices = try await programs[1].run(["query", "SELECT Name FROM Invoice"], environment: environment)
        #expect(invoices.status == 0, "\(invoices.errors)")
        #expect(try await programs[1].run(["migrate"], environment: environment).status == 0)
        let gone = try await programs[1].run(["query", "SELECT Name FROM Invoice"], environment: environment)
        #expect(gone.status == 1 && gone.errors.contains("Invoice"), "\(gone.errors)")
    }

    @Test(arguments: [
        "postgres://crm:ge%zzheim@host/x", "postgres://crm:ge@heim@host/x",
        "postgres://crm:geheim/heim@host/x", "postgres://crm:heim?heim@host/x", "postgres://crm@host/x?password=geheim&sslmod=x",
        "host=x password=geheim", "postgres://crm:geheim@[::1",
    ])
    func `an address that cannot be read is not shown where it may hold a password`(_ address: String) async throws {
        let outcome = try await program.run(["migrate"], environment: ["MARTLET_DATABASE": address])
        #expect(outcome.status != 0)
        #expect(!(outcome.output + outcome.errors).contains("heim"), "\(outcome.errors)")
        #expect(outcome.errors.contains("MARTLET_DATABASE") || outcome.errors.contains("crm@host"), "\(outcome.errors)")
    }

    @Test func `a server that is not there is named, without the password`() async throws {
        let environment = ["MARTLET_DATABASE": "postgres://x:secret@/y?host=/nowhere"]
        let outcome = try await program.run(["migrate"], environment: environment)
        #expect(outcome.status != 0)
        #expect(outcome.errors.contains("/nowhere") && !outcome.errors.contains("secret"))
    }
}

/// Counts up to a number that somebody waits for.
private final class Tally: Sendable {
    private let count = Atomic(0)

    func add() { count.add(1, ordering: .relaxed) }
    func reach(_ number: Int) async { while count.load(ordering: .relaxed) < number { await Task.yield() } }
}
