import Assistant
import Engine
import Foundation
import Metadata
import ObjectQL
import PostgresCluster
import Storage
import Testing
import Values

/// The shipped business on a database of its own, on 31 March 2026, with short words for what happens in it.
struct World: Sendable {
    let engine: Engine

    static let today = Day(year: 2026, month: 3, day: 31) ?? .earliest
    /// Noon of today.
    static let now = Instant(today, TimeOfDay(hour: 12, minute: 0) ?? TimeOfDay(wrapping: 0))

    let session = Session.administrator(now: World.now)

    /// The shipped metadata with its declarative triggers, read once.
    private static let shipped: Registry? = {
        Registry.load(
            directory: repository.appending(path: "metadata").path, triggers: repository.appending(path: "triggers").path
        ).registry
    }()

    @discardableResult
    static func run<Result>(
        _ registry: Registry? = nil, on kind: DatabaseKind = .sqlite, _ body: (World) async throws -> Result
    ) async throws -> Result {
        var options = SQLiteDatabase.Options()
        options.synchronous = .normal
        let opened = try await kind.open(functions: Engine.sqlFunctions, statements: Engine.postgresFunctions, sqlite: options)
        let registry = try registry ?? #require(shipped, "the shipped metadata has mistakes")
        let result: Swift.Result<Result, any Error>
        do { result = .success(try await body(World(engine: try await Engine.open(registry, on: opened.database)))) } catch {
            result = .failure(error)
        }
        await opened.close()
        return try result.get()
    }

    /// A moment so many days before today, in the morning.
    static func moment(_ daysAgo: Int) -> Instant {
        Instant(today - daysAgo, TimeOfDay(hour: 9, minute: 30) ?? TimeOfDay(wrapping: 0))
    }
}

/// The top of the repository.
let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

// MARK: What happens

extension World {
    @discardableResult
    func create(_ object: String, _ values: JSON.Members, daysAgo: Int = 0) async throws -> String {
        try await create([.create(object: object, values: values)], daysAgo: daysAgo)[0]
    }

    func create(_ requests: [WriteRequest], daysAgo: Int = 0) async throws -> [String] {
        let session = Session.administrator(now: daysAgo == 0 ? World.now : World.moment(daysAgo))
        return try await engine.write(requests, as: session).results.map { try $0.get().id }
    }

    func write(_ requests: [WriteRequest]) async throws {
        for result in try await engine.write(requests, as: session).results { _ = try result.get() }
    }

    func account(_ name: String, _ more: JSON.Members = [:], daysAgo: Int = 400) async throws -> String {
        try await create("Account", JSON.Members(["Name": .string(name), "Phone": "+1 555 0100"], more), daysAgo: daysAgo)
    }

    @discardableResult
    func contact(_ account: String, _ first: String, _ last: String, _ more: JSON.Members = [:]) async throws -> String {
        let values: JSON.Members = [
            "AccountId": .string(account), "FirstName": .string(first), "LastName": .string(last),
            "Email": .string("\(first.lowercased())@example.com"),
        ]
        return try await create("Contact", JSON.Members(values, more), daysAgo: 300)
    }

    /// A mail from them, or from us.
    @discardableResult
    func mail(
        _ account: String, _ contact: String?, _ daysAgo: Int, _ subject: String, _ body: String = "", isTheirs: Bool = true,
        _ more: JSON.Members = [:]
    ) async throws -> String {
        let values: JSON.Members = [
            "AccountId": .string(account), "ContactId": contact.map(JSON.string) ?? .null, "Subject": .string(subject),
            "Body": .string(body), "Direction": isTheirs ? "Inbound" : "Outbound",
            "SentDate": .string(World.moment(daysAgo).description),
        ]
        return try await create("Email", JSON.Members(values, more), daysAgo: daysAgo)
    }

    /// A conversation that took place, or for negative days one that will.
    @discardableResult
    func met(
        _ account: String, _ contact: String?, _ daysAgo: Int, _ type: String, _ subject: String, _ notes: String = "",
        _ more: JSON.Members = [:]
    ) async throws -> String {
        let values: JSON.Members = [
            "AccountId": .string(account), "ContactId": contact.map(JSON.string) ?? .null, "Subject": .string(subject),
            "Description": .string(notes), "Type": .string(type), "Status": daysAgo >= 0 ? "Completed" : "Planned",
            "ActivityDate": .string(World.moment(daysAgo).description),
        ]
        return try await create("Activity", JSON.Members(values, more), daysAgo: max(0, daysAgo))
    }

    @discardableResult
    func deal(
        _ account: String, _ name: String, _ stage: String, _ amount: Int, closes: Int, inStageFor daysAgo: Int,
        _ more: JSON.Members = [:]
    ) async throws -> String {
        let values: JSON.Members = [
            "AccountId": .string(account), "Name": .string(name), "Stage": .string(stage), "Amount": .number(Number(amount)),
            "CloseDate": .string((World.today + closes).description),
        ]
        return try await create("Opportunity", JSON.Members(values, more), daysAgo: daysAgo)
    }

    @discardableResult
    func contract(_ account: String, _ value: Int, ends days: Int, _ more: JSON.Members = [:]) async throws -> String {
        let values: JSON.Members = [
            "AccountId": .string(account), "Status": "Activated", "ContractValue": .number(Number(value)),
            "StartDate": .string((World.today + days - 365).description), "EndDate": .string((World.today + days).description),
        ]
        return try await create("Contract", JSON.Members(values, more), daysAgo: 365 - min(days, 364))
    }

    func records(_ query: JSON) async throws -> [JSON] { try await engine.read(Query(json: query), as: session).records }

    func brief(_ object: String, _ id: String, _ provider: (any Provider)? = nil) async throws -> Briefing {
        try await Briefer(engine, provider: provider).prepare(BriefingSubject(object: object, id: id), as: session).briefing()
    }
}

extension JSON.Members {
    init(_ values: JSON.Members, _ more: JSON.Members) {
        self = values
        for (name, value) in more { self[name] = value }
    }
}
