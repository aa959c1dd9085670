import Engine
import Metadata
import PostgresCluster
import SQL
import ShippedFiles
import Simulation
import Storage
import Testing
import Values

@Suite struct `A simulation` {
    @Test func `fills the CRM with everything that its stories tell`() async throws {
        try await Theatre.run(on: [.sqlite]) { theatre in
            let id = try await theatre.begin()
            try await theatre.drain()
            #expect(try await theatre.count("Account") == 18)
            for object in ["Contact", "Lead", "Opportunity", "Activity", "Email", "Task", "Note", "Contract", "Notification"] {
                #expect(try await theatre.count(object) > 0, "\(object)")
            }
            let record = try await theatre.engine.record("Simulation", id: id, as: theatre.session).json
            #expect(record["Status"] == "Completed" && record["RecordsProcessed"] == 18)
            let progress = try await theatre.simulations.progress(id)
            #expect(progress.records == 18 && progress.dead == 0)
        }
    }

    @Test func `happens at its own time, entered by its own people`() async throws {
        try await Theatre.run(on: [.sqlite]) { theatre in
            _ = try await theatre.begin()
            try await theatre.drain()
            let accounts = try await theatre.records([
                "object": "Account", "fields": ["CreatedDate", "CreatedBy.Department", "Owner.Email"], "limit": 100,
            ])
            #expect(accounts.allSatisfy { ($0["CreatedDate"]?.string ?? "") < "2026-04-01" })
            #expect(accounts.allSatisfy { $0["CreatedBy"]?["Department"] == "Sales" })
            let won = try await theatre.records([
                "object": "Opportunity", "fields": ["Id", "CloseDate", "LastModifiedDate"], "filters": ["Stage": "Closed Won"],
            ])
            #expect(!won.isEmpty)
            for deal in won { #expect(deal["LastModifiedDate"]?.string?.prefix(10) == deal["CloseDate"]?.string?.prefix(10)) }
            let contracts = try await theatre.records([
                "object": "Contract", "fields": ["CreatedDate", "StartDate", "Status"], "limit": 100,
            ])
            #expect(contracts.contains { $0["Status"] == "Activated" })
            let log = try await theatre.engine.history("Opportunity", id: won[0]["Id"]?.string ?? "", as: theatre.session)
            #expect(log.array?.allSatisfy { ($0["at"]?.string ?? "") < "2026-04-01" } == true)
        }
    }

    @Test(arguments: DatabaseKind.allCases, [1, 2, 8]) func `is the same with any number of workers`(
        kind: DatabaseKind, workers: Int
    ) async throws {
        try await Theatre.run(on: [kind]) { theatre in
            let id = try await theatre.begin()
            try await theatre.drain(workers)
            #expect(try await theatre.state(id) == "Completed")
            try await theatre.expect(Theatre.play)
        }
    }

    @Test(arguments: [1, 7, 1000]) func `is the same whatever the size of a batch`(size: Int) async throws {
        try await Theatre.run(on: [.sqlite]) { theatre in
            _ = try await theatre.begin()
            try await theatre.drain(2) { $0.batch = size }
            try await theatre.expect(Theatre.play)
        }
    }

    @Test func `is told part by part, and is what it is when it is told at once`() async throws {
        try await Theatre.run(on: [.sqlite]) { theatre in
            let id = try await theatre.begin(Theatre.play(["totalRecords": 300, "chunkSize": 200]))
            let rehearsal = try await theatre.simulations.rehearsal(of: id)
            for chunk in 0..<rehearsal.chunkCount {
                func steps(_ size: Int) async -> [Occasion] {
                    await rehearsal.batches(of: chunk, size: size).flatMap(\.occasions)
                }
                let (parts, whole) = (await steps(1), await steps(.max / 4))
                #expect(zip(parts, parts.dropFirst()).allSatisfy { $0.now <= $1.now })
                #expect(parts.count == whole.count && Set(parts.map(\.ids)) == Set(whole.map(\.ids)))
            }
        }
    }

    @Test(arguments: [1.0, 24, 8760]) func `is the same at any speed, and makes nothing ahead of its time`(speed: Double)
        async throws
    {
        try await Theatre.run(on: [.sqlite]) { theatre in
            let id = try await theatre.begin(Theatre.play(["speed": .number(Number(speed) ?? .one)]))
            for _ in 0..<4 {
                theatre.clock.pass(days: 10 / speed)
                try await theatre.drain()
                let run = try await theatre.simulations.known(id)
                let late = try await theatre.records([
                    "object": "Account", "fields": ["Id"], "filters": ["CreatedDate": ["$gt": .string(run.now.description)]],
                ])
                #expect(late.isEmpty)
                #expect(run.state == .running)
            }
            theatre.clock.pass(days: 90 / speed)
            try await theatre.drain()
            #expect(try await theatre.state(id) == "Completed")
            try await theatre.expect(Theatre.play)
        }
    }

    @Test func `makes nothing while it is paused, and goes on where it was`() async throws {
        try await Theatre.run { theatre in
            let id = try await theatre.begin(Theatre.play(["speed": 24]))
            theatre.clock.pass(days: 1)
            try await theatre.drain()
            try await theatre.simulations.pause(id, as: theatre.session)
            let content = try await theatre.content()
            theatre.clock.pass(days: 3)
            try await theatre.drain()
            #expect(try await theatre.content() == content)
            try await theatre.simulations.resume(id, as: theatre.session)
            try await theatre.drain()
            #expect(try await theatre.content() == content, "the pause is no time that passes")
            try await theatre.simulations.setSpeed(id, to: .max, as: theatre.session)
            try await theatre.drain()
            #expect(try await theatre.state(id) == "Completed")
            try await theatre.expect(Theatre.play)
        }
    }

    @Test(arguments: DatabaseKind.allCases) func `that is started has its first records while another one is carried out`(
        kind: DatabaseKind
    ) async throws {
        try await Theatre.run(on: [kind]) { theatre in
            var settings = SimulationWorker.Settings()
            settings.batch = 1
            let worker = SimulationWorker(theatre.simulations, settings: settings)
            let working = Task { await worker.run() }
            var ids: [String] = []
            for seed in [1, 2] as [JSON] {
                let play = Theatre.play(["seed": seed, "totalRecords": 400, "chunkSize": 400])
                let id = try await theatre.simulations.create(play, as: theatre.session)
                try await theatre.simulations.start(id, as: theatre.session)
                while try await theatre.simulations.progress(id).records == 0 {}
                ids.append(id)
            }
            #expect(try await theatre.simulations.progress(ids[0]).records < 400)
            for id in ids { try await theatre.simulations.cancel(id, as: theatre.session) }
            working.cancel()
            await working.value
        }
    }

    @Test func `never goes back in time, whatever the wall clock does`() async throws {
        try await Theatre.run(on: [.sqlite]) { theatre in
            let id = try await theatre.begin(Theatre.play(["speed": 24]))
            theatre.clock.pass(days: 1)
            try await theatre.drain()
            try await theatre.simulations.setSpeed(id, to: .times(48), as: theatre.session)
            let reached = try await theatre.simulations.known(id).now
            theatre.clock.pass(days: -1)
            #expect(try await theatre.simulations.known(id).now == reached)
            theatre.clock.pass(days: 30)
            try await theatre.drain()
            try await theatre.expect(Theatre.play)
        }
    }

    @Test func `is the same where chunks are torn out of their workers' hands`() async throws {
        try await Theatre.run { theatre in
            _ = try await theatre.begin()
            // Every now and then all leases are over, and everybody takes what another one holds.
            theatre.clock.leap(every: 13)
            try await theatre.drain(4) { $0.batch = 9 }
            try await theatre.expect(Theatre.play)
        }
    }

    @Test func `is the same where workers are stopped again and again`() async throws {
        try await Theatre.run(on: [.sqlite]) { theatre in
            let id = try await theatre.begin()
            for turn in 0..<200 {
                let worker = theatre.worker { $0.batch = 10 }
                let task = Task { await worker.run() }
                for _ in 0..<turn % 7 * 20 { await Task.yield() }
                task.cancel()
                await task.value
                if try await theatre.state(id) == "Completed" { break }
            }
            try await theatre.drain()
            try await theatre.expect(Theatre.play)
        }
    }

    @Test func `ends where it is cancelled`() async throws {
        try await Theatre.run(on: [.sqlite]) { theatre in
            let id = try await theatre.begin(Theatre.play(["speed": 24]))
            theatre.clock.pass(days: 1)
            try await theatre.drain()
            try await theatre.simulations.cancel(id, as: theatre.session)
            let content = try await theatre.content()
            theatre.clock.pass(days: 300)
            try await theatre.drain()
            #expect(try await theatre.content() == content)
            let problem = await #expect(throws: Problem.self) { try await theatre.simulations.resume(id, as: theatre.session) }
            #expect(problem?.detail == "A simulation that is cancelled cannot be resumed")
            #expect(problem?.kind == .conflict)
        }
    }

    @Test func `without records is over at once`() async throws {
        try await Theatre.run(on: [.sqlite]) { theatre in
            let id = try await theatre.begin(Theatre.play(["totalRecords": 0]))
            try await theatre.drain()
            #expect(try await theatre.state(id) == "Completed")
        }
    }

    private static let refusal = SourceFile(
        "triggers/Refusal.trigger.yml",
        """
        name: Refusal
        object: Contact
        events: [beforeInsert]
        when: BEGINS(LastName, "B")
        actions: [{ fail: No B here }]
        """)

    @Test func `lists what is refused, goes on with the rest, and makes it up when it is replayed`() async throws {
        try await Theatre.run(more: [Self.refusal]) { theatre in
            let id = try await theatre.begin()
            try await theatre.drain(2)
            #expect(try await theatre.state(id) == "Failed")
            let dead = try await theatre.simulations.dead(id)
            #expect(!dead.isEmpty && dead.count < 18)
            #expect(dead.allSatisfy { $0.tries == 3 && $0.error["detail"]?.string?.hasSuffix("No B here") == true })
            let progress = try await theatre.simulations.progress(id)
            #expect(progress.dead > dead.count, "what follows in a story waits too")
            #expect(progress.records == 18)

            try await theatre.engine.install(Shipped.registry())
            #expect(try await theatre.simulations.replay(id, as: theatre.session) == dead.count)
            #expect(try await theatre.simulations.dead(id).isEmpty)
            #expect(try await theatre.state(id) == "Completed")
            try await theatre.expect(Theatre.play)
        }
    }

    @Test func `is completed only when what is done and what is dead are together the whole`() async throws {
        var whole = 0
        try await Theatre.run(on: [.sqlite]) { theatre in
            let id = try await theatre.begin()
            try await theatre.drain()
            whole = try await theatre.simulations.progress(id).steps
        }
        try await Theatre.run(more: [Self.refusal]) { theatre in
            let id = try await theatre.begin(Theatre.play(["speed": 1, "tolerance": 1]))
            while try await theatre.state(id) == "Running" {
                let before = try await theatre.simulations.progress(id)
                #expect(before.steps + before.dead < whole)
                theatre.clock.pass(days: 20)
                try await theatre.drain()
            }
            let progress = try await theatre.simulations.progress(id)
            #expect(try await theatre.state(id) == "Completed")
            #expect(progress.dead > 0 && progress.steps + progress.dead == whole)

            try await theatre.engine.install(Shipped.registry())
            _ = try await theatre.simulations.replay(id, as: theatre.session)
            let replayed = try await theatre.simulations.progress(id)
            #expect(replayed.dead == 0 && replayed.steps == whole && replayed.records == 18)
            #expect(try await theatre.state(id) == "Completed")
        }
    }

    @Test(arguments: [
        #"DELETE FROM "martlet_simulation_chunk" WHERE "Number" = 1"#,
        #"UPDATE "martlet_simulation_chunk" SET "Arrived" = "Arrived" + 1 WHERE "Number" = 1"#,
        #"UPDATE "martlet_simulation_chunk" SET "Cursor" = "Cursor" - 1 WHERE "IsDone" AND "Number" = 1"#,
        #"DELETE FROM "martlet_simulation_dead""#,
    ])
    func `is not completed on the word of somebody who has counted wrongly`(damage: String) async throws {
        try await Theatre.run(on: [.sqlite], more: [Self.refusal]) { theatre in
            let id = try await theatre.begin(Theatre.play(["tolerance": 1]))
            try await theatre.drain()
            #expect(try await theatre.state(id) == "Completed")
            for sql in [damage, #"UPDATE "martlet_simulation" SET "State" = 'Running'"#] {
                let changed = try await theatre.engine.database.transaction(deadline: .after(.seconds(60))) { connection in
                    try await connection.run(Statement(sql: sql))
                }
                #expect(changed > 0)
            }
            try await SimulationWorker(theatre.simulations).drain()
            let run = try await theatre.simulations.known(id)
            #expect(run.state == .failed && run.error?.hasPrefix("The simulation does not add up") == true)
        }
    }

    @Test(
        arguments: [
            (["theme": "Pirats"], "There is no theme \"Pirats\"", "Did you mean Pirates?"),
            (["totalRecord": 5], "There is no setting totalRecord", "Did you mean totalRecords?"),
            (["totalRecords": -5], "totalRecords is a whole number from 0 to 10,000,000", nil),
            (["speed": "warp"], "A speed is a number above 0, or \"max\"", "1 is real time, 8760 a year in an hour"),
            (
                ["endTime": "2025-01-01"], "The end (2025-01-01T00:00:00Z) does not lie after the start (2026-01-05T00:00:00Z)",
                "Give a later endTime"
            ),
            (["timeZone": "Mars/Olympus"], "There is no time zone \"Mars/Olympus\"", "Use a name such as Europe/Zurich"),
            (
                ["scenario": "B2B", "industry": "Hospitality"], "Hospitality is there for B2C alone",
                "Choose B2C, or add a row to industry_crm_benchmarks.csv"
            ),
        ] as [(JSON.Members, String, String?)])
    func `is refused where it cannot be made`(change: JSON.Members, message: String, hint: String?) async throws {
        let problem = #expect(throws: Problem.self) {
            let industries = try #require(Industries.load(IndustriesTests.shipped).industries)
            let order = try Order(json: Theatre.play(change), now: Instant(day(2026, 1, 5)), seed: 1)
            _ = try industries.industry(order.industry, order.scenario)
        }
        #expect(problem?.detail == message)
        #expect(problem?.hint == hint)
    }
}
