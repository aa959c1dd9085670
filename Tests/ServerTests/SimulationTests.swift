import Engine
import Foundation
import Jobs
import Metadata
import NIOHTTP1
import ShippedFiles
import Simulation
import StubServer
import Testing
import Triggers
import Values

@Suite struct `Simulations over HTTP` {
    private static func simulations(_ engine: Engine) -> Simulations? {
        let table = try? Shipped.text("metadata/\(Industries.fileName)")
        return table.flatMap { Industries.load($0).industries }.map { Simulations(engine, $0) }
    }

    private func run(_ more: [SourceFile] = [], _ body: @Sendable (Office) async throws -> Void) async throws {
        try await Office.run(Shipped.files(more), triggers: swiftTriggers, simulations: Self.simulations, body)
    }

    private static let quarter = Number(0.25) ?? .one

    private static let play: JSON = [
        "theme": "Cuisine", "industry": "Hospitality", "scenario": "B2C", "saasTool": "Martlet",
        "distributionMethod": ["method": "Bell Curve", "deviation": .number(quarter)], "recordFrequency": "4hrs",
        "totalRecords": 8,
        "startTime": "2026-01-05T00:00:00Z", "endTime": "2026-02-01T00:00:00Z", "timeZone": "Europe/Zurich", "speed": "max",
        "seed": 77, "personas": "offline", "packSeed": 3, "target": "Martlet", "tolerance": .number(quarter), "chunkSize": 4,
    ]

    private func make(_ office: Office, _ changes: JSON.Members = [:]) async throws -> String {
        var members = Self.play.object ?? [:]
        for (name, value) in changes { members[name] = value }
        let reply = try await office.client.post("/api/simulations", .object(members))
        #expect(reply.status == 201, "\(reply.text)")
        return reply.json["id"]?.string ?? ""
    }

    private func order(_ office: Office, _ id: String, _ order: String) async throws -> Reply {
        try await office.client.post("/api/simulations/\(id)/\(order)", [:])
    }

    private func work(_ office: Office) async throws {
        let simulations = try #require(Self.simulations(office.engine))
        try await SimulationWorker(simulations) { Issue.record("\($0.detail)") }.drain()
    }

    // MARK: Making

    @Test func `one is made with everything that can be said, and answered as it is`() async throws {
        try await run { office in
            let reply = try await office.client.post("/api/simulations", Self.play)
            #expect(reply.status == 201)
            let made = reply.json
            let id = try #require(made["id"]?.string)
            #expect(reply[header: "Location"] == "/api/simulations/\(id)")
            for name in ["theme", "industry", "scenario", "saasTool", "distributionMethod", "recordFrequency", "totalRecords"] {
                #expect(made[name] == Self.play[name], "\(name)")
            }
            for name in ["startTime", "endTime", "timeZone", "speed", "personas", "packSeed"] {
                #expect(made[name] == Self.play[name], "\(name)")
            }
            #expect(made["seed"] == "77" && made["status"] == "Queued" && made["recordsProcessed"] == 0)
            #expect(made["target"] == .null && made["error"] == .null)
            #expect(made["pack"]?["from"] == "offline" && made["pack"]?["hash"]?.string?.count == 64)
            #expect(made["user"]?.string == SessionUser.administrator.id)
            #expect(made["createdAt"]?.string?.hasSuffix("Z") == true && made["updatedAt"] == made["createdAt"])
            #expect(made["progress"]?["steps"] == 0 && made["progress"]?["simulatedTime"] == "2026-01-05T00:00:00Z")

            #expect(try await office.client.get("/api/simulations/\(id)").json == made)
            let record = try await office.client.get("/api/objects/Simulation/\(id)").json
            #expect(record["Status"] == "Queued" && record["DistributionMethod"] == "Bell Curve" && record["Seed"] == "77")
            #expect(record["UserId"]?.string == SessionUser.administrator.id && record["RecordFrequency"] == "4hrs")
        }
    }

