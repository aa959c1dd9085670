import Engine
import Foundation
import Jobs
import PostgresCluster
import ShippedFiles
import Simulation
import Synchronization
import Testing
import Values

@Suite struct `A simulation with HubSpot for its target` {
    @Test(arguments: DatabaseKind.allCases) func `has every record there once, associated as it is here`(kind: DatabaseKind)
        async throws
    {
        try await Errand.run(on: [kind], Errand.play) { errand in
            let (theatre, hubSpot) = (errand.theatre, try FakeHubSpot(errand.clock))
            try await errand.send(hubSpot.target())
            let account = hubSpot.account
            for (object, kinds) in [
                ("Account", ["companies"]), ("Contact", ["contacts"]), ("Opportunity", ["deals"]), ("Email", ["emails"]),
                ("Activity", ["calls", "meetings"]), ("Note", ["notes"]), ("Task", ["tasks"]),
            ] {
                let there = kinds.map(account.count).reduce(0, +)
                #expect(there == (try await theatre.count(object)) && there > 0, "\(object)")
            }
            for (contact, _) in account.records["contacts"] ?? [:] {
                #expect(account.links(of: "contacts", contact).count { $0.hasPrefix("companies/") } == 1)
            }
            for (deal, _) in account.records["deals"] ?? [:] {
                let kinds = account.links(of: "deals", deal).map { $0.prefix { $0 != "/" } }
                #expect(kinds.contains("companies") && kinds.contains("contacts"))
            }
            #expect(account.largest > 18 && account.largest <= 100)
        }
    }

