import Engine
import Formula
import Foundation
import Metadata
import ObjectQL
import PostgresCluster
import SQL
import Storage
import Synchronization
import Testing
import Values

@Suite struct `An encrypted field` {
    private static let secret = "CHE-123.456.789"

    /// The test business with one account that has a tax number.
    private static func run(
        on kinds: [DatabaseKind] = DatabaseKind.allCases, _ body: (World, String) async throws -> Void
    ) async throws {
        try await World.run(on: kinds) { world in
            try await body(world, try await world.account("Acme", ["TaxNumber": .string(secret)]))
        }
    }

    @Test func `is read in the clear, however it is asked for`() async throws {
        try await Self.run { world, id in
            let clear = JSON.string(Self.secret)
            #expect(try await world.record("Account", id)["TaxNumber"] == clear)
            #expect(try await world.query(["object": "Account"]).first?["TaxNumber"] == clear)
            #expect(try await world.query(["object": "Account", "fields": ["TaxNumber"]]) == [["TaxNumber": clear]])
            try await world.create("Contact", ["Name": "Ann", "AccountId": .string(id)])
            #expect(
                try await world.query(["object": "Contact", "fields": ["Account.TaxNumber"]])
                    == [["Account": ["TaxNumber": clear]]])
            let pieces = Mutex("")
            let query = try Query(json: ["object": "Account", "fields": ["TaxNumber"]])
            _ = try await world.engine.stream(query, as: world.session) { piece in
                pieces.withLock { $0 += String(decoding: piece, as: UTF8.self) }
            }
            #expect(pieces.withLock { $0 } == #"{"TaxNumber":"\#(Self.secret)"}"#)
        }
    }

    @Test func `is sealed in the database, each time differently`() async throws {
        try await Self.run { world, id in
            let other = try await world.account("Initech", ["TaxNumber": .string(Self.secret)])
            let stored = try await world.stored("TaxNumber", of: "Account")
            #expect(stored.count == 2 && Set(stored).count == 2 && stored.allSatisfy { $0.hasPrefix("enc1:") })
            #expect(try await world.record("Account", other)["TaxNumber"] == .string(Self.secret))
            guard let folder = world.folder else { return }
            for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
                let file = try Data(contentsOf: URL(filePath: "\(folder)/\(name)"))
                #expect(file.range(of: Data(Self.secret.utf8)) == nil, "\(name)")
            }
        }
    }

    @Test func `is changed, emptied, and kept by changes of other fields`() async throws {
        try await Self.run { world, id in
            let before = try await world.stored("TaxNumber", of: "Account")
            try await world.update("Account", id, ["Credit": 5])
            #expect(try await world.stored("TaxNumber", of: "Account") == before)
            for value in [JSON.string("Ünïcode 🔑 \"quoted\""), .string(String(repeating: "x", count: 1024)), .null] {
                try await world.update("Account", id, ["TaxNumber": value])
                #expect(try await world.record("Account", id)["TaxNumber"] == value)
            }
            try await world.update("Account", id, ["TaxNumber": "A"])
            try await world.delete("Account", id)
            _ = try await world.write([.undelete(object: "Account", id: id)])
            #expect(try await world.record("Account", id)["TaxNumber"] == "A")
        }
    }

    @Test func `is not told by the change log, only that it changed`() async throws {
        try await Self.run { world, id in
            try await world.update("Account", id, ["TaxNumber": "CHE-987"])
            let entries = try #require(try await world.history("Account", id).array)
            #expect(entries.map { $0["after"]?["TaxNumber"] } == ["***", "***"])
            #expect(entries[0]["before"] == ["TaxNumber": "***"])
            #expect(!entries.description.contains("CHE-"))
        }
    }

    @Test(arguments: [
        #"{"filters": {"TaxNumber": "CHE-1"}}"#, #"{"filters": {"TaxNumber": {"$null": true}}}"#,
        #"{"filters": {"Name": {"$eq": {"$field": "TaxNumber"}}}}"#,
        #"{"filters": {"$not": {"TaxNumber": {"$startsWith": "C"}}}}"#,
        #"{"orderBy": ["TaxNumber"]}"#, #"{"groupBy": ["TaxNumber"]}"#, #"{"aggregate": {"n": {"$countDistinct": "TaxNumber"}}}"#,
    ])
    func `cannot be filtered, sorted or grouped by`(part: String) async throws {
        try await Self.run { world, _ in
            var members = try #require(try JSON(parsing: part).object)
            members["object"] = "Account"
            let problem = await world.problem { _ = try await world.query(.object(members)) }
            #expect(problem?.kind == .malformed)
            #expect(problem?.errors.first?.field?.isEmpty == false)
        }
    }

    @Test func `is not there for those who may not read it`() async throws {
        try await Self.run { world, id in
            var world = world
            world.session = Session(user: .administrator, access: Blindfold(hidden: "TaxNumber"), now: world.session.now)
            let record = try await world.record("Account", id)
            #expect(record["Name"] == "Acme" && record["TaxNumber"] == nil)
            let problem = await world.problem { [world] in
                _ = try await world.query(["object": "Account", "fields": ["TaxNumber"]])
            }
            #expect(problem?.code == "unknown_field")
        }
    }

    @Test func `is not read with another secret, and says so`() async throws {
        try await Self.run { world, id in
            let stranger = try await Engine.open(
                World.registry(Business.files), on: world.engine.database, triggers: [Recorder(), Nag()])
            let problem = await world.problem { _ = try await stranger.record("Account", id: id, as: world.session) }
            #expect(problem?.code == "wrong_secret")
            #expect(try await stranger.record("Account", id: id, fields: ["Name"], as: world.session).json["Name"] == "Acme")
        }
    }
}

/// Rights to everything but one field.
private struct Blindfold: RecordAccess {
    let hidden: String
    var identity: String { "all but \(hidden)" }

    func mayRead(_ object: ObjectDefinition) -> Bool { true }
    func mayRead(_ field: FieldDefinition, of object: ObjectDefinition) -> Bool { field.name != hidden }
    func rowRule(_ object: ObjectDefinition) -> CompiledFormula? { nil }
    func mayCreate(_ object: ObjectDefinition) -> Bool { true }
    func mayEdit(_ object: ObjectDefinition) -> Bool { true }
    func mayDelete(_ object: ObjectDefinition) -> Bool { true }
    func mayEdit(_ field: FieldDefinition, of object: ObjectDefinition) -> Bool { field.name != hidden }
}

extension World {
    /// What the database itself holds in a column, by the records' age.
    fileprivate func stored(_ column: String, of object: String) async throws -> [String] {
        let sql: Fragment = "SELECT \(name: column) FROM \(name: object) ORDER BY \(name: "Id")"
        return try await engine.database.read(
            sql.statement(engine.database.dialect), lane: .short, deadline: .after(.seconds(60))
        ) { rows in
            var found: [String] = []
            while try rows.next() { if let text = rows.cell(0).string { found.append(text) } }
            return found
        }
    }
}