    @Test func `everything may be left out, and a method named without parameters`() async throws {
        try await run { office in
            let plain = try await office.client.post("/api/simulations", [:]).json
            #expect(plain["theme"] == "Plain Business" && plain["industry"] == "SaaS" && plain["scenario"] == "B2B")
            #expect(plain["totalRecords"] == 100 && plain["speed"] == "max" && plain["distributionMethod"] == "Linear")
            let bell = try await office.client.post("/api/simulations", ["distributionMethod": "bell curve", "speed": 8760]).json
            #expect(bell["distributionMethod"] == "Bell Curve" && bell["speed"] == 8760)
            let hourly = try await office.client.post(
                "/api/simulations", ["recordFrequency": "1day", "totalRecords": 3, "startTime": "2026-01-01"]
            ).json
            #expect(hourly["endTime"] == "2026-01-04T00:00:00Z")
            let list = try await office.client.get("/api/simulations").json["simulations"]?.array ?? []
            #expect(list.count == 3 && Set(list.map { $0["id"] }) == [plain["id"], bell["id"], hourly["id"]])
        }
    }

    private static let mistakes: [(body: JSON, field: String, message: String, hint: String?)] = [
        (["totalRecord": 5], "totalRecord", "There is no setting totalRecord", "Did you mean totalRecords?"),
        (["theme": "Pirats"], "theme", "There is no theme \"Pirats\"", "Did you mean Pirates?"),
        (["industry": "Helthcare"], "industry", "There is no industry \"Helthcare\"", "Did you mean Healthcare?"),
        (["scenario": "B2D"], "scenario", "scenario is B2B or B2C, not \"B2D\"", nil),
        (
            ["scenario": "B2C"], "scenario", "SaaS is there for B2B alone",
            "Choose B2B, or add a row to industry_crm_benchmarks.csv"
        ),
        (
            ["distributionMethod": "Bel Curve"], "distributionMethod", "There is no distribution method \"Bel Curve\"",
            "Did you mean Bell Curve?"
        ),
        (
            ["distributionMethod": ["method": "Surge", "peek": 1]], "distributionMethod.peek", "Surge has no parameter peek",
            "Did you mean peak?"
        ),
        (
            ["recordFrequency": "often"], "recordFrequency", "\"often\" is no frequency",
            "Write a number and a unit: 1h, 4hrs, 1day, 1wk, 1mo"
        ),
        (["totalRecords": 10_000_001], "totalRecords", "totalRecords is a whole number from 0 to 10,000,000", nil),
        (["totalRecords": .number(quarter)], "totalRecords", "totalRecords is a whole number from 0 to 10,000,000", nil),
        (
            ["startTime": "2026-02-01", "endTime": "2026-01-01"], "endTime",
            "The end (2026-01-01T00:00:00Z) does not lie after the start (2026-02-01T00:00:00Z)", "Give a later endTime"
        ),
        (["startTime": "soon"], "startTime", "startTime is no moment: \"soon\"", "Write it as 2026-03-31T08:00:00Z"),
        (["timeZone": "Mars/Olympus"], "timeZone", "There is no time zone \"Mars/Olympus\"", "Use a name such as Europe/Zurich"),
        (["speed": 0], "speed", "A speed is a number above 0, or \"max\"", "1 is real time, 8760 a year in an hour"),
        (["seed": -1], "seed", "seed is a whole number, zero or more", nil),
        (["personas": "modell"], "personas", "personas is offline or model, not \"modell\"", nil),
        (["persona": "model"], "persona", "There is no setting persona", "Did you mean personas?"),
        (["packSeed": -1], "packSeed", "packSeed is a whole number from 0 to 1,000,000", nil),
        (["tolerance": 2], "tolerance", "tolerance is a share from 0 to 1", nil),
        (["chunkSize": 5000], "chunkSize", "chunkSize is a whole number from 1 to 1,024", nil),
        (
            ["target": "HubSpott"], "target", "There is no target \"HubSpott\" (did you mean HubSpot?)",
            "The targets are Martlet, HubSpot"
        ),
        (
            ["target": "HubSpot"], "target", "HubSpot is not set up here",
            "docs/targets.md tells how; \"target\": \"Martlet\" does without"
        ),
    ]

