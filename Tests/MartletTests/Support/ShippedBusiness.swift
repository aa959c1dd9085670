import Engine
import Foundation
import Metadata
import ObjectQL
import Storage
import Testing
import Triggers
import Values

/// The shipped business on a database of a test's own.
struct ShippedBusiness {
    let engine: Engine
    private let database: SQLiteDatabase
    private let scratch: Scratch

    init() async throws {
        scratch = try Scratch()
        let (registry, _) = Registry.load(directory: repository.appending(path: "metadata").path)
        var options = SQLiteDatabase.Options()
        options.functions = Engine.sqlFunctions
        options.synchronous = .normal
        database = try await SQLiteDatabase.open(path: scratch.path("test.sqlite"), options: options)
        engine = try await Engine.open(try #require(registry), on: database, triggers: swiftTriggers)
    }

    func close() async { await database.close() }

    func create(_ object: String, _ values: JSON.Members) async throws -> String {
        let outcome = try await engine.write([.create(object: object, values: values)], as: .administrator())
        return try #require(outcome.results.first).get().id
    }

    func records(_ query: JSON) async throws -> [JSON] {
        try await engine.read(try Query(json: query), as: .administrator()).records
    }
}
