import Foundation
import SQL
import Storage
import Testing

/// A kind of database that must hold every promise of `Database`.
struct Driver: Sendable, CustomTestStringConvertible {
    let name: String
    /// Makes an empty database of its own for one test; it is gone when nothing holds it any more.
    let make: @Sendable () throws -> any Scratch

    var testDescription: String { name }

    static let all = [Driver(name: "SQLite") { try SQLiteScratch() }]
}

/// The database of one test, which may be opened more than once.
protocol Scratch: Sendable {
    func open() async throws -> any Database
}

final class SQLiteScratch: Scratch {
    let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "martlet-storage-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    var path: String { folder.appending(path: "test.sqlite").path }
    var logSize: Int { ((try? FileManager.default.attributesOfItem(atPath: path + "-wal"))?[.size] as? Int) ?? 0 }

    func open() async throws -> any Database { try await open(SQLiteDatabase.Options()) }
    func open(_ options: SQLiteDatabase.Options) async throws -> SQLiteDatabase {
        try await SQLiteDatabase.open(path: path, options: options)
    }
}

extension Driver {
    /// A database that holds the sales schema, for one test.
    func withDatabase(_ body: (any Database) async throws -> Void) async throws {
        let scratch = try make()
        let database = try await scratch.open()
        try await database.migrate(to: .sales)
        try await body(database)
        await database.close()
    }
}
