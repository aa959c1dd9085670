import Engine
import Foundation
import Metadata
import PostgresCluster
import SQL
import Storage
import Subprocess
import Testing
import Values

@testable import martlet

@Suite(.timeLimit(.minutes(3))) struct `martlet transfer` {
    let program: Program
    private var scratch: Scratch { program.scratch }

    init() throws {
        program = Program(scratch: try Scratch())
        try program.scratch.writeBusiness()
        let file = "metadata/Account.object.yml"
        let fields = try scratch.text(file).replacing(
            "fields:\n",
            with: "fields:\n  - { name: Code, type: autoNumber, format: 'A-{0000}' }\n  - { name: Iban, type: encrypted }\n")
        try scratch.write(file, fields)
    }

    @Test func `moves a business to a server and back again`() async throws {
        try await enter(accounts: 3)
        let server = try await PostgresCluster.shared.makeDatabase()
        let there = try await program.run("transfer", "--to", server.address)
        #expect(there.status == 0, "\(there.errors)")
        #expect(there.output.contains("Nothing may write to data/test.sqlite until this has come to its end"))
        #expect(there.output.contains("Both hold the same "))
        #expect(there.output.contains("Encrypted fields stayed encrypted: serve postgres://postgres@"))
        #expect(there.output.contains("--secret-file data/test.secret"))
        #expect(there.errors.contains("Account: 3 rows\n"))
        let back = try await program.run("transfer", "--from", server.address, "--to", "sqlite:back.sqlite")
        #expect(back.status == 0, "\(back.errors)")
        #expect(hashes(there.output) == hashes(back.output) && hashes(back.output).count > 3)

        // With its secret, the business answers from either; numbers go on where they were.
        let question = #"{"object": "Account", "fields": ["Code", "Name", "Iban", "IsDeleted"], "orderBy": ["Code"]}"#
        let secret = ["MARTLET_SECRET_FILE": "data/test.secret"]
        let first = try await program.run("query", question)
        #expect(first.status == 0 && first.output.contains("CH93"))
        for address in [server.address, "sqlite:back.sqlite"] {
            let answer = try await program.run(["query", question, "--database", address], environment: secret)
            #expect(answer.output == first.output, "\(answer.errors)")
            let plan = try await program.run("plan", "--database", address)
            #expect(plan.output.hasPrefix("Nothing to do"))
        }
        withExtendedLifetime(server) {}
    }

    @Test func `goes on after it was killed, and lets nobody use the half of it`() async throws {
        let count = 1_500
        try await enter(accounts: count)
        let server = try await PostgresCluster.shared.makeDatabase()
        let watcher = try await PostgresDatabase.open(PostgresAddress(server.address))
        let status = try await kill(["transfer", "--to", server.address, "--batch", "1"]) {
            // Until some of the accounts are there; most are not.
            while try await watcher.accounts() == 0 { await Task.yield() }
        }
        #expect(status == 128 + 9)
        let arrived = try await watcher.accounts()
        #expect((1..<count).contains(arrived))
        let query = try await program.run("query", "SELECT Name FROM Account", "--database", server.address)
        #expect(query.status == 1 && query.errors.contains("a transfer into it has not come to its end"))

        let again = try await program.run("transfer", "--to", server.address)
        #expect(again.status == 0, "\(again.errors)")
        #expect(again.errors.contains("Going on after "))
        #expect(again.output.contains("  1,500 rows\n"))
        #expect(try await watcher.accounts() == count)
        let third = try await program.run("transfer", "--to", server.address)
        #expect(third.status == 1 && third.errors.contains("The target holds data: "))
        await watcher.close()
        withExtendedLifetime(server) {}
    }

    @Test(arguments: [
        (["--to", "mysql:x"], 64, "--to is \"mysql:x\": expected sqlite:PATH"),
        (["--to", "sqlite:y", "--batch", "0"], 64, "--batch is 0"),
        (["--from", "sqlite:nowhere", "--to", "sqlite:y"], 69, "There is no database at nowhere"),
        (["--to", "sqlite:data/../data/test.sqlite"], 64, "are the same database"),
    ])
    func `a wrong command line says what is wrong`(arguments: [String], status: Int32, text: String) async throws {
        try await enter(accounts: 1)
        let outcome = try await program.run(["transfer"] + arguments)
        #expect(outcome.status == status && outcome.errors.contains(text), "\(outcome.errors)")
    }

    @Test(arguments: [
        (0, 100, 1, ""), (500, 1_000, 5, "100 rows/s, 0:05 left"), (10, 7_210, 10, "1 rows/s, 120:00 left"),
    ])
    func `tells the rate and the time that is left`(done: Int, total: Int, seconds: Int, text: String) {
        #expect(TransferDisplay.pace(done, of: total, in: .seconds(seconds)) == text)
    }

    /// The lines of tables, each with its hash.
    private func hashes(_ output: String) -> [Substring] { output.split(separator: "\n").filter { $0.hasPrefix("  ") } }

    /// Accounts of which the last is in the recycle bin.
    private func enter(accounts count: Int) async throws {
        let registry = try #require(Registry.load(directory: scratch.path("metadata")).registry)
        var options = SQLiteDatabase.Options()
        options.functions = Engine.sqlFunctions
        try FileManager.default.createDirectory(atPath: scratch.path("data"), withIntermediateDirectories: true)
        let database = try await SQLiteDatabase.open(path: scratch.path("data/test.sqlite"), options: options)
        let engine = try await Engine.open(
            registry, on: database, settings: EngineSettings(secret: try Secret.open(scratch.path("data/test.secret"))))
        let requests = (0..<count).map { number in
            WriteRequest.create(object: "Account", values: ["Name": .string("Account \(number)"), "Iban": "CH93"])
        }
        let outcome = try await engine.write(requests, as: .administrator())
        let last = try #require(outcome.results.last).get().id
        _ = try await engine.write([.delete(object: "Account", id: last)], as: .administrator())
        await database.close()
    }

    /// Starts the program, ends it without a word after `body`, and gives its exit status.
    private func kill(_ arguments: [String], after body: () async throws -> Void) async throws -> Int32 {
        try await Subprocess.run(
            try program.configuration(arguments), input: .none, output: .discarded, error: .sequence
        ) { execution in
            var errors = execution.standardError.strings().makeAsyncIterator()
            while let line = try await errors.next(), !line.contains("Account: ") {}
            try await body()
            try execution.send(signal: .kill)
            while try await errors.next() != nil {}
        }.terminationStatus.code
    }
}

extension Database {
    fileprivate func accounts() async throws -> Int {
        try await read(Statement(sql: #"SELECT count(*) FROM "Account""#), lane: .long, deadline: .after(.seconds(60))) {
            try $0.next() ? Int($0.cell(0).integer ?? 0) : 0
        }
    }
}
