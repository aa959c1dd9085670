import Engine
import Jobs
import PostgresCluster
import SQL
import Simulation
import Storage
import Testing
import Values

extension Theatre {
    static let written = play(["personas": "model"])

    func pack(of id: String) async throws -> JSON { try await simulations.describe(id, as: session)["pack"] ?? .null }

    /// The words that are kept under a hash.
    func words(_ hash: String?) async throws -> Pack? {
        let fragment: Fragment = """
            SELECT "Words" FROM "martlet_simulation_pack" WHERE "Hash" = \(.text(hash ?? ""))
            """
        let statement = fragment.statement(engine.database.dialect)
        return try await engine.database.read(statement, lane: .short, deadline: .after(.seconds(60))) { rows in
            try rows.next() ? rows.cell(0).string.flatMap { try? JSON(parsing: $0) }.flatMap(Pack.init) : nil
        }
    }
}

@Suite struct `A pack that a language model writes` {
    @Test(arguments: DatabaseKind.allCases) func `is what a simulation is told from that was started when it was there`(
        kind: DatabaseKind
    ) async throws {
        let scribe = Scribe()
        try await Theatre.run(on: [kind], writer: scribe) { theatre in
            let id = try await theatre.make(Theatre.written)
            let before = try await theatre.pack(of: id)
            #expect(before["from"] == "offline" && before["writer"] == .null)
            #expect(before["note"] == "0 of 80 slots are written: a start now takes the theme's own words")
            #expect(scribe.asked.isEmpty)

            try await theatre.writePacks()
            let ready = try await theatre.pack(of: id)
            #expect(ready["from"] == "model" && ready["writer"] == "stub scribe-1" && ready["note"] == .null)
            try await theatre.simulations.start(id, as: theatre.session)
            try await theatre.drain()
            #expect(try await theatre.pack(of: id) == ready)
            let record = try await theatre.engine.record("Simulation", id: id, as: theatre.session).json
            #expect(record["Status"] == "Completed" && record["Personas"] == "model" && record["Pack"] == ready["hash"])

            let pack = try #require(try await theatre.words(ready["hash"]?.string))
            let people = try await theatre.records(["object": "Contact", "fields": ["FirstName", "LastName"], "limit": 500])
            for person in people {
                #expect(pack.given.contains { person["FirstName"]?.string?.hasPrefix($0) == true })
                #expect(pack.family.contains { person["LastName"]?.string?.hasPrefix($0) == true })
            }
            #expect(
                pack.given.allSatisfy { $0.contains(/^[A-Z]?(bar|den|fil|gor|hem|kun|lim|mor|nas|pol)+$/) } && !people.isEmpty)
        }
    }

    @Test(arguments: DatabaseKind.allCases) func `is waited for by no simulation, and changes none that has begun`(
        kind: DatabaseKind
    ) async throws {
        try await Theatre.run(on: [kind], writer: Scribe()) { theatre in
            let id = try await theatre.make(Theatre.written)
            try await theatre.simulations.start(id, as: theatre.session)
            try await theatre.worker { $0.batch = 10 }.drain()
            try await theatre.writePacks()
            try await theatre.drain()
            #expect(try await theatre.state(id) == "Completed")
            let pack = try await theatre.pack(of: id)
            #expect(pack["from"] == "offline" && pack["note"] == "What the model writes was not there at the start")
            #expect(try await theatre.words(pack["hash"]?.string) == Pack.named("Cuisine"))
            // To the last value what it would be if no model had been asked.
            try await theatre.expect(Theatre.play)
        }
    }

    @Test func `is asked for once, for all simulations that are alike`() async throws {
        let scribe = Scribe()
        try await Theatre.run(on: [.sqlite], writer: scribe) { theatre in
            let simulations = theatre.simulations
            func pack(_ changes: JSON.Members) async throws -> JSON? {
                let id = try await simulations.create(Theatre.play(changes), as: theatre.session)
                try await theatre.writePacks()
                let pack = try await theatre.pack(of: id)
                #expect(pack["from"] == "model")
                return pack["hash"]
            }
            let first = try await pack(["personas": "model"])
            let count = scribe.asked.count
            #expect(try await pack(["personas": "model", "seed": 5, "totalRecords": 90, "speed": 24]) == first)
            #expect(scribe.asked.count == count)
            for change in [
                ["packSeed": 1], ["theme": "Pirates"], ["totalRecords": 101], ["industry": "Retail"],
                ["industry": "Retail", "scenario": "B2B"],
            ] as [JSON.Members] {
                var changes = change
                changes["personas"] = "model"
                let before = scribe.asked.count
                _ = try await pack(changes)
                #expect(scribe.asked.count > before, "\(change)")
            }
            #expect(try await theatre.engine.jobs.jobs().isEmpty)
        }
    }

    @Test func `is another one from another writer`() async throws {
        let scribe = Scribe("stub scribe-2")
        try await Theatre.run(on: [.sqlite], writer: scribe) { theatre in
            let id = try await theatre.make(Theatre.written)
            let other = Simulations(
                theatre.engine, theatre.simulations.industries, writer: Scribe("stub scribe-3"), clock: LeapClock())
            let worker = JobWorker(theatre.engine.jobs, handlers: other.handlers)
            try await worker.turn()
            await worker.performTaken()
            try await worker.turn()
            let job = try #require(try await theatre.engine.jobs.jobs().first)
            #expect(job.state == .waiting && job.error == "stub scribe-2 is to write it, and here stub scribe-3 is set up")
            #expect(try await theatre.pack(of: id)["from"] == "offline" && scribe.asked.isEmpty)
        }
    }

    @Test(arguments: DatabaseKind.allCases) func `never changes, and bears the hash of its words`(kind: DatabaseKind) async throws
    {
        let scribe = Scribe()
        try await Theatre.run(on: [kind], writer: scribe) { theatre in
            let simulations = theatre.simulations
            let key = try await simulations.askForPack(Theatre.play, now: theatre.session.now)
            try await theatre.writePacks()
            let hash = try #require(try await simulations.packState(key)?.hash)
            let pack = try #require(try await theatre.words(hash))
            #expect(pack.hash == hash && pack.personas.count == 12)
            scribe.change { page, _ in page.answered { _ in "Kalimba" }.description }
            #expect(try await simulations.askForPack(Theatre.play, now: theatre.session.now) == key)
            try await theatre.writePacks()
            #expect(try await simulations.packState(key)?.hash == hash)
            #expect(try await theatre.words(hash) == pack)
        }
    }

    @Test func `is not taken for given up by whoever looks while its job ends`() async throws {
        try await Theatre.run(on: [.sqlite], writer: Scribe(), through: { EventfulDatabase($0) }) { theatre in
            let key = try await theatre.simulations.askForPack(Theatre.play, now: theatre.session.now)
            let database = try #require(theatre.engine.database as? EventfulDatabase)
            database.behindNextRead { try await theatre.writePacks() }
            let state = try await theatre.simulations.packState(key)
            #expect(state?.hash != nil)
        }
    }

    @Test func `needs a language model to be set up`() async throws {
        try await Theatre.run(on: [.sqlite]) { theatre in
            let problem = await #expect(throws: Problem.self) { try await theatre.make(Theatre.written) }
            #expect(problem?.detail == "No language model is set up here that could write personas")
            #expect(problem?.hint?.contains("MARTLET_AI_URL") == true)
            #expect(problem?.errors.map(\.field) == ["personas"])
            let count = try await theatre.count("Simulation")
            #expect(count == 0)
        }
    }

    // MARK: Questions

    @Test func `is asked for in questions of twenty to forty slots, about what the seed has decided`() async throws {
        let scribe = Scribe()
        try await Theatre.run(on: [.sqlite], writer: scribe) { theatre in
            for total in [18, 500, 5000] as [JSON] {
                let order = Theatre.play(["industry": "Retail", "scenario": "B2B", "totalRecords": total])
                _ = try await theatre.simulations.askForPack(order, now: theatre.session.now)
                try await theatre.writePacks()
            }
        }
        let pages = scribe.asked
        #expect(pages.count == 4 + 7 + 14)
        #expect(pages.allSatisfy { (20...40).contains($0.slots.count) && $0.schema["additionalProperties"] == false })
        #expect(
            pages.allSatisfy { $0.text.contains("Theme: Cuisine.") && $0.text.contains("companies; the trade is Retail") })
        let wishes = pages.flatMap { $0.text.split(separator: "\n") }.filter { $0.hasPrefix("- title") }
        #expect(wishes.contains { $0.contains("a leader from") } && wishes.contains { $0.contains("a specialist from") })
        #expect(Set(wishes.map { $0.drop { $0 != ":" } }).count > 40)
    }

    @Test func `asks nothing about companies for a simulation of consumers`() async throws {
        let scribe = Scribe()
        try await Theatre.run(on: [.sqlite], writer: scribe) { theatre in
            _ = try await theatre.begin(Theatre.written)
            let slots = scribe.asked.flatMap { $0.slots.map(\.name) }
            #expect(slots.count == 80 && Set(slots).count == 80)
            #expect(!slots.contains { $0.hasPrefix("head") || $0.hasPrefix("kind") || $0.hasPrefix("title") })
            #expect(scribe.asked.allSatisfy { $0.text.contains("consumers; the trade is Hospitality") })
        }
    }

    // MARK: Telling

    @Test func `gives each person a character, and none twice before all have come`() throws {
        let levels = Persona.Level.allCases
        var pack = try Pack.named("Noir Detective")
        pack.personas = (0..<60).map { number in
            Persona(
                level: levels[number % 3], motive: "", tone: "", title: "Title \(number)", worry: "worry \(number) is there")
        }
        let industries = try #require(Industries.load(IndustriesTests.shipped).industries)
        let window = Window(Instant(day(2026, 1, 1)), Instant(day(2027, 1, 1)), seed: 5)
        let setting = Setting(try industries.industry("SaaS", .b2b), pack, over: window, count: 20, key: "told")
        let stories = (0..<20).map { Story.tell($0, from: window.start + Int64($0) * 86_400_000_000, in: setting) }
        var leaders: [String] = []
        for story in stories {
            let contacts = story.steps.compactMap { step -> JSON.Members? in
                if case .create("Contact", let values, _) = step.request { values } else { nil }
            }
            let titles = contacts.compactMap { $0["Title"]?.string }
            #expect(titles.count == contacts.count && titles.allSatisfy { $0.hasPrefix("Title ") })
            #expect(Set(titles).count == titles.count, "people of one company have different titles")
            leaders += titles.prefix(1)
        }
        #expect(Set(leaders).count == 20)
        let texts = stories.flatMap(\.steps).compactMap { $0.request.values["Body"]?.string }
        #expect(texts.contains { $0.contains(/worry \d+ is there/) })
    }
}
