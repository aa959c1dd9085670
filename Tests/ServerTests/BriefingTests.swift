import Assistant
import Metadata
import NIOHTTP1
import Testing
import Values

@Suite struct `Briefings over HTTP` {
    private static let files =
        Business.files + [
            SourceFile(
                "Task.object.yml",
                """
                name: Task
                fields:
                  - { name: Subject, type: text, required: true }
                  - { name: DueDate, type: date }
                  - { name: AccountId, type: lookup, referenceTo: Account }
                """)
        ]

    private func account(_ office: Office) async throws -> String {
        let account = try await office.account("Acme")
        _ = try await office.create("Task", ["Subject": "Call back", "DueDate": "2020-01-31", "AccountId": .string(account)])
        return account
    }

    @Test func `are answered by account, or by object and id`() async throws {
        try await Office.run(Self.files) { office in
            let id = try await account(office)
            let first = try await office.client.post("/api/ai/smart-briefing", ["accountId": .string(id)])
            #expect(first.status == 200, "\(first.text)")
            let briefing = first.json["briefing"]
            #expect(briefing?["summary"]?.string?.contains("“Call back”") ?? false)
            #expect(briefing?["nextSteps"]?.array?.count == 3 && briefing?["metadata"]?["provider"] == "offline")
            #expect(briefing?["citations"]?.array?.contains { $0["object"] == "Task" && $0["field"] == "Subject" } ?? false)
            let second = try await office.client.post(
                "/api/ai/smart-briefing", ["object": "account", "id": .string(id), "activityLimit": 10])
            #expect(second.json["briefing"]?["summary"] == briefing?["summary"])
        }
    }

