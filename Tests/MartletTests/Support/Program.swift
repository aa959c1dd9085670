import Engine
import Foundation
import Metadata
import PostgresCluster
import SQL
import Storage
import Subprocess
import SystemPackage
import Testing
import Values

/// The built `martlet`, run as its users run it.
struct Program {
    struct Outcome {
        /// As a shell gives it: 128 and the number of the signal where one ended it.
        let status: Int32
        let output: String
        let errors: String
    }

    let scratch: Scratch
    /// Nil for a file in the scratch folder.
    private var server: TestDatabase?

    init(scratch: Scratch) { self.scratch = scratch }

    /// On a new database of that kind, with the little business.
    static func on(_ kind: DatabaseKind) async throws -> Program {
        var program = Program(scratch: try Scratch())
        try program.scratch.writeBusiness()
        if kind == .postgres { program.server = try await PostgresCluster.shared.makeDatabase() }
        return program
    }

    /// What the program calls its database.
    var databaseName: String {
        get throws { try server.map { try PostgresAddress($0.address).description } ?? "data/test.sqlite" }
    }

    /// Writes a record into its database and gives its id.
    func enter(_ object: String, _ values: JSON.Members) async throws -> String {
        let registry = try #require(Registry.load(directory: scratch.path("metadata")).registry)
        let database = try await openDatabase()
        let engine = try await Engine.open(registry, on: database)
        let outcome = try await engine.write([.create(object: object, values: values)], as: .administrator())
        await database.close()
        return try #require(outcome.results.first).get().id
    }

    /// The first column of every row.
    func texts(_ sql: String) async throws -> Set<String> {
        let database = try await openDatabase()
        let texts = try await database.read(Statement(sql: sql), lane: .long, deadline: .after(.seconds(60))) { rows in
            var texts: Set<String> = []
            while try rows.next() { texts.insert(rows.cell(0).string ?? "") }
            return texts
        }
        await database.close()
        return texts
    }

    private func openDatabase() async throws -> any Database {
        guard let server else {
            var options = SQLiteDatabase.Options()
            options.functions = Engine.sqlFunctions
            try FileManager.default.createDirectory(atPath: scratch.path("data"), withIntermediateDirectories: true)
            return try await SQLiteDatabase.open(path: scratch.path("data/test.sqlite"), options: options)
        }
        return try await PostgresDatabase.open(PostgresAddress(server.address)) { $0.functions = Engine.postgresFunctions }
    }

    func run(_ arguments: String..., input: String = "", environment: [String: String] = [:]) async throws -> Outcome {
        try await run(arguments, input: input, environment: environment)
    }

    /// Runs to the end in the scratch folder, on its database.
    func run(_ arguments: [String], input: String = "", environment: [String: String] = [:]) async throws -> Outcome {
        let result = try await Subprocess.run(
            try configuration(arguments, environment), input: try self.input(input), output: .string(limit: 1 << 24),
            error: .string(limit: 1 << 24))
        return Outcome(
            status: result.terminationStatus.code, output: result.standardOutput, errors: result.standardError)
    }

    /// From a file: a pipe that the program does not read to its end would end the tests.
    func input(_ text: String) throws -> FileDescriptorInput {
        let name = UUID().uuidString
        try scratch.write(name, text)
        return .fileDescriptor(try .open(FilePath(scratch.path(name)), .readOnly), closeAfterSpawningProcess: true)
    }

    func configuration(_ arguments: [String], _ environment: [String: String] = [:]) throws -> Configuration {
        var variables = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("MARTLET_") }
        variables["MARTLET_DATABASE"] = server?.address ?? "sqlite:data/test.sqlite"
        variables.merge(environment) { $1 }
        return Configuration(
            executable: .path(FilePath(try Self.executable)), arguments: Arguments(arguments),
            environment: .custom(Dictionary(uniqueKeysWithValues: variables.map { (.init(stringLiteral: $0.key), $0.value) })),
            workingDirectory: FilePath(scratch.path))
    }

    /// Beside the test bundle.
    private static var executable: String {
        get throws {
            let folder = try #require(Bundle.main.executableURL).deletingLastPathComponent()
            let program = folder.appending(path: "martlet")
            try #require(FileManager.default.isExecutableFile(atPath: program.path), "martlet is not built")
            return program.path
        }
    }
}

extension TerminationStatus {
    var code: Int32 {
        switch self {
        case .exited(let code): code
        case .signaled(let signal): 128 + signal
        }
    }
}
