import Engine
import ObjectQL
import PostgresCluster
import ShippedFiles
import Storage
import Testing
import Triggers
import Values

/// The shipped business on a database of a test's own.
struct ShippedBusiness {
    let engine: Engine
    private let opened: OpenDatabase

    init(on kind: DatabaseKind = .sqlite) async throws {
        var options = SQLiteDatabase.Options()
        options.synchronous = .normal
        opened = try await kind.open(functions: Engine.sqlFunctions, statements: Engine.postgresFunctions, sqlite: options)
        engine = try await Engine.open(Shipped.registry(), on: opened.database, triggers: swiftTriggers)
    }

    func close() async { await opened.close() }

    func create(_ object: String, _ values: JSON.Members) async throws -> String {
        let outcome = try await engine.write([.create(object: object, values: values)], as: .administrator())
        return try #require(outcome.results.first).get().id
    }

    func records(_ query: JSON, at now: Instant = .wallClock) async throws -> [JSON] {
        try await engine.read(try Query(json: query), as: .administrator(now: now)).records
    }
}
