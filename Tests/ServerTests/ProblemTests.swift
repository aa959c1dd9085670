import Engine
import NIOHTTP1
import Server
import Storage
import Testing
import Values

@Suite("Problems")
struct ProblemTests {
    @Test func `a rule that is broken is told with its field, and the request's id`() async throws {
        try await Office.run { office in
            let reply = try await office.client.post("/api/objects/Account", ["Name": "Acme"], ["X-Request-Id": "req-7"])
            #expect(reply.status == 422)
            #expect(reply[header: "Content-Type"] == "application/problem+json")
            #expect(
                reply.json == [
                    "type": "urn:martlet:problem:rule_violation", "title": "Rule violation", "status": 422,
                    "detail": "An account needs a phone number or an e-mail address", "code": "rule_violation",
                    "errors": [
                        ["field": "Phone", "code": "rule", "message": "An account needs a phone number or an e-mail address"]
                    ],
                    "requestId": "req-7",
                ])
        }
    }

    struct Case: Sendable, CustomStringConvertible {
        let method, path: String
        var body: String?
        var headers: [(String, String)] = []
        let status: Int
        let code: String
        var hint: String?
        var description: String { "\(method) \(path) \(body ?? "")" }
    }

    private static let nobody = "01960000-0000-7000-8000-000000000001"

    @Test(arguments: [
        Case(
            method: "GET", path: "/api/objcts/Account", status: 404, code: "unknown_route",
            hint: "Did you mean /api/objects/Account?"),
        Case(method: "GET", path: "/helth", status: 404, code: "unknown_route", hint: "Did you mean /health?"),
        Case(method: "GET", path: "/nothing/like/it", status: 404, code: "unknown_route", hint: "GET / lists what there is"),
        Case(method: "DELETE", path: "/api/objects/Account", status: 405, code: "method_not_allowed"),
        Case(method: "TRACE", path: "/health", status: 405, code: "method_not_allowed", hint: "It takes GET, HEAD, OPTIONS"),
        Case(method: "GET", path: "/api/objects/Account/batch", status: 405, code: "method_not_allowed"),
        Case(method: "GET", path: "/api/objects/Acount", status: 404, code: "unknown_object", hint: "Did you mean Account?"),
        Case(
            method: "GET", path: "/api/metadata/objects/Acount", status: 404, code: "unknown_object",
            hint: "Did you mean Account?"),
        Case(method: "GET", path: "/api/ui/dashboard/sale", status: 404, code: "unknown_dashboard", hint: "Did you mean sales?"),
        Case(method: "GET", path: "/api/objects/Account/\(nobody)", status: 404, code: "not_found"),
        Case(method: "GET", path: "/api/objects/Account/7", status: 404, code: "not_found"),
        Case(method: "GET", path: "/api/objects/Account/\(nobody)/history", status: 404, code: "not_found"),
        Case(method: "DELETE", path: "/api/objects/Account/\(nobody)", status: 404, code: "not_found"),
        Case(method: "POST", path: "/api/objects/Account/\(nobody)/undelete", status: 404, code: "not_found"),
        Case(
            method: "GET", path: "/api/objects/Account?limt=1", status: 400, code: "unknown_parameter",
            hint: "Did you mean limit?"),
        Case(method: "GET", path: "/health?verbose=1", status: 400, code: "unknown_parameter"),
        Case(method: "GET", path: "/api/objects/Account?limit=1&limit=2", status: 400, code: "bad_parameter"),
        Case(method: "GET", path: "/api/objects/Account?search=%zz", status: 400, code: "bad_encoding"),
        Case(method: "GET", path: "/api/objects/Account?search=%ff", status: 400, code: "bad_encoding"),
        Case(method: "GET", path: "/api/activities/recent?limit=0", status: 400, code: "bad_parameter"),
        Case(method: "GET", path: "/api/objects/Account?limit=-1", status: 400, code: "malformed"),
        Case(method: "GET", path: "/api/objects/Account?filters=%7B%22Nmae%22:1%7D", status: 400, code: "unknown_field"),
        Case(method: "GET", path: "/api/objects/Account/\(nobody)?fields=Nmae", status: 400, code: "unknown_field"),
        Case(
            method: "POST", path: "/api/query", body: #"{"object":"Acount"}"#, status: 400, code: "unknown_object",
            hint: "Did you mean Account?"),
        Case(method: "POST", path: "/api/query", body: #"{"object":"Account","feilds":[]}"#, status: 400, code: "unknown_key"),
        Case(method: "POST", path: "/api/query", body: #"{"object":"Account","limit":100000}"#, status: 400, code: "too_costly"),
        Case(
            method: "POST", path: "/api/objects/Account", body: #"{"Nmae":"A"}"#, status: 400, code: "unknown_field",
            hint: "Did you mean Name?"),
        Case(method: "POST", path: "/api/objects/Account", body: "[]", status: 400, code: "malformed_body"),
        Case(method: "POST", path: "/api/objects/Account", body: "", status: 400, code: "malformed_json"),
        Case(method: "POST", path: "/api/objects/Account", body: "{\"Name\":\n  \"A\",}", status: 400, code: "malformed_json"),
        Case(
            method: "POST", path: "/api/objects/Account", body: #"{"Name":"A","Name":"B"}"#, status: 400, code: "malformed_json"),
        Case(
            method: "POST", path: "/api/objects/Account", body: #"{"Name":7,"Email":"a@b.example"}"#, status: 422,
            code: "validation_failed"),
        Case(
            method: "POST", path: "/api/objects/Account?explain=maybe", body: #"{"Name":"A","Email":"a@b.example"}"#, status: 400,
            code: "bad_parameter"),
        Case(
            method: "POST", path: "/api/query", body: "object=Account",
            headers: [("Content-Type", "application/x-www-form-urlencoded")],
            status: 415, code: "unsupported_media_type", hint: "Send the header Content-Type: application/json"),
        Case(
            method: "POST", path: "/api/query", body: "{}", headers: [("Content-Type", "application/json; charset=latin1")],
            status: 415,
            code: "unsupported_media_type"),
        Case(method: "GET", path: "/health", headers: [("Host", "crm.example.com")], status: 403, code: "not_loopback"),
        Case(method: "GET", path: "/health", headers: [("Origin", "https://evil.example")], status: 403, code: "cross_origin"),
        Case(
            method: "POST", path: "/api/objects/Account", body: #"{"Name":"Refused","Email":"a@b.example"}"#, status: 422,
            code: "validation_failed"),
    ])
    func `a wrong request is told what is wrong`(example: Case) async throws {
        try await Office.run { office in
            let reply = try await office.client.send(
                example.method, example.path, headers: HTTPHeaders(example.headers), body: example.body.map { Array($0.utf8) })
            #expect(reply.status == example.status, "\(reply.text)")
            #expect(reply.code == example.code, "\(reply.text)")
            #expect(reply[header: "Content-Type"] == "application/problem+json")
            #expect(reply.json["status"] == .number(Number(example.status)))
            if let hint = example.hint { #expect(reply.hint == hint) }
            if example.status == 405 { #expect(reply[header: "Allow"]?.contains("OPTIONS") ?? false) }
            #expect(try await office.count("Account") == 0)
        }
    }

    @Test func `a body that is not JSON is told the line and column`() async throws {
        try await Office.run { office in
            let reply = try await office.client.send(
                "POST", "/api/objects/Account", headers: ["Content-Type": "application/json"],
                body: Array("{\"Name\":\n  \"A\",}".utf8))
            #expect(reply.json["detail"]?.string?.hasSuffix("(line 2, column 7)") ?? false, "\(reply.text)")
            let bytes = try await office.client.send(
                "POST", "/api/query", body: Array("{\"a\":\"".utf8) + [0xFF] + Array("\"}".utf8))
            #expect(bytes.status == 400)
            #expect(bytes.json["detail"]?.string?.contains("UTF-8") ?? false)
        }
    }

    @Test func `a defect is logged under the request's id and tells the caller nothing of the inside`() async throws {
        try await Office.run(triggers: [Broken()]) { office in
            let reply = try await office.client.post(
                "/api/objects/Account", ["Name": "Broken", "Email": "a@b.example"], ["X-Request-Id": "r1"])
            #expect(reply.status == 500)
            #expect(!reply.text.contains("Defect"))
            #expect(office.log.lines.contains { $0.contains("requestId=r1") && $0.contains("Defect") })
            #expect(try await office.count("Account") == 0)
        }
    }

    @Test(arguments: [("good-id_1.2:3", true), ("two words", false), ("né", false), (String(repeating: "x", count: 129), false)])
    func `a request keeps its own id only when it is a plain word`(id: String, isKept: Bool) async throws {
        try await Office.run { office in
            let answered = try #require(try await office.client.get("/health", ["X-Request-Id": id])[header: "X-Request-Id"])
            #expect((answered == id) == isKept)
            #expect(!answered.isEmpty)
        }
    }

    @Test func `a body beyond the limit is refused, whether its length is told or not`() async throws {
        var settings = ServerSettings()
        settings.maxBodyBytes = 1000
        try await Office.run(settings: settings) { office in
            let told = try await office.client.post("/api/query", ["object": .string(String(repeating: "x", count: 1000))])
            #expect(told.status == 413)
            #expect(told.code == "body_too_large")
            let chunked = try await Wire.open(office.client.port) { wire in
                try await wire.send("POST /api/query HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n")
                for _ in 0..<3 { try await wire.send("200\r\n\(String(repeating: " ", count: 512))\r\n") }
                return await wire.receiveAll()
            }
            #expect(chunked.hasPrefix("HTTP/1.1 413"))
            #expect(chunked.contains("body_too_large"))
        }
    }

    @Test func `a database that is shut down is not ready, but the server is alive`() async throws {
        try await Office.run { office in
            #expect(try await office.client.get("/ready").json["status"] == "ready")
            await office.engine.database.close()
            let reply = try await office.client.get("/ready")
            #expect(reply.status == 503)
            #expect(reply[header: "Retry-After"] == "1")
            #expect(try await office.client.get("/health").json == ["status": "alive"])
            let write = try await office.client.post("/api/objects/Account", ["Name": "A", "Email": "a@b.example"])
            #expect(write.status == 503, "\(write.text)")
        }
    }
}
