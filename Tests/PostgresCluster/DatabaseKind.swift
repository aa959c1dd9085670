import Foundation
package import SQL
package import Storage

/// The kinds of database on which everything must hold: a promise is written once and checked on each.
package enum DatabaseKind: String, Sendable, CaseIterable {
    case sqlite
    case postgres

    /// Opens a new, empty database.
    ///
    /// - Parameters:
    ///   - functions: what SQLite's connections are to know.
    ///   - statements: what makes the same functions on PostgreSQL.
    ///   - postgres: changes options of PostgreSQL.
    package func open(
        functions: [SQLFunction] = [], statements: [String] = [], sqlite: SQLiteDatabase.Options = SQLiteDatabase.Options(),
        postgres: (inout PostgresDatabase.Options) -> Void = { _ in }
    ) async throws -> OpenDatabase {
        switch self {
        case .sqlite: try await OpenDatabase(inFolder: functions, sqlite)
        case .postgres: try await OpenDatabase(onCluster: statements, postgres)
        }
    }
}

/// A database of one test.
package struct OpenDatabase: Sendable {
    package let database: any Database
    /// Nil where it is not in a folder of its own.
    package let folder: String?
    private let test: TestDatabase?
    private let statements: [String]

    /// By which another process finds it: the path of the file, or the address on the server.
    package var address: String { path ?? test?.address ?? "" }

    /// The file; nil where there is none.
    package var path: String? { folder.map { $0 + "/crm.sqlite" } }

    fileprivate init(inFolder functions: [SQLFunction], _ options: SQLiteDatabase.Options) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "martlet-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        var options = options
        options.functions = functions
        database = try await SQLiteDatabase.open(path: folder + "/crm.sqlite", options: options)
        (self.folder, test, statements) = (folder, nil, [])
    }

    fileprivate init(onCluster statements: [String], _ change: (inout PostgresDatabase.Options) -> Void) async throws {
        let test = try await PostgresCluster.shared.makeDatabase(sharing: "functions") { address in
            let database = try await PostgresDatabase.open(PostgresAddress(address)) {
                ($0.functions, $0.connectTimeout) = (statements, .seconds(60))
            }
            try await database.migrate(to: Schema(tables: []))
            await database.close()
        }
        database = try await OpenDatabase.open(test, statements, change)
        (folder, self.test, self.statements) = (nil, test, statements)
    }

    private static func open(
        _ test: TestDatabase, _ statements: [String], _ change: (inout PostgresDatabase.Options) -> Void = { _ in }
    ) async throws -> PostgresDatabase {
        try await PostgresDatabase.open(PostgresAddress(test.address)) { options in
            // Many tests share the machine.
            (options.linePatience, options.connectTimeout) = (.seconds(60), .seconds(60))
            options.serverSettings.append(("lock_timeout", "60s"))
            (options.functions, options.pipelines, options.pagePipelines) = (statements, 1, 1)
            (options.readers, options.writers) = (1, 2)
            change(&options)
        }
    }

    /// Opens it as another server would, with connections of its own; nil where one process has it alone.
    package func another() async throws -> PostgresDatabase? {
        guard let test else { return nil }
        return try await OpenDatabase.open(test, statements)
    }

    package func close() async {
        await database.close()
        if let folder { try? FileManager.default.removeItem(atPath: folder) }
    }
}
