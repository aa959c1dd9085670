import NIOHTTP1
import Testing
import Values

@Suite("ETag, If-Match and If-None-Match")
struct PreconditionTests {
    @Test func `a record that the caller has already is not sent again`() async throws {
        try await Office.run { office in
            let path = "/api/objects/Account/\(try await office.account())"
            for tag in ["\"1\"", "W/\"1\"", "\"7\", \"1\"", "*"] {
                let reply = try await office.client.get(path, ["If-None-Match": tag])
                #expect(reply.status == 304, "\(tag)")
                #expect(reply.bytes.isEmpty)
                #expect(reply[header: "ETag"] == "\"1\"")
            }
            #expect(try await office.client.get(path, ["If-None-Match": "\"2\""]).status == 200)
        }
    }

    @Test(arguments: [
        ("\"1\"", 200), ("1", 200), ("*", 200), ("\"9\", \"1\"", 200), ("\"2\"", 412), ("\"8\", \"9\"", 412), ("W/\"1\"", 412),
        ("\"abc\"", 412), ("", 412),
    ])
    func `a change is made for a version`(tag: String, status: Int) async throws {
        try await Office.run { office in
            let path = "/api/objects/Account/\(try await office.account())"
            let reply = try await office.client.patch(path, ["Name": "Initech"], ["If-Match": tag])
            #expect(reply.status == status, "\(reply.text)")
            if status == 412 { #expect(reply.code == "version_mismatch") }
            #expect(try await office.client.get(path).json["Name"] == (status == 200 ? "Initech" : "Acme"))
        }
    }

    @Test func `a malformed request is told so, whatever its version`() async throws {
        try await Office.run { office in
            let path = "/api/objects/Account/\(try await office.account())?explain=maybe"
            #expect(try await office.client.patch(path, ["Name": "A"], ["If-Match": "\"7\""]).code == "bad_parameter")
            #expect(try await office.client.delete(path, ["If-Match": "\"8\", \"9\""]).code == "bad_parameter")
        }
    }

    @Test func `so is a delete`() async throws {
        try await Office.run { office in
            let path = "/api/objects/Account/\(try await office.account())"
            #expect(try await office.client.delete(path, ["If-Match": "\"2\""]).status == 412)
            #expect(try await office.client.delete(path, ["If-Match": "\"1\""]).status == 204)
        }
    }

    @Test func `a change for a version of no record is not found`() async throws {
        try await Office.run { office in
            let path = "/api/objects/Account/01960000-0000-7000-8000-000000000001"
            for tag in ["\"1\"", "\"1\", \"2\""] {
                let reply = try await office.client.patch(path, ["Name": "A"], ["If-Match": tag])
                #expect(reply.status == 404)
            }
        }
    }
}
