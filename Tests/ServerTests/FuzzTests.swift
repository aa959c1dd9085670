import Engine
import ObjectQL
import Server
import Testing
import Values

@Suite("Requests made of noise")
struct FuzzTests {
    /// What the database holds, to see that nothing changed it.
    private static func contents(_ office: Office) async throws -> [[UInt8]] {
        var contents: [[UInt8]] = []
        for object in ["Account", "Contact", "Opportunity", "Activity", "User"] {
            let query = try Query(json: ["object": .string(object), "deleted": true, "orderBy": ["Id"], "limit": 2000])
            contents.append(try await office.engine.read(query, as: .administrator()).body)
        }
        return contents
    }

    @Test(arguments: 1...4 as ClosedRange<UInt64>)
    func `never make the server fail, and change nothing where they are refused`(seed: UInt64) async throws {
        try await Office.run { office in
            let id = try await office.account()
            var before = try await FuzzTests.contents(office)
            var noise = Noise(seed: seed, id: id)
            var statuses: [Int: Int] = [:]
            for _ in 0..<200 {
                let (method, path, body) = noise.request()
                let headers = noise.headers()
                let reply = try await office.client.send(method, path, headers: headers, body: method == "GET" ? nil : body)
                let request: Comment = "\(method) \(path) \(headers) \(String(decoding: body, as: UTF8.self)): \(reply.text)"
                statuses[reply.status, default: 0] += 1
                #expect(reply.status < 500, request)
                if reply.status >= 400 { #expect(reply.code != nil && reply.json["requestId"] != nil, request) }
                let after = try await FuzzTests.contents(office)
                if reply.status >= 300 || method == "GET" { #expect(after == before, request) }
                before = after
            }
            // The noise is of many kinds, and some of it is even right.
            for status in [201, 400, 404, 415, 422] { #expect(statuses[status] != nil, "\(statuses)") }
            #expect(office.log.lines == [])
        }
    }

    @Test func `spoilt bytes on the wire never make the server fail`() async throws {
        try await Office.run { office in
            var noise = Noise(seed: 5, id: "")
            for _ in 0..<100 {
                let bytes = noise.spoilt(
                    Array("POST /api/query HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}".utf8))
                let text = try await Wire.open(office.client.port) { wire in
                    try await wire.send(bytes)
                    wire.finish()
                    return await wire.receiveAll()
                }
                #expect(!text.hasPrefix("HTTP/1.1 5"), "\(text)")
            }
            #expect(try await office.client.get("/health").status == 200)
            #expect(office.log.lines == [])
        }
    }
}
