import Assistant
import Engine
import Foundation
import Metadata
import PostgresCluster
import Storage
import Values

/// The shipped business on a database of its own, with one busy account among others.
struct Office {
    let engine: Engine
    let kind: DatabaseKind
    private let opened: OpenDatabase
    let session = Session.administrator()
    let account: String

    var name: String { kind == .sqlite ? "SQLite" : "PostgreSQL" }

    static func open(on kind: DatabaseKind) async throws -> Office {
        let (registry, diagnostics) = Registry.load(directory: "metadata", triggers: "triggers")
        guard let registry else { fatal(diagnostics.map(\.description).joined(separator: "\n")) }
        let opened = try await kind.open(functions: Engine.sqlFunctions, statements: Engine.postgresFunctions)
        let engine = try await Engine.open(registry, on: opened.database)
        let past = Past(engine: engine)
        let account = try await past.busyAccount()
        try await past.others()
        try await opened.database.refreshStatistics()
        return Office(engine: engine, kind: kind, opened: opened, account: account)
    }

    private init(engine: Engine, kind: DatabaseKind, opened: OpenDatabase, account: String) {
        (self.engine, self.kind, self.opened, self.account) = (engine, kind, opened, account)
    }

    func close() async { await opened.close() }

    /// By a new briefer each time, so that nothing is kept.
    func brief(_ provider: (any Provider)?) async throws {
        let work = try await Briefer(engine, provider: provider).prepare(
            BriefingSubject(object: "Account", id: account), activityLimit: 1_000, as: session)
        let about = try await work.briefing().metadata
        if let reason = about.fallbackReason { fatal(reason) }
        if about.activitiesAnalyzed != 1_000 || about.droppedClaims > 0 { fatal("That was another briefing: \(about)") }
    }
}

/// What happened so far.
private struct Past {
    let engine: Engine
    let session = Session.administrator()

    /// An account with 1,000 activities, 200 mails, and some of everything else.
    func busyAccount() async throws -> String {
        let account = try await self.account("Meridian")
        let person = try await create("Contact", ["FirstName": "Ada", "LastName": "Stone", "Email": "ada@example.com"], account)
        try await conversations(1_000, account, with: person)
        try await write(200) { index in
            .create(
                object: "Email",
                values: [
                    "AccountId": .string(account), "ContactId": .string(person), "Subject": .string("Mail \(index)"),
                    "Body": .string(text), "Direction": index.isMultiple(of: 2) ? "Inbound" : "Outbound",
                    "SentDate": .string(ago(hours: index * 20 + 3)),
                ])
        }
        for index in 0..<12 {
            let deal: JSON.Members = [
                "Name": .string("Region \(index)"), "Stage": index < 4 ? "Proposal" : "Closed Won",
                "Amount": .number(Number(20_000)),
                "CloseDate": .string((session.today + (index < 4 ? 20 : -40 * index)).description),
            ]
            _ = try await create("Opportunity", deal, account)
            _ = try await create("Case", ["Subject": .string("Question \(index)"), "Description": .string(text)], account)
            let due = JSON.string((session.today + (index - 6)).description)
            _ = try await create("Task", ["Subject": .string("Promise \(index)"), "DueDate": due], account)
        }
        return account
    }

    /// Accounts among which it has to be found: 10,000 activities.
    func others() async throws {
        for index in 0..<100 { try await conversations(100, try await account("Other \(index)"), with: nil) }
    }

    private func account(_ name: String) async throws -> String {
        try await create("Account", ["Name": .string(name), "Phone": "+1 555 0100", "Industry": "Retail"], nil)
    }

    private func conversations(_ count: Int, _ account: String, with person: String?) async throws {
        try await write(count) { index in
            .create(
                object: "Activity",
                values: [
                    "AccountId": .string(account), "ContactId": person.map(JSON.string) ?? .null,
                    "Subject": .string("Topic \(index)"), "Type": "Call", "Status": "Completed",
                    "ActivityDate": .string(ago(hours: index * 9 + 1)), "Description": .string(text),
                ])
        }
    }

    private func create(_ object: String, _ values: JSON.Members, _ account: String?) async throws -> String {
        var values = values
        if let account { values["AccountId"] = .string(account) }
        return try await engine.write([.create(object: object, values: values)], as: session).results[0].get().id
    }

    private func write(_ count: Int, _ request: (Int) -> WriteRequest) async throws {
        for result in try await engine.write((0..<count).map(request), as: session).results { _ = try result.get() }
    }

    private func ago(hours: Int) -> String { (session.now + -Int64(hours) * 3_600_000_000).description }

    private let text = String(
        repeating: "We’ve been through the open points with Jürgen – they are very happy with the progress. ", count: 6)
}

func fatal(_ message: String) -> Never {
    FileHandle.standardError.write(Data((message + "\n").utf8))
    exit(1)
}
