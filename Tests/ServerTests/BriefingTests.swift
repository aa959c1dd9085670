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