    @Test func `are of contacts, opportunities and leads, too`() async throws {
        try await Office.run(Self.files) { office in
            let account = try await account(office)
            let contact = try await office.create("Contact", ["Name": "Ann Lee", "AccountId": .string(account)])
            let deal = try await office.create("Opportunity", ["Name": "New tills", "AccountId": .string(account)])
            let lead = try await office.create("Lead", ["Name": "Jo Weber"])
            _ = try await office.create(
                "Activity", ["Subject": "Hello", "AccountId": .string(account), "ContactId": .string(contact)])
            for (object, id, name) in [
                ("Contact", contact, "Ann Lee is a contact at Acme."), ("Opportunity", deal, "New tills is"),
            ] {
                let reply = try await office.client.post(
                    "/api/ai/smart-briefing", ["object": .string(object), "id": .string(id)])
                #expect(
                    reply.status == 200 && reply.json["briefing"]?["summary"]?.string?.hasPrefix(name) ?? false, "\(reply.text)")
            }
            // Nothing hangs on this business's leads.
            let reply = try await office.client.post("/api/ai/smart-briefing", ["object": "Lead", "id": .string(lead)])
            #expect(reply.status == 400 && reply.code == "not_briefable", "\(reply.text)")
            // The id of another object's record.
            let wrong = try await office.client.post("/api/ai/smart-briefing", ["object": "Contact", "id": .string(deal)])
            #expect(wrong.status == 404)
        }
    }

    @Test func `are kept until something changes`() async throws {
        try await Office.run(Self.files) { office in
            let id = try await account(office)
            func isKept() async throws -> Bool? {
                try await office.client.post("/api/ai/smart-briefing", ["accountId": .string(id)])
                    .json["briefing"]?["metadata"]?["cached"]?.bool
            }
            var kept = [try await isKept(), try await isKept()]
            _ = try await office.client.patch("/api/objects/Account/\(id)", ["Status": "Churned"])
            kept += [try await isKept(), try await isKept()]
            #expect(kept == [false, true, false, true])
        }
    }

    @Test(arguments: [
        (ProviderFailure(.down, "nobody answers there"), 502, "provider_failed", nil),
        (ProviderFailure(.down, "status 503", retryAfter: .seconds(20)), 502, "provider_failed", "20"),
        (ProviderFailure(.truncated, "it ends"), 502, "provider_failed", nil),
        (ProviderFailure(.malformed, "it is not HTTP"), 502, "provider_failed", nil),
        (ProviderFailure(.refused, "it refuses"), 502, "provider_failed", nil),
        (ProviderFailure(.unusable, "it does not stand"), 502, "provider_failed", nil),
        (ProviderFailure(.rejected, "status 401"), 502, "provider_rejected", nil),
        (ProviderFailure(.rateLimited, "too many"), 503, "provider_busy", "1"),
        (ProviderFailure(.rateLimited, "too many", retryAfter: .milliseconds(6_500)), 503, "provider_busy", "7"),
        (ProviderFailure(.resting, "left alone", retryAfter: .seconds(30)), 503, "provider_busy", "30"),
        (ProviderFailure(.overBudget, "used up", retryAfter: .seconds(3_600)), 503, "over_budget", "3600"),
        (ProviderFailure(.slow, "nothing came"), 504, "provider_slow", nil),
    ]) func `are problems where the provider fails and nothing may take its place`(
        failure: ProviderFailure, status: Int, code: String, wait: String?
    ) async throws {
        var settings = AssistantSettings()
        (settings.fallback, settings.attempts) = (false, 1)
        let chosen = settings
        let briefer = { @Sendable engine in Briefer(engine, provider: Failing(failure: failure), settings: chosen) }
        try await Office.run(Self.files, briefer: briefer) { office in
            let question: JSON = ["accountId": .string(try await account(office))]
            let reply = try await office.client.post("/api/ai/smart-briefing", question)
            #expect(reply.status == status && reply.code == code && reply[header: "Retry-After"] == wait, "\(reply.text)")
            #expect(reply.json["detail"]?.string == "The provider failing gave no briefing: \(failure.detail)")
            // What is streamed has begun with 200; the problem is its last event.
            let stream = try await office.client.post("/api/ai/smart-briefing", question, ["Accept": "text/event-stream"])
            let events = stream.text.split(separator: "\n\n")
            let problem = try JSON(parsing: String(events.last?.split(separator: "\n").last?.dropFirst("data: ".count) ?? ""))
            #expect(stream.status == 200 && events.last?.hasPrefix("event: problem\n") ?? false, "\(stream.text)")
            #expect(problem["status"] == .number(Number(status)) && problem["code"] == .string(code))
        }
    }

    @Test func `come as events where those are asked for`() async throws {
        try await Office.run(Self.files) { office in
            let id = try await account(office)
            let reply = try await office.client.post(
                "/api/ai/smart-briefing", ["accountId": .string(id)], ["Accept": "text/event-stream"])
            #expect(reply.status == 200 && reply[header: "Content-Type"] == "text/event-stream")
            let events = reply.text.split(separator: "\n\n").map { $0.split(separator: "\n") }
            #expect(events.map { $0[0] } == ["event: gathered", "event: briefing"])
            let last = try JSON(parsing: String(events[1][1].dropFirst("data: ".count)))
            #expect(last["briefing"]?["metadata"]?["cached"] == false)
        }
    }

    @Test(
        arguments: [
            ([:], 400, "missing"), (["accountId": ""], 400, "missing"), (["accountId": 7], 400, "missing"),
            (["object": "Account"], 400, "missing"), (["id": "x"], 400, "missing"), (["acountId": "x"], 400, "unknown_key"),
            (["accountId": "x", "id": "y"], 400, "malformed"), (["accountId": "nonsense"], 404, "not_found"),
            (["accountId": "0198c0de-0000-7000-8000-000000000001"], 404, "not_found"),
            (["object": "Acount", "id": "x"], 404, "unknown_object"),
        ] as [(JSON, Int, String)])
    func `are refused in words where the question is wrong`(question: JSON, status: Int, code: String) async throws {
        try await Office.run(Self.files) { office in
            for accept in ["application/json", "text/event-stream"] {
                let reply = try await office.client.post("/api/ai/smart-briefing", question, ["Accept": accept])
                #expect(reply.status == status && reply.code == code, "\(reply.text)")
                #expect(reply[header: "Content-Type"] == "application/problem+json")
            }
        }
    }

    @Test(arguments: [JSON.number(0), JSON.number(1_001), "many"]) func `are refused with a limit out of bounds`(limit: JSON)
        async throws
    {
        try await Office.run(Self.files) { office in
            let id = try await account(office)
            let reply = try await office.client.post(
                "/api/ai/smart-briefing", ["accountId": .string(id), "activityLimit": limit])
            #expect(reply.status == 400 && reply.errors.first?.hasPrefix("activityLimit: ") ?? false)
        }
    }
}

/// A provider that never answers.
private struct Failing: Provider {
    let name = "failing"
    let model = "none"
    let failure: ProviderFailure

    func complete(_ prompt: Prompt, onPiece: @Sendable (String) async throws -> Void) async throws -> Completion { throw failure }
}