    @Test func `a mistake is told with the setting it is in and what was meant`() async throws {
        try await run { office in
            for path in ["/api/simulations", "/api/simulations/plan"] {
                for (body, field, message, hint) in Self.mistakes where path.hasSuffix("s") || field != "target" {
                    let reply = try await office.client.post(path, body)
                    #expect(reply.status == 422 && reply.code == "simulation_invalid", "\(body): \(reply.text)")
                    #expect(reply.errors == ["\(field): \(message)"], "\(body)")
                    #expect(reply.hint == hint, "\(body)")
                }
                #expect(try await office.client.post(path, [1]).status == 400)
            }
            #expect(try await office.count("Simulation") == 0)
        }
    }

    // MARK: Words

    @Test func `the words of a language model are asked for, and taken where they are there`() async throws {
        let simulations: @Sendable (Engine) -> Simulations? = { engine in
            Self.simulations(engine).map { Simulations(engine, $0.industries, writer: HonestWriter()) }
        }
        try await Office.run(Shipped.files(), triggers: swiftTriggers, simulations: simulations) { office in
            let (early, late) = (try await make(office, ["personas": "model"]), try await make(office, ["personas": "model"]))
            let asked = try await office.client.get("/api/simulations/\(early)").json
            #expect(asked["personas"] == "model" && asked["pack"]?["from"] == "offline")
            #expect(asked["pack"]?["note"] == "0 of 80 slots are written: a start now takes the theme's own words")
            let jobs = try await office.client.get("/api/jobs?queue=personas").json["jobs"]?.array
            #expect(jobs?.count == 1 && jobs?.first?["kind"] == "simulation.pack")
            let begun = try await order(office, early, "start").json
            #expect(begun["status"] == "Running" && begun["pack"]?["hash"] == asked["pack"]?["hash"])

            let worker = JobWorker(office.engine.jobs, handlers: try #require(simulations(office.engine)).handlers)
            try await worker.turn()
            await worker.performTaken()
            try await worker.turn()
            let told = try await order(office, late, "start").json["pack"]
            #expect(told?["from"] == "model" && told?["writer"] == "stub honest" && told?["note"] == .null)
            #expect(told?["hash"] != asked["pack"]?["hash"])
            let offline = try await office.client.get("/api/simulations/\(early)").json["pack"]
            #expect(offline?["from"] == "offline" && offline?["note"] == "What the model writes was not there at the start")
            try await work(office)
            for id in [early, late] {
                #expect(try await office.client.get("/api/simulations/\(id)").json["status"] == "Completed")
            }
        }
    }

    @Test func `a server without a language model says what to do`() async throws {
        try await run { office in
            let reply = try await office.client.post("/api/simulations", ["personas": "model"])
            #expect(reply.status == 422 && reply.code == "simulation_invalid")
            #expect(reply.errors == ["personas: No language model is set up here that could write personas"])
            let hint = "Set MARTLET_AI_URL and MARTLET_AI_MODEL (docs/assistant.md tells more), or leave personas out"
            #expect(reply.hint == hint)
        }
    }

    // MARK: Steering

    @Test func `one is started, paused, resumed, sped up and cancelled, and says what it cannot be`() async throws {
        try await run { office in
            let id = try await make(office, ["speed": 1, "startTime": "2126-01-01", "endTime": "2126-03-01"])
            let refused = { (order: String, state: String, hint: String) in
                let reply = try await self.order(office, id, order)
                #expect(reply.status == 409 && reply.code == "simulation_state", "\(order): \(reply.text)")
                #expect(reply.json["detail"]?.string?.hasPrefix("A simulation that is \(state) cannot be") == true)
                #expect(reply.hint == hint)
            }
            try await refused("pause", "queued", "Only one that is running can")
            try await refused("resume", "queued", "Only one that is paused can")
            #expect(try await order(office, id, "start").json["status"] == "Running")
            try await refused("start", "running", "Only one that is queued can")
            #expect(try await order(office, id, "pause").json["status"] == "Paused")
            try await refused("pause", "paused", "Only one that is running can")
            let faster = try await office.client.patch("/api/simulations/\(id)/speed", ["speed": 24])
            #expect(faster.status == 200 && faster.json["speed"] == 24 && faster.json["status"] == "Paused")
            #expect(try await office.client.patch("/api/simulations/\(id)/speed", ["speed": "max"]).json["speed"] == "max")
            #expect(try await order(office, id, "resume").json["status"] == "Running")
            let cancelled = try await order(office, id, "cancel")
            #expect(cancelled.json["status"] == "Cancelled")
            #expect(try await office.client.get("/api/objects/Simulation/\(id)").json["Status"] == "Cancelled")
            for name in ["start", "pause", "resume", "cancel", "dead/replay"] {
                #expect(try await order(office, id, name).status == 409, "\(name)")
            }
            #expect(try await office.client.patch("/api/simulations/\(id)/speed", ["speed": 2]).status == 409)
        }
    }

    @Test func `a wrong speed is told`() async throws {
        try await run { office in
            let path = "/api/simulations/\(try await make(office))/speed"
            for body in [[:], ["speed": 0], ["speed": "warp"], ["speed": true]] as [JSON] {
                let reply = try await office.client.patch(path, body)
                #expect(reply.status == 422 && reply.errors == ["speed: A speed is a number above 0, or \"max\""], "\(body)")
            }
            let typo = try await office.client.patch(path, ["sped": 2])
            #expect(typo.status == 422 && typo.hint == "Did you mean speed?")
            #expect(try await office.client.patch(path, [1]).status == 400)
        }
    }

    @Test func `no route knows one that is not there`() async throws {
        try await run { office in
            for id in ["019f0000-0000-7000-8000-000000000001", "nonsense"] {
                for path in ["", "/plan", "/events", "/dead"] {
                    let reply = try await office.client.get("/api/simulations/\(id)\(path)")
                    #expect(reply.status == 404 && reply.code == "not_found", "\(path): \(reply.text)")
                }
                for name in ["start", "pause", "resume", "cancel", "dead/replay"] {
                    #expect(try await order(office, id, name).status == 404, "\(name)")
                }
                #expect(try await office.client.patch("/api/simulations/\(id)/speed", ["speed": 2]).status == 404)
            }
        }
    }

    @Test func `a server whose metadata has no table of industries says so`() async throws {
        try await Office.run { office in
            let reply = try await office.client.get("/api/simulations")
            #expect(reply.status == 503 && reply.code == "no_simulations")
            #expect(reply.hint?.contains("industry_crm_benchmarks.csv") == true)
        }
    }

    // MARK: Watching

    @Test func `the curve of arrivals is shown before it is made, and after`() async throws {
        try await run { office in
            let preview = try await office.client.post("/api/simulations/plan?parts=4", Self.play)
            #expect(preview.status == 200 && preview.json["totalRecords"] == 8)
            let counts = preview.json["parts"]?.array?.compactMap { $0["count"]?.number?.integer }
            #expect(counts?.count == 4 && counts?.reduce(0, +) == 8)
            #expect(preview.json["parts"]?.array?.first?["startTime"] == "2026-01-05T00:00:00Z")
            #expect(try await office.count("Simulation") == 0)

            let id = try await make(office)
            let path = "/api/simulations/\(id)/plan?parts=4"
            let before = try await office.client.get(path).json
            #expect(before["parts"] == preview.json["parts"] && before["planned"] == false && before["hash"] == .null)
            _ = try await order(office, id, "start")
            try await work(office)
            let after = try await office.client.get(path).json
            #expect(after["planned"] == true && after["hash"]?.string?.count == 64)
            for query in ["parts=0", "parts=1001", "parts=x", "prts=4"] {
                #expect(try await office.client.get("/api/simulations/\(id)/plan?\(query)").status == 400, "\(query)")
            }
        }
    }

    @Test func `progress is streamed until it is over`() async throws {
        try await run { office in
            let id = try await make(office)
            _ = try await order(office, id, "start")
            async let stream = office.client.get("/api/simulations/\(id)/events")
            try await work(office)
            let reply = try await stream
            #expect(reply.status == 200 && reply[header: "Content-Type"] == "text/event-stream")
            let events = reply.text.components(separatedBy: "\n\n").filter { !$0.isEmpty && !$0.hasPrefix(":") }
            #expect(events.allSatisfy { $0.hasPrefix("event: progress\ndata: {") })
            let last = try JSON(parsing: String(try #require(events.last).dropFirst("event: progress\ndata: ".count)))
            #expect(last["status"] == "Completed" && last["recordsProcessed"] == 8 && last["totalRecords"] == 8)
            #expect(last["dead"] == 0 && last["nextDue"] == .null && last["steps"]?.number?.integer ?? 0 > 8)
            let whole = try await office.client.get("/api/simulations/\(id)").json
            #expect(whole["status"] == "Completed" && whole["recordsProcessed"] == 8)
            #expect(try await office.client.get("/api/objects/Simulation/\(id)").json["RecordsProcessed"] == 8)
        }
    }

    private static let refusal = SourceFile(
        "triggers/Refusal.trigger.yml",
        """
        name: Refusal
        object: Account
        events: [beforeInsert]
        when: BEGINS(BillingStreet, "1")
        actions: [{ fail: No house with a one }]
        """)

    @Test func `what was refused is listed with the reason, and made up`() async throws {
        try await run([Self.refusal]) { office in
            let id = try await make(office, ["totalRecords": 12])
            _ = try await order(office, id, "start")
            try await work(office)
            let failed = try await office.client.get("/api/simulations/\(id)").json
            #expect(failed["status"] == "Failed" && failed["error"]?.string?.contains("more than the tolerance allows") == true)
            let dead = try await office.client.get("/api/simulations/\(id)/dead").json
            let list = try #require(dead["dead"]?.array)
            #expect(!list.isEmpty && list.count < 12 && dead["undelivered"] == [])
            #expect(failed["recordsProcessed"]?.number?.integer == 12 - list.count)
            #expect(list.allSatisfy { $0["error"]?["detail"]?.string?.hasSuffix("No house with a one") == true })
            #expect(list.allSatisfy { $0["error"]?["object"] == "Account" && $0["step"] == 0 && $0["tries"] == 3 })

            let again = try await order(office, id, "dead/replay").json
            #expect(again["revived"] == 0 && again["dead"]?.array?.count == list.count)
            try await office.engine.install(Shipped.registry())
            let replayed = try await order(office, id, "dead/replay").json
            #expect(replayed["revived"]?.number?.integer == list.count && replayed["dead"] == [] && replayed["sentAgain"] == 0)
            let whole = try await office.client.get("/api/simulations/\(id)").json
            #expect(whole["status"] == "Completed" && whole["recordsProcessed"] == 12 && whole["error"] == .null)
        }
    }
}

/// Writes what is asked for.
private struct HonestWriter: PackWriter {
    let name = "stub honest"

    func write(_ page: PackPage) async throws -> WrittenPage {
        let slots = page.schema["properties"]?.object ?? [:]
        let words: JSON.Members = slots.reduce(into: [:]) { words, slot in
            words[slot.name] = .string(SlotWords.answer(to: slot.name, matching: slot.value["pattern"]?.string ?? ""))
        }
        return WrittenPage(text: JSON.object(words).description, tokens: 100)
    }
}