    @Test func `has the records' values, and the simulated times`() async throws {
        try await Errand.run(on: [.sqlite], Errand.play) { errand in
            let hubSpot = try FakeHubSpot(errand.clock)
            try await errand.send(hubSpot.target())
            let deals = try await errand.theatre.records([
                "object": "Opportunity", "fields": ["Id", "Name", "Amount", "Stage", "CreatedDate", "CloseDate"], "limit": 1000,
            ])
            let sent = Dictionary(hubSpot.account.values(of: "deals").map { ($0["martlet_id"] ?? "", $0) }) { first, _ in first }
            let stages = ["Closed Won": "closedwon", "Closed Lost": "closedlost", "Prospecting": "appointmentscheduled"]
            for deal in deals {
                let values = try #require(sent[deal["Id"]?.string ?? ""])
                #expect(values["dealname"] == deal["Name"]?.string && values["amount"] == deal["Amount"]?.description)
                if let stage = stages[deal["Stage"]?.string ?? ""] { #expect(values["dealstage"] == stage) }
                let created = moment(deal["CreatedDate"]?.string ?? "").microseconds / 1000
                #expect(values["martlet_created_at"] == String(created) && values["martlet_simulation"] == errand.id)
                #expect(values["closedate"].flatMap { Int64($0) }.map { $0 % 86_400_000 } == 0)
            }
            #expect(!deals.isEmpty)
            let call = try #require(hubSpot.account.values(of: "calls").first)
            #expect(call["hs_call_title"]?.isEmpty == false && Int(call["hs_call_duration"] ?? "").map { $0 % 60_000 } == 0)
            let mail = try #require(hubSpot.account.values(of: "emails").first)
            let headers = try JSON(parsing: mail["hs_email_headers"] ?? "")
            #expect(headers["to"]?.array?.first?["email"]?.string?.contains("@") == true)
        }
    }

    @Test(arguments: DatabaseKind.allCases) func `counts what HubSpot has confirmed, and ends when all of it is`(
        kind: DatabaseKind
    )
        async throws
    {
        try await Errand.run(on: [kind]) { errand in
            let (simulations, id) = (errand.theatre.simulations, errand.id)
            #expect(try await simulations.progress(id).records == 0)
            #expect(try await errand.theatre.state(id) == "Running")
            let hubSpot = try FakeHubSpot(errand.clock) {
                $0.fault = { $1.contains("/objects/contacts/") ? .error(401, "X", "No") : nil }
            }
            #expect(try await errand.deliver(hubSpot.target()).last?.kind == .closed)
            // The companies are there, but not linked: that is nothing yet.
            #expect(hubSpot.account.count("companies") == 4)
            #expect(try await simulations.progress(id).records == 0)
            try await errand.theatre.drain()
            #expect(try await errand.theatre.state(id) == "Running")
            hubSpot.change { $0.fault = { _, _ in nil } }
            try await errand.deliver(hubSpot.target())
            #expect(try await simulations.progress(id).records == 4)
            try await errand.theatre.drain()
            #expect(try await errand.theatre.state(id) == "Completed")
            let told = try await simulations.describe(id, as: errand.theatre.session)
            #expect(told["recordsProcessed"] == 4 && told["target"]?["name"] == "HubSpot" && told["target"]?["open"] == 0)
        }
    }

    /// The same as if all had been sent at the end.
    @Test func `sends each change when it happens`() async throws {
        let clock = LeapClock()
        var clean: [String] = []
        try await Errand.run(on: [.sqlite], Errand.small, clock) { clean = try await $0.clean().content }
        let hubSpot = try FakeHubSpot(clock)
        try await Theatre.run(on: [.sqlite], targets: [hubSpot.target()], jobClock: clock) { theatre in
            let order = Theatre.play([
                "target": "HubSpot", "totalRecords": 4, "endTime": "2026-02-15T00:00:00Z", "speed": 1,
            ])
            let errand = Errand(theatre: theatre, clock: clock, id: try await theatre.begin(order))
            var stages: Set<String> = []
            for _ in 0..<42 {
                theatre.clock.pass(days: 1)
                try await theatre.drain()
                try await errand.send(hubSpot.target())
                for deal in hubSpot.account.values(of: "deals") { stages.insert(deal["dealstage"] ?? "") }
            }
            #expect(hubSpot.account.content == clean)
            #expect(stages.count > 2)
            #expect(hubSpot.account.writes.values.contains { $0 > 1 })
            try await theatre.drain()
            #expect(try await theatre.state(errand.id) == "Completed")
        }
    }

    @Test func `is sent by a job, which gives itself back until the day's limit is over`() async throws {
        // Midnight in New York is at four in the morning in UTC.
        let clock = LeapClock("2026-05-04T12:00:00Z")
        let hubSpot = try FakeHubSpot(clock) { $0.perDay = 40 }
        try await Theatre.run(on: [.sqlite], targets: [hubSpot.target()], jobClock: clock) { theatre in
            let id = try await theatre.begin(Errand.small)
            try await theatre.drain()
            let queue = theatre.engine.jobs
            let waiting = try #require(try await queue.jobs().first { $0.kind == "simulation.send.hubspot" })
            #expect(waiting.state == .waiting)
            let worker = JobWorker(queue, handlers: theatre.simulations.handlers)
            try await worker.turn()
            await worker.performTaken()
            try await worker.turn()
            let parked = try await queue.job(waiting.id)
            #expect(parked.state == .waiting && parked.error?.contains("used up") == true)
            #expect(abs(parked.runAt - moment("2026-05-05T04:00:00Z")) < 60_000_000)
            let told = try await theatre.simulations.describe(id, as: theatre.session)
            #expect(told["target"]?["trouble"]?.string?.contains("used up") == true)
            #expect(hubSpot.counted.requests == 40 && hubSpot.counted.refused == 0)
            // The worker of the simulation changes nothing about that.
            try await theatre.drain()
            #expect(try await queue.jobs().count { $0.kind == waiting.kind } == 1)

            clock.advance(by: .seconds(17 * 3600))
            hubSpot.change { $0.perDay = 250_000 }
            try await worker.turn()
            await worker.performTaken()
            try await worker.turn()
            #expect(try await theatre.simulations.progress(id).delivery?.open == 0)
            #expect(try await queue.jobs().allSatisfy { $0.kind != waiting.kind })
            try await theatre.drain()
            #expect(try await theatre.state(id) == "Completed")
        }
    }

    @Test func `sends nothing while it is paused`() async throws {
        try await Errand.run { errand in
            let (simulations, session) = (errand.theatre.simulations, errand.theatre.session)
            try await simulations.pause(errand.id, as: session)
            let hubSpot = try FakeHubSpot(errand.clock)
            try await errand.send(hubSpot.target())
            #expect(hubSpot.counted.requests == 0)
            try await simulations.resume(errand.id, as: session)
            try await errand.send(hubSpot.target())
            #expect(try await errand.delivery.open == 0)
        }
    }

    @Test func `names a target that there is, and that is set up`() async throws {
        try await Theatre.run(on: [.sqlite]) { theatre in
            let unknown = await #expect(throws: Problem.self) { try await theatre.begin(Theatre.play(["target": "Hubspott"])) }
            #expect(unknown?.detail == "There is no target \"Hubspott\" (did you mean HubSpot?)")
            let absent = await #expect(throws: Problem.self) { try await theatre.begin(Theatre.play(["target": "hubspot"])) }
            #expect(absent?.detail == "HubSpot is not set up here")
            // The tool is only a name where it is not set up.
            let id = try await theatre.begin(Theatre.play(["saasTool": "HubSpot"]))
            #expect(try await theatre.simulations.progress(id).delivery == nil)
        }
        let clock = LeapClock()
        try await Theatre.run(on: [.sqlite], targets: [try FakeHubSpot(clock).target()], jobClock: clock) { theatre in
            let id = try await theatre.begin(Theatre.play(["saasTool": "HubSpot", "totalRecords": 0]))
            #expect(try await theatre.simulations.progress(id).delivery?.target == "HubSpot")
        }
    }

    @Test func `goes where the documentation says`() throws {
        let page = try Shipped.text("docs/targets.md")
        for mapping in HubSpotMapping.all {
            let row = page.split(separator: "\n").first { $0.hasPrefix("| \(mapping.object) | `\(mapping.kind)` |") }
            for name in mapping.properties.map(\.name) + mapping.links {
                #expect(row?.contains("`\(name)`") == true, "\(mapping.kind): \(name)")
            }
        }
        for name in ["MARTLET_HUBSPOT_URL", "MARTLET_HUBSPOT_TOKEN", "MARTLET_HUBSPOT_TOKEN_FILE"] {
            #expect(page.contains("`\(name)`"), "\(name)")
        }
    }
}
