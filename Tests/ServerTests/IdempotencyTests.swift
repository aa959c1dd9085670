import NIOHTTP1
import Testing
import Values

@Suite("Requests sent again with the same Idempotency-Key")
struct IdempotencyTests {
    private static let acme: JSON = ["Name": "Acme", "Phone": "+1 555 0100"]

    @Test func `a create is carried out once and answered alike`() async throws {
        try await Office.run { office in
            let first = try await office.client.post("/api/objects/Account", IdempotencyTests.acme, ["Idempotency-Key": "k1"])
            let second = try await office.client.post("/api/objects/Account", IdempotencyTests.acme, ["Idempotency-Key": "k1"])
            #expect((first.status, second.status) == (201, 201))
            #expect(first[header: "Idempotency-Replayed"] == nil)
            #expect(second[header: "Idempotency-Replayed"] == "true")
            #expect(second.json == first.json)
            #expect(second[header: "Location"] == first[header: "Location"])
            #expect(try await office.count("Account") == 1)
        }
    }

    @Test func `a batch is carried out once and answered alike`() async throws {
        try await Office.run { office in
            let body: JSON = [
                "operations": [["create": IdempotencyTests.acme], ["create": ["Name": "Unreachable"]]], "allOrNone": false,
            ]
            let first = try await office.client.post("/api/objects/Account/batch", body, ["Idempotency-Key": "k1"])
            let second = try await office.client.post("/api/objects/Account/batch", body, ["Idempotency-Key": "k1"])
            #expect(first.json["results"]?.array?.map { $0["status"] } == [201, 422])
            #expect(second.json == first.json)
            #expect(second[header: "Idempotency-Replayed"] == "true")
            #expect(try await office.count("Account") == 1)
        }
    }

    @Test func `the same key with another body is refused`() async throws {
        try await Office.run { office in
            _ = try await office.client.post("/api/objects/Account", IdempotencyTests.acme, ["Idempotency-Key": "k1"])
            let other = try await office.client.post(
                "/api/objects/Account", ["Name": "Initech", "Email": "a@b.example"], ["Idempotency-Key": "k1"])
            #expect(other.status == 422)
            #expect(other.code == "idempotency_key_reused")
            #expect(try await office.count("Account") == 1)
        }
    }

    @Test func `a refused create may be tried again with the same key`() async throws {
        try await Office.run { office in
            let refused = try await office.client.post("/api/objects/Account", ["Name": "Acme"], ["Idempotency-Key": "k1"])
            #expect(refused.status == 422)
            let again = try await office.client.post("/api/objects/Account", IdempotencyTests.acme, ["Idempotency-Key": "k1"])
            #expect(again.status == 201)
        }
    }

    @Test func `a create repeated after its record went is still answered`() async throws {
        try await Office.run { office in
            let first = try await office.client.post("/api/objects/Account", IdempotencyTests.acme, ["Idempotency-Key": "k1"])
            _ = try await office.client.delete(try #require(first[header: "Location"]))
            let second = try await office.client.post("/api/objects/Account", IdempotencyTests.acme, ["Idempotency-Key": "k1"])
            #expect(second.status == 201)
            #expect(second.json["Id"] == first.json["Id"])
            #expect(try await office.count("Account") == 0)
        }
    }

    @Test(arguments: ["", "two words", String(repeating: "k", count: 256)])
    func `a key that is none is refused`(key: String) async throws {
        try await Office.run { office in
            let reply = try await office.client.post("/api/objects/Account", IdempotencyTests.acme, ["Idempotency-Key": key])
            #expect(reply.status == 400)
            #expect(reply.code == "bad_idempotency_key")
        }
    }
}
