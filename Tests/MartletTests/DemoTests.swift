import Engine
import Foundation
import PostgresCluster
import ShippedFiles
import Simulation
import Synchronization
import Testing
import Values

@testable import martlet

@Suite(.timeLimit(.minutes(3))) struct `The demo` {
    /// An empty business, and a clock that stands still until it is told to go on.
    private struct Stage {
        let business: ShippedBusiness
        let simulations: Simulations
        private let clock: Clock

        private final class Clock: Sendable {
            let now = Mutex(Instant("2026-05-13T13:37:00Z") ?? .latest)
        }

        static func run(on kind: DatabaseKind = .sqlite, _ body: (Stage) async throws -> Void) async throws {
            let stage = try await Stage(on: kind)
            do { try await body(stage) } catch {
                await stage.business.close()
                throw error
            }
            await stage.business.close()
        }

        private init(on kind: DatabaseKind) async throws {
            business = try await ShippedBusiness(on: kind)
            let clock = Clock()
            self.clock = clock
            let table = try Shipped.text("metadata/\(Industries.fileName)")
            simulations = Simulations(business.engine, try #require(Industries.load(table).industries)) { _ in
                clock.now.withLock(\.self)
            }
        }

        var now: Instant { clock.now.withLock(\.self) }

        func pass(minutes: Int64) { clock.now.withLock { $0 = $0 + minutes * 60_000_000 } }

        func begin() async throws { try await Demo(simulations, now: now).begin() }

        /// Works until nothing is due.
        func work() async throws { try await SimulationWorker(simulations) { Issue.record("\($0.detail)") }.drain() }

        func count(_ object: String, _ filters: JSON = [:]) async throws -> Int {
            let query: JSON = ["object": .string(object), "filters": filters, "aggregate": ["n": ["$count": "*"]]]
            return try await business.records(query, at: now).first?["n"]?.number?.integer ?? -1
        }

        func states() async throws -> [String] {
            let query: JSON = ["object": "Simulation", "fields": ["Status"], "orderBy": ["Seed"]]
            return try await business.records(query).compactMap { $0["Status"]?.string }
        }
    }

    @Test(arguments: DatabaseKind.allCases) func `is a company's year that goes on before one's eyes`(kind: DatabaseKind)
        async throws
    {
        try await Stage.run(on: kind) { stage in
            try await stage.begin()
            try await stage.work()
            #expect(try await stage.states() == ["Completed", "Running"])
            try await expectWork(on: stage)
            try await expectQuotes(on: stage)
            let before = try await stage.count("Account") + stage.count("Contact")
            stage.pass(minutes: 30)
            try await stage.work()
            let news = try await stage.count("Account") + stage.count("Contact") - before
            #expect((20...90).contains(news), "\(news) in half an hour")
            #expect(try await stage.states() == ["Completed", "Running"])
        }
    }

    /// What somebody who sells looks for in the morning.
    private func expectWork(on stage: Stage) async throws {
        for step in ["Prospecting", "Qualification", "Needs Analysis", "Proposal", "Negotiation"] {
            #expect(try await stage.count("Opportunity", ["Stage": .string(step), "NextStep": ["$null": false]]) > 1, "\(step)")
        }
        let open: JSON = ["$ne": "Completed"]
        #expect(try await stage.count("Task", ["Status": open, "DueDate": ["$lt": "TODAY"]]) > 2)
        #expect(try await stage.count("Task", ["Status": open, "DueDate": "NEXT_N_DAYS:7"]) > 2)
        #expect(try await stage.count("Task", ["Status": open, "DueDate": ["$lt": "N_DAYS_AGO:90"]]) == 0)
        #expect(
            try await stage.count("Activity", ["Status": "Planned", "ActivityDate": ["$gt": .string(stage.now.description)]]) > 0)
        #expect(try await stage.count("Activity", ["ActivityDate": "LAST_N_DAYS:7"]) > 10)
        #expect(try await stage.count("Opportunity", ["Stage": "Closed Won", "CloseDate": "THIS_QUARTER"]) > 1)
        for filters: JSON in [["Status": "Closed"], ["Status": ["$ne": "Closed"]]] {
            #expect(try await stage.count("Case", filters) > 0, "\(filters)")
        }
        for object in ["Lead", "Email", "Note", "Product", "Notification"] {
            #expect(try await stage.count(object) > 5, "\(object)")
        }
        #expect(try await stage.count("Contract", ["Status": "Activated"]) > 5)
    }

    /// Every deal that has come to a proposal says what it is made of.
    private func expectQuotes(on stage: Stage) async throws {
        let deals = try await stage.business.records([
            "object": "Opportunity", "fields": ["Amount", "LineItemTotal", "LineItemCount"],
            "filters": ["Stage": ["$in": ["Proposal", "Negotiation", "Closed Won"]]],
        ])
        #expect(deals.count > 20)
        #expect(deals.allSatisfy { $0["LineItemTotal"] == $0["Amount"] && $0["LineItemCount"] != 0 })
    }

    @Test func `is begun once, wherever it was stopped`() async throws {
        try await Stage.run { stage in
            try await stage.begin()
            let first = try await stage.business.records(["object": "Simulation", "orderBy": ["Id"]])
            stage.pass(minutes: 5)
            try await stage.begin()
            #expect(try await stage.business.records(["object": "Simulation", "orderBy": ["Id"]]) == first)
        }
        try await Stage.run { stage in
            let past: JSON = ["seed": "20240229", "totalRecords": 1]
            _ = try await stage.simulations.create(past, as: .administrator(now: stage.now))
            #expect(try await stage.states() == ["Queued"])
            try await stage.begin()
            #expect(try await stage.states() == ["Running", "Running"])
        }
    }

    @Test(arguments: [false, true]) func `leaves accounts of others alone, deleted ones too`(isDeleted: Bool) async throws {
        try await Stage.run { stage in
            let id = try await stage.business.create("Account", ["Name": "Acme", "Phone": "+1 212 555-0100"])
            if isDeleted {
                _ = try await stage.business.engine.write([.delete(object: "Account", id: id)], as: .administrator())
            }
            try await stage.begin()
            #expect(try await stage.states().isEmpty)
        }
    }

    @Test(arguments: DatabaseKind.allCases) func `fills while the server answers, and goes on when it is started again`(
        kind: DatabaseKind
    ) async throws {
        let program = try await Program.on(kind)
        let shipped = ["MARTLET_METADATA": Shipped.root.path + "/metadata"]
        var made: [Set<String>] = []
        for _ in 0..<2 {
            let status = try await RunningServer.status(program, ["--demo"], environment: shipped) { server in
                let greeting = try await server.greeting()
                #expect(greeting.contains("/api/simulations' tells how far it is"))
            }
            #expect(status == 0)
            made.append(try await program.texts(#"SELECT "Id" FROM "Simulation" WHERE "Status" <> 'Queued'"#))
        }
        #expect(made[0].count == 2 && made[0] == made[1])
    }

    @Test func `says what the metadata lacks`() async throws {
        let program = try await Program.on(.sqlite)
        let outcome = try await program.run("serve", "--demo", "--port", "0")
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains("There is no metadata/industry_crm_benchmarks.csv"))
    }
}
